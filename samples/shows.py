# ruff: noqa: E501, RUF001
"""The record of the sample's shows. What is not known for certain is left out, never guessed.

A decision's source is the one that reported it; its address is given where it is known to be right, and is
otherwise left empty or is the front of the network's own news site.
"""

from decimal import Decimal

from .facts import DecisionFacts, RatingFacts, ShowFacts, day, season

TUDUM = "https://www.netflix.com/tudum"
APPLE = "https://www.apple.com/tv-pr/"
DOUBLE_CANCELLATION = (
    "https://comicbook.com/tv-shows/news/netflix-cancels-partner-track-the-imperfects-after-first-seasons/"
)

# key: name, kind, country, website
NETWORKS = {
    "netflix": ("Netflix", "streamer", "US", "https://www.netflix.com/"),
    "nbc": ("NBC", "broadcaster", "US", "https://www.nbc.com/"),
    "hbo": ("HBO", "cable", "US", "https://www.hbo.com/"),
    "hbo-max": ("HBO Max", "streamer", "US", "https://www.hbomax.com/"),
    "amc": ("AMC", "cable", "US", "https://www.amc.com/"),
    "apple-tv": ("Apple TV+", "streamer", "US", "https://tv.apple.com/"),
    "youtube": ("YouTube Premium", "streamer", "US", "https://www.youtube.com/"),
}

