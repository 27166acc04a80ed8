# ruff: noqa: E501, RUF001
"""What invented readers say under six of the articles, and what waits for a moderator."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Remark:
    """One comment; `when` is a time after its article was published, or with `is_recent` before loading."""

    name: str
    when: str
    body: str
    replies: list["Remark"] = field(default_factory=list)
    status: str = "approved"
    website: str = ""
    is_recent: bool = False
    badge: str = ""
    reported: tuple[str, ...] = ()

    @property
    def email(self):
        return f"{self.name.split()[0].lower().strip('.')}@example.org"

    @property
    def delay(self):
        """`3d 4h 5m` as a timedelta."""
        units = {"d": "days", "h": "hours", "m": "minutes"}
        return timedelta(**{units[part[-1]]: int(part[:-1]) for part in self.when.split()})


def pending(name, when, body, **more):
    """A comment that waits, sent `when` before loading."""
    return Remark(name, when, body, status="pending", is_recent=True, **more)


def spam(name, when, body, **more):
    return Remark(name, when, body, status="spam", is_recent=True, **more)


COMMENTS = {
    "the-imperfects-cancelled-one-season": [
        Remark(
            "Mara Ellison",
            "1h 12m",
            "Thank you for the line about six million a day against five. I had only ever seen the plus 45 per cent, "
            "and it made the whole thing look like a mystery.",
            [
                Remark(
                    "Theo Marchetti",
                    "1h 50m",
                    "It is still a little unfair, though. The four days included the release weekend. Nobody keeps up "
                    "that pace from Monday to Thursday, hit or not.",
                    [
                        Remark(
                            "Mara Ellison",
                            "2h 31m",
                            "True. But then you would compare it with how other series go from a four-day week to a full "
                            "one, and most of them more than double.",
                            [
                                Remark(
                                    "Theo Marchetti",
                                    "3h 4m",
                                    "Do they? Devil in Ohio did, from three days to seven. One doubling does not make a "
                                    "rule, but fine, I take the point.",
                                    [
                                        Remark(
                                            "Ines Holm",
                                            "1d 2h",
                                            "For the collection: First Kill went from 30 to 49 million, three days to "
                                            "seven. That is well short of double, and we know what became of it.",
                                        ),
                                    ],
                                ),
                            ],
                        ),
                    ],
                ),
                Remark(
                    "Imogen Tarrant",
                    "4h 5m",
                    "Fair. Those four days are the launch weekend, and the only full weeks on the list are the second and the "
                    "third. With two full weeks one can say “fell by more than half” and not much more.",
                    badge="author",
                ),
                pending(
                    "Georgie P.",
                    "5h 20m",
                    "Late to this, but could you do the same per-day sum for The Order? I never understood that one either.",
                ),
            ],
        ),
        Remark(
            "Ruth Abernethy",
            "4h 40m",
            "I watched it with my daughter in two evenings. We thought it was finished, in the good sense, until the last "
            "five minutes, when everything came undone at once.\n\nShe has asked me every week since whether there is news. "
            "I shall show her this and let you take the blame.",
            [
                Remark(
                    "Okke de Wit",
                    "6h 15m",
                    "Same here, minus the daughter. Had they stopped five minutes earlier nobody would be angry now.",
                ),
            ],
        ),
        Remark(
            "Dunstan Fry",
            "22h",
            "Ninth in week three, then. I could have sworn I had read “out of the top ten” in three places. Went back and "
            "looked, and so I had.",
            website="https://dunstanfry.example/",
        ),
        Remark(
            "Lena Brandvold",
            "175d 3h",
            "Found this half a year late, having just finished the series. ||Tilda was right not to take the cure.||",
        ),
        pending(
            "Pip Sandoval",
            "2d 6h",
            "Is there a book or anything that continues the story? I do not mind a spoiler at this point.",
        ),
        pending(
            "A. Whitlock",
            "9h 35m",
            "The trailer thing is what gets me. I pay for the service, I watch this kind of series, and the first I heard of "
            "it was its cancellation.",
        ),
        spam(
            "StreamFree HD",
            "1d 3h",
            "Watch The Imperfects season 2 FULL EPISODES free no signup >>> https://watch-free-hd.example/imperfects-s2 <<< "
            "100% working 2022 2023 2024",
            website="https://watch-free-hd.example/",
        ),
        spam(
            "Best Essay Service",
            "3d 8h",
            "Great post! I really enjoyed reading your blog, very informative. If you need help with academic writing our "
            "experts are available day and night: https://essays.example/?ref=771",
            website="https://essays.example/?ref=771",
        ),
    ],
    "gone-by-the-third-week": [
        Remark(
            "Henrike Voss",
            "55m",
            "As somebody who has made exactly this mistake in print: it is the Thursday releases that do it. You write “three "
            "weeks later” and it is three weeks later, only not by their calendar.",
            [
                Remark(
                    "Callum Okoro",
                    "1h 30m",
                    "Then again, “weeks in the top ten” is printed in the list itself. One only has to read to the last "
                    "column.",
                    [
                        Remark(
                            "Henrike Voss",
                            "2h 2m",
                            "One only has to have the list open at half past six with the desk waiting. But yes.",
                        ),
                    ],
                ),
            ],
        ),
        Remark(
            "Bartholomew Inch",
            "3h 20m",
            "For those who skim, as I do: read the table to its last column. The third is the argument, the fourth is the proof.",
        ),
        Remark(
            "Ada Nwosu",
            "5h",
            "I like that a show off the list gets the tenth place’s hours and not a zero. It is the only honest thing one "
            "can draw there.",
        ),
        pending(
            "Viktor Salo",
            "2h 10m",
            "Partner Track fits too, if you are collecting. Sixth in week three and gone in week four.",
        ),
        pending(
            "Jo Tremaine",
            "1h 5m",
            "Does this matter, though? Third week or fourth, they were cancelled.",
        ),
        pending(
            "Henrike Voss",
            "25m",
            "Following up on myself: I have asked our archive to put a correction under the 2022 piece.",
        ),
    ],
    "wu-assassins-neither-renewed-nor-cancelled": [
        Remark(
            "Simon Achterberg",
            "2h 15m",
            "So it has been in a drawer since 2019. I had it down as cancelled, and now that I think of it I could not tell "
            "you who told me.",
            [
                Remark(
                    "Priya Raman",
                    "4h 45m",
                    "The film counts as an ending for me. Not a good one, but an ending.",
                    [
                        Remark(
                            "Simon Achterberg",
                            "6h",
                            "It is more of an epilogue in another country.",
                        ),
                    ],
                ),
            ],
        ),
        Remark(
            "Wendell Oakes",
            "1d 1h",
            "More of this, please. There must be dozens that nobody ever bothered to cancel. A list of all the “not knowns”, "
            "oldest first, would make my winter.",
        ),
        pending(
            "Marisol Vega",
            "7h 40m",
            "It was the best fight choreography they ever had and I will not be told otherwise. Start here: "
            "https://fights.example/wu-assassins and https://fights.example/the-raid",
        ),
        pending(
            "Tomasz K.",
            "3h 12m",
            "You say a report can be wrong. Has anybody asked the site that reported it?",
        ),
    ],
    "the-sandman-renewed-season-2": [
        Remark(
            "Beatrix Lowe",
            "40m",
            "Eighty-nine days! I had got to the stage of reading meaning into what the cast were having for breakfast.",
            [
                Remark(
                    "Colm Dunleavy",
                    "1h 25m",
                    "And then it leaks because somebody pressed the button too soon. There is a moral in that.",
                ),
            ],
        ),
        Remark(
            "Yusuf Demir",
            "9h 10m",
            "The point about people not bingeing rings true. We had one a week, on Sundays, like in the old days, and were "
            "done in October.",
        ),
        pending(
            "Fern Castellan",
            "4d 2h",
            "Coming back to this after the second season. Was it always meant to be two?",
        ),
        spam(
            "crypto_anna",
            "5d 1h",
            "I made 9,400 in one week from home with no experience, thanks to Mr Anderson who changed my life. Write to him on "
            "the messenger app, +00 000 000 000, and tell him Anna sent you.",
        ),
    ],
    "fate-the-winx-saga-cancelled": [
        Remark(
            "Flora Benedetti",
            "35m",
            "I grew up with the cartoon and was ready to hate this. I did hate the first season. The second was a different "
            "series, and that is the one they cancel.",
            [
                Remark(
                    "Nils Hartmann",
                    "2h 20m",
                    "That is what the figures say as well, is it not? People went back to season one because two was good.",
                    [
                        Remark(
                            "Flora Benedetti",
                            "3h 15m",
                            "And met season one, and stopped. Perhaps that is the whole story.",
                        ),
                    ],
                ),
            ],
        ),
        Remark(
            "Oona Kettle",
            "1d 5h",
            "“A rank is not a size” should be printed on the list itself.",
        ),
        Remark(
            "Gareth Poole",
            "1d 7h",
            "It was for children, and the people who liked it are children. Grow up.",
            reported=("insult", "other"),
        ),
        pending(
            "Stella M.",
            "11h 50m",
            "Is there still a petition? The link that everyone shares is dead.",
        ),
        spam(
            "Dr Obi Healer",
            "6d 9h",
            "My husband left me for three months and after this great spell caster did his work he came back in 48 hours. "
            "Contact him today https://love-spells.example/ he also does lottery numbers.",
            website="https://love-spells.example/",
        ),
    ],
    "what-no-decision-yet-means": [
        Remark(
            "Graham Pell",
            "3h 30m",
            "Sensible rules. My quarrel is with the twenty-four months. Some of the British ones take three years for six "
            "episodes and nobody thinks anything of it.",
            [
                Remark(
                    "Sadie Quill",
                    "5h 5m",
                    "They say themselves that it is arbitrary. At least it is the same for everyone.",
                ),
            ],
        ),
        pending(
            "Leopold Crane",
            "6h 45m",
            "What happens in your record if a show is cancelled and the cancellation is then cancelled? Asking for a friend.",
        ),
        pending(
            "Noor Haddad",
            "50m",
            "Could the counter be shown in weeks? Four hundred and something days says nothing to me.",
        ),
        Remark(
            "Brick Hardman",
            "1d 9h",
            "you people have never watched a single show in your lives, idiots, the lot of you",
            status="rejected",
        ),
    ],
}