SHOWS = (
    ShowFacts(
        slug="the-imperfects",
        title="The Imperfects",
        network="netflix",
        country="CA",
        synopsis=(
            "Three young people are turned into monsters by an experiment they never agreed to. "
            "With a scientist as their ally they hunt the man responsible, and a cure."
        ),
        seasons=(season(1, "2022-09-08", 10),),
        companies=("Nomadic Pictures",),
        genres=("Science fiction", "Coming of age"),
        creators=("Shelley Eriksen", "Dennis Heaton"),
        cast={
            "Italia Ricci": "Dr Sydney Burke",
            "Morgan Taylor Campbell": "Tilda Weber",
            "Rhianna Jagpal": "Abbi Singh",
            "Iñaki Godoy": "Juan Ruiz",
            "Rhys Nicholson": "Dr Alex Sarkov",
        },
        decisions=(
            DecisionFacts(
                "cancelled", day("2022-11-08"), "ComicBook.com", DOUBLE_CANCELLATION, network="netflix"
            ),
        ),
        ratings=(
            RatingFacts("imdb", Decimal("6.1"), 10, day("2022-11-10"), "https://www.imdb.com/", votes=1500),
            RatingFacts(
                "rt_audience", Decimal(79), 100, day("2022-11-10"), "https://www.rottentomatoes.com/"
            ),
            RatingFacts("rt_critics", None, 100, day("2022-11-10"), "https://www.rottentomatoes.com/"),
            RatingFacts("metacritic_critics", None, 100, day("2022-11-10"), "https://www.metacritic.com/"),
        ),
    ),
    ShowFacts(
        slug="cobra-kai",
        title="Cobra Kai",
        network="netflix",
        synopsis=(
            "Thirty-four years after the All Valley karate tournament, Johnny Lawrence reopens the dojo that made "
            "him, and Daniel LaRusso cannot leave it be."
        ),
        seasons=(
            season(1, "2018-05-02", 10),
            season(2, "2019-04-24", 10),
            season(3, "2021-01-01", 10),
            season(4, "2021-12-31", 10),
            season(5, "2022-09-09", 10),
            season(6, "2024-07-18", 15, "2025-02-13"),
        ),
        genres=("Martial arts", "Comedy drama"),
        creators=("Josh Heald", "Jon Hurwitz", "Hayden Schlossberg"),
        cast={"Ralph Macchio": "Daniel LaRusso", "William Zabka": "Johnny Lawrence"},
        decisions=(
            DecisionFacts(
                "renewed",
                day("2019-05-01"),
                "YouTube",
                season=3,
                network="youtube",
                precision="month",
                note="Before the series moved to Netflix, where the season was shown.",
            ),
            DecisionFacts("renewed", day("2020-10-02"), "Netflix", TUDUM, season=4, network="netflix"),
            DecisionFacts("renewed", day("2021-08-01"), "Netflix", TUDUM, 5, "netflix", "month"),
            DecisionFacts("final_season", day("2023-01-20"), "Netflix", TUDUM, season=6, network="netflix"),
        ),
        imdb_id="tt7221388",
    ),
    ShowFacts(
        slug="devil-in-ohio",
        title="Devil in Ohio",
        network="netflix",
        format="limited",
        synopsis="A hospital psychiatrist takes a fugitive from a cult into her home, and her family pays for it.",
        seasons=(season(1, "2022-09-02", 8),),
        genres=("Thriller",),
        creators=("Daria Polatin",),
        cast={"Emily Deschanel": "Suzanne Mathis", "Madeleine Arthur": "Mae Dodd"},
    ),
    ShowFacts(
        slug="the-i-land",
        title="The I-Land",
        network="netflix",
        format="limited",
        synopsis="Ten people wake on a beach without their memories and find that the island is not what it seems.",
        seasons=(season(1, "2019-09-12", 7),),
        companies=("Nomadic Pictures",),
        genres=("Science fiction", "Thriller"),
        cast={"Kate Bosworth": "", "Natalie Martinez": "", "Alex Pettyfer": ""},
    ),
    ShowFacts(
        slug="the-order",
        title="The Order",
        network="netflix",
        country="CA",
        synopsis=(
            "A first-year student joins a secret society to avenge his mother, and lands between its magicians and "
            "the werewolves who hunt them."
        ),
        seasons=(season(1, "2019-03-07", 10), season(2, "2020-06-18", 10)),
        companies=("Nomadic Pictures",),
        genres=("Horror", "Fantasy"),
        creators=("Dennis Heaton",),
        cast={"Jake Manley": "Jack Morton", "Sarah Grey": "Alyssa Drake"},
        decisions=(
            DecisionFacts(
                "cancelled",
                day("2020-11-01"),
                "Deadline",
                "https://deadline.com/2020/11/the-order-canceled-netflix-2-seasons-horror-drama-series-1234615855/",
                network="netflix",
                precision="month",
                note="Made known by its creator, Dennis Heaton.",
            ),
        ),
    ),
    ShowFacts(
        slug="wu-assassins",
        title="Wu Assassins",
        network="netflix",
        synopsis=(
            "A cook in San Francisco’s Chinatown is chosen by an old power to recover five others from the people who "
            "misuse them. A film, Fistful of Vengeance, continued the story on 17 February 2022."
        ),
        seasons=(season(1, "2019-08-08", 10),),
        companies=("Nomadic Pictures",),
        genres=("Martial arts", "Fantasy"),
        creators=("Tony Krantz", "John Wirth"),
        cast={"Iko Uwais": "Kai Jin"},
    ),
    ShowFacts(
        slug="partner-track",
        title="Partner Track",
        network="netflix",
        synopsis="An associate at a New York law firm works for the partnership she was promised, at a rising price.",
        seasons=(season(1, "2022-08-26", 10),),
        companies=("Jax Media",),
        genres=("Legal drama",),
        creators=("Georgia Lee",),
        cast={"Arden Cho": "Ingrid Yun"},
        decisions=(
            DecisionFacts(
                "cancelled", day("2022-11-08"), "ComicBook.com", DOUBLE_CANCELLATION, network="netflix"
            ),
        ),
    ),
    ShowFacts(
        slug="resident-evil",
        title="Resident Evil",
        network="netflix",
        synopsis="Two sisters grow up in a company town in 2022; fourteen years later one of them outruns what it made.",
        seasons=(season(1, "2022-07-14", 8),),
        genres=("Horror", "Science fiction"),
        creators=("Andrew Dabb",),
        cast={"Ella Balinska": "Jade Wesker", "Lance Reddick": "Albert Wesker"},
        decisions=(
            DecisionFacts(
                "cancelled",
                day("2022-08-26"),
                "Deadline, by way of Vulture",
                "https://www.vulture.com/2022/08/netflix-cancels-resident-evil-live-action-one-season.html",
                network="netflix",
            ),
        ),
        ratings=tuple(
            RatingFacts(
                source,
                Decimal(score),
                scale,
                day("2022-08-27"),
                "https://www.eurogamer.net/netflixs-new-resident-evil-show-has-already-been-cancelled",
            )
            for source, score, scale in (
                ("rt_critics", "55", 100),
                ("rt_audience", "27", 100),
                ("metacritic_critics", "53", 100),
                ("metacritic_users", "1.5", 10),
            )
        ),
    ),
    ShowFacts(
        slug="first-kill",
        title="First Kill",
        network="netflix",
        synopsis="A young vampire picks her first victim and falls in love with her: a girl from a family of hunters.",
        seasons=(season(1, "2022-06-10", 8),),
        companies=("Belletrist Productions",),
        genres=("Fantasy", "Romance"),
        creators=("Victoria Schwab",),
        cast={"Sarah Catherine Hook": "Juliette Fairmont", "Imani Lewis": "Calliope Burns"},
        decisions=(
            DecisionFacts(
                "cancelled",
                day("2022-08-02"),
                "Variety",
                "https://variety.com/2022/tv/news/first-kill-canceled-netflix-season-two-1235332118/",
                network="netflix",
            ),
        ),
        ratings=(
            RatingFacts(
                "rt_critics",
                Decimal(58),
                100,
                day("2022-08-02"),
                "https://variety.com/2022/tv/news/first-kill-canceled-netflix-season-two-1235332118/",
            ),
        ),
    ),
    ShowFacts(
        slug="fate-the-winx-saga",
        title="Fate: The Winx Saga",
        network="netflix",
        country="GB",
        synopsis="Fairies learn their trade at a boarding school whose teachers keep more secrets than they teach.",
        seasons=(season(1, "2021-01-22", 6), season(2, "2022-09-16", 7)),
        companies=("Archery Pictures", "Rainbow"),
        genres=("Fantasy", "Coming of age"),
        creators=("Brian Young",),
        cast={"Abigail Cowen": "Bloom"},
        decisions=(
            DecisionFacts("renewed", day("2021-02-01"), "Netflix", TUDUM, 2, "netflix", "month"),
            DecisionFacts(
                "cancelled",
                day("2022-11-01"),
                "Deadline",
                "https://deadline.com/2022/11/fate-the-winx-saga-canceled-netflix-1235160200/",
                network="netflix",
                note="Made known by its creator, Brian Young.",
            ),
        ),
    ),
    ShowFacts(
        slug="the-sandman",
        title="The Sandman",
        network="netflix",
        synopsis="The king of dreams escapes after a century in captivity and finds his realm in ruins.",
        seasons=(season(1, "2022-08-05", 11, "2022-08-19"), season(2, "2025-07-03", 12, "2025-07-31")),
        companies=("Warner Bros. Television",),
        genres=("Fantasy",),
        creators=("Neil Gaiman", "David S. Goyer", "Allan Heinberg"),
        cast={"Tom Sturridge": "Dream"},
        decisions=(
            DecisionFacts(
                "renewed",
                day("2022-11-02"),
                "What to Watch",
                "https://www.whattowatch.com/news/netflix-renews-the-sandman-for-season-2-yes-its-true",
                season=2,
                network="netflix",
            ),
            DecisionFacts(
                "final_season",
                day("2025-01-31"),
                "Deadline, by way of TV Series Finale",
                "https://tvseriesfinale.com/tv-show/the-sandman-season-two-to-end-neil-gaiman-series-on-netflix/",
                season=2,
                network="netflix",
            ),
        ),
        imdb_id="tt1751634",
    ),
    ShowFacts(
        slug="stranger-things",
        title="Stranger Things",
        network="netflix",
        synopsis="A boy vanishes from a small town in Indiana, a girl appears, and neither is the strangest thing there.",
        seasons=(
            season(1, "2016-07-15", 8),
            season(2, "2017-10-27", 9),
            season(3, "2019-07-04", 8),
            season(4, "2022-05-27", 9, "2022-07-01"),
            season(5, "2025-11-26", 8, "2025-12-31"),
        ),
        genres=("Science fiction", "Horror"),
        creators=("Matt Duffer", "Ross Duffer"),
        cast={"Millie Bobby Brown": "Eleven", "Winona Ryder": "Joyce Byers", "David Harbour": "Jim Hopper"},
        decisions=(
            DecisionFacts("renewed", day("2019-09-30"), "Netflix", TUDUM, season=4, network="netflix"),
            DecisionFacts("final_season", day("2022-02-17"), "Netflix", TUDUM, season=5, network="netflix"),
        ),
        imdb_id="tt4574334",
    ),
    ShowFacts(
        slug="locke-and-key",
        title="Locke & Key",
        network="netflix",
        synopsis="After a murder a family moves into its old house, where keys open more than doors.",
        seasons=(season(1, "2020-02-07", 10), season(2, "2021-10-22", 10), season(3, "2022-08-10", 8)),
        genres=("Fantasy", "Horror"),
        creators=("Meredith Averill", "Aron Eli Coleite", "Carlton Cuse"),
        cast={
            "Connor Jessup": "Tyler Locke",
            "Emilia Jones": "Kinsey Locke",
            "Jackson Robert Scott": "Bode Locke",
        },
        decisions=(
            DecisionFacts(
                "final_season",
                day("2022-04-06"),
                "What to Watch",
                "https://www.whattowatch.com/news/locke-and-keys-third-season-will-sadly-be-its-last",
                season=3,
                network="netflix",
            ),
        ),
        other_titles="Locke and Key",
    ),
    ShowFacts(
        slug="manifest",
        title="Manifest",
        network="nbc",
        synopsis="An airliner lands five and a half years late, and the people aboard have not aged a day.",
        seasons=(
            season(1, "2018-09-24", 16, "2019-02-18"),
            season(2, "2020-01-06", 13, "2020-04-06"),
            season(3, "2021-04-01", 13, "2021-06-10"),
            season(4, "2022-11-04", 20, "2023-06-02"),
        ),
        companies=("Warner Bros. Television", "Universal Television"),
        genres=("Mystery", "Science fiction"),
        creators=("Jeff Rake",),
        cast={"Melissa Roxburgh": "Michaela Stone", "Josh Dallas": "Ben Stone"},
        decisions=(
            DecisionFacts(
                "cancelled",
                day("2021-06-14"),
                "NextTV",
                "https://www.nexttv.com/news/manifest-gets-new-season-on-netflix",
                network="nbc",
            ),
            *(
                DecisionFacts(
                    outcome,
                    day("2021-08-28"),
                    "NextTV",
                    "https://www.nexttv.com/news/manifest-gets-new-season-on-netflix",
                    season=4,
                    network="netflix",
                )
                for outcome in ("revived", "final_season")
            ),
        ),
        imdb_id="tt8421350",
    ),
    ShowFacts(
        slug="heartstopper",
        title="Heartstopper",
        network="netflix",
        country="GB",
        synopsis="Two boys are put next to each other in a school form room, and become friends, and more.",
        seasons=(season(1, "2022-04-22", 8), season(2, "2023-08-03", 8), season(3, "2024-10-03", 8)),
        companies=("See-Saw Films",),
        genres=("Romance", "Coming of age"),
        creators=("Alice Oseman",),
        cast={"Kit Connor": "Nick Nelson", "Joe Locke": "Charlie Spring"},
        decisions=(
            DecisionFacts("renewed", day("2022-05-20"), "Netflix", TUDUM, season=2, network="netflix"),
            DecisionFacts("renewed", day("2022-05-20"), "Netflix", TUDUM, season=3, network="netflix"),
            DecisionFacts(
                "ended",
                day("2025-04-22"),
                "JoBlo",
                "https://www.joblo.com/heartstopper-feature-film/",
                network="netflix",
                note="The story concludes with a film instead of a fourth season.",
            ),
        ),
    ),
    ShowFacts(
        slug="the-crown",
        title="The Crown",
        network="netflix",
        country="GB",
        synopsis="The reign of Elizabeth II, told through the people who had to live next to it.",
        seasons=(
            season(1, "2016-11-04", 10),
            season(2, "2017-12-08", 10),
            season(3, "2019-11-17", 10),
            season(4, "2020-11-15", 10),
            season(5, "2022-11-09", 10),
            season(6, "2023-11-16", 10, "2023-12-14"),
        ),
        companies=("Left Bank Pictures", "Sony Pictures Television"),
        genres=("Historical drama",),
        creators=("Peter Morgan",),
        decisions=(
            DecisionFacts("final_season", day("2020-07-01"), "Netflix", TUDUM, 6, "netflix", "month"),
        ),
        imdb_id="tt4786824",
    ),
    ShowFacts(
        slug="1899",
        title="1899",
        network="netflix",
        country="DE",
        synopsis=(
            "A steamship full of emigrants, each speaking their own language, meets another that has been missing "
            "for months."
        ),
        seasons=(season(1, "2022-11-17", 8),),
        companies=("Dark Ways",),
        genres=("Mystery", "Science fiction"),
        creators=("Jantje Friese", "Baran bo Odar"),
        decisions=(
            DecisionFacts(
                "cancelled",
                day("2023-01-02"),
                "Baran bo Odar, on Instagram",
                network="netflix",
                note="Made known by its makers.",
            ),
        ),
    ),
    ShowFacts(
        slug="wednesday",
        title="Wednesday",
        network="netflix",
        synopsis="Wednesday Addams is sent to a school for outcasts and finds a murderer there, and one friend.",
        seasons=(season(1, "2022-11-23", 8), season(2, "2025-08-06", 8, "2025-09-03")),
        genres=("Fantasy", "Mystery"),
        creators=("Alfred Gough", "Miles Millar"),
        cast={"Jenna Ortega": "Wednesday Addams"},
        decisions=(
            DecisionFacts("renewed", day("2023-01-06"), "Netflix", TUDUM, season=2, network="netflix"),
            DecisionFacts("renewed", day("2025-07-23"), "Netflix", TUDUM, season=3, network="netflix"),
        ),
        imdb_id="tt13443470",
    ),
    ShowFacts(
        slug="squid-game",
        title="Squid Game",
        network="netflix",
        country="KR",
        language="ko",
        synopsis="People in debt play children’s games for a fortune; those who lose do not leave.",
        seasons=(season(1, "2021-09-17", 9), season(2, "2024-12-26", 7), season(3, "2025-06-27", 6)),
        genres=("Thriller",),
        creators=("Hwang Dong-hyuk",),
        cast={"Lee Jung-jae": "Seong Gi-hun"},
        decisions=(
            DecisionFacts("renewed", day("2022-06-12"), "Netflix", TUDUM, season=2, network="netflix"),
            DecisionFacts("final_season", day("2024-07-31"), "Netflix", TUDUM, season=3, network="netflix"),
        ),
        imdb_id="tt10919420",
        other_titles="오징어 게임",
    ),
    ShowFacts(
        slug="severance",
        title="Severance",
        network="apple-tv",
        synopsis="Office workers have their memories cut in two, so that work and home never learn of each other.",
        seasons=(season(1, "2022-02-18", 9, "2022-04-08"), season(2, "2025-01-17", 10, "2025-03-21")),
        genres=("Science fiction", "Thriller"),
        creators=("Dan Erickson",),
        cast={"Adam Scott": "Mark Scout", "Britt Lower": "Helly R."},
        decisions=(
            DecisionFacts("renewed", day("2022-04-06"), "Apple", APPLE, season=2, network="apple-tv"),
            DecisionFacts("renewed", day("2025-03-21"), "Apple", APPLE, season=3, network="apple-tv"),
        ),
        imdb_id="tt11280740",
    ),
    ShowFacts(
        slug="the-last-of-us",
        title="The Last of Us",
        network="hbo",
        synopsis="Twenty years after a fungus ended the world, a smuggler takes a girl across what is left of America.",
        seasons=(season(1, "2023-01-15", 9, "2023-03-12"), season(2, "2025-04-13", 7, "2025-05-25")),
        genres=("Science fiction", "Horror"),
        creators=("Neil Druckmann", "Craig Mazin"),
        cast={"Pedro Pascal": "Joel", "Bella Ramsey": "Ellie"},
        decisions=(
            DecisionFacts(
                "renewed", day("2023-01-27"), "HBO", "https://www.hbo.com/", season=2, network="hbo"
            ),
            DecisionFacts(
                "renewed", day("2025-04-09"), "HBO", "https://www.hbo.com/", season=3, network="hbo"
            ),
        ),
        imdb_id="tt3581920",
    ),
    ShowFacts(
        slug="better-call-saul",
        title="Better Call Saul",
        network="amc",
        synopsis="How Jimmy McGill, a lawyer with a past, became Saul Goodman, a lawyer with a future.",
        seasons=(
            season(1, "2015-02-08", 10, "2015-04-06"),
            season(2, "2016-02-15", 10, "2016-04-18"),
            season(3, "2017-04-10", 10, "2017-06-19"),
            season(4, "2018-08-06", 10, "2018-10-08"),
            season(5, "2020-02-23", 10, "2020-04-20"),
            season(6, "2022-04-18", 13, "2022-08-15"),
        ),
        genres=("Crime", "Legal drama"),
        creators=("Vince Gilligan", "Peter Gould"),
        cast={"Bob Odenkirk": "Jimmy McGill", "Rhea Seehorn": "Kim Wexler"},
        decisions=(
            DecisionFacts(
                "final_season", day("2020-01-16"), "AMC", "https://www.amc.com/", season=6, network="amc"
            ),
        ),
        imdb_id="tt3032476",
    ),
    ShowFacts(
        slug="peacemaker",
        title="Peacemaker",
        network="hbo-max",
        synopsis="A vigilante who will kill anyone for peace is given a team, a mission and second thoughts.",
        seasons=(season(1, "2022-01-13", 8, "2022-02-17"), season(2, "2025-08-21", 8, "2025-10-09")),
        companies=("DC Studios",),
        genres=("Superhero", "Comedy drama"),
        creators=("James Gunn",),
        cast={"John Cena": "Christopher Smith", "Danielle Brooks": "Leota Adebayo"},
        decisions=(
            DecisionFacts(
                "renewed",
                day("2022-02-16"),
                "HBO Max",
                "https://www.hbomax.com/",
                season=2,
                network="hbo-max",
            ),
        ),
        imdb_id="tt13146488",
    ),
)
