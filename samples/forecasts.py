# ruff: noqa: E501
"""The sample publication's own forecasts, by show. They are its opinions, right and wrong; what they were held
against stands in `shows.py`. What they go by is what the record held on that day."""

from .facts import OutlookFacts, day

IMOGEN, CALLUM, ROSA = "Imogen Tarrant", "Callum Adeyemi", "Rosa Lindqvist"


def said(season, step, on, author, reason, withdrawn=""):
    return OutlookFacts(season, step, day(on), reason, author, withdrawn)


FORECASTS = {
    "the-imperfects": (
        said(
            2,
            5,
            "2022-09-20",
            CALLUM,
            "Up by 45 per cent in its second week, though its first counts four days only.",
        ),
        said(
            2, 3, "2022-09-28", CALLUM, "Down by 64 per cent in its third week, before a first month is out."
        ),
    ),
    "cobra-kai": (
        said(
            5,
            7,
            "2021-07-12",
            IMOGEN,
            "The fourth was ordered before the third was shown; we expect the same again.",
        ),
        said(6, 7, "2022-10-04", IMOGEN, "Five seasons, and each of the first four was followed by another."),
    ),
    "wu-assassins": (said(2, 3, "2021-03-01", ROSA, "No word nineteen months after its first season."),),
    "partner-track": (
        said(2, 3, "2022-09-21", CALLUM, "Nearly four weeks old, and nobody has said a word about more."),
    ),
    "resident-evil": (
        said(2, 3, "2022-08-05", IMOGEN, "A costly first season that neither critics nor players took to."),
    ),
    "first-kill": (
        said(
            2, 5, "2022-07-01", ROSA, "Small and liked by those who found it; we would give it another year."
        ),
    ),
    "fate-the-winx-saga": (
        said(2, 6, "2021-01-27", ROSA, "A known name, six episodes, and an ending that asks for more."),
        said(
            3, 5, "2022-10-06", ROSA, "It was renewed within weeks the first time; the silence is longer now."
        ),
    ),
    "the-sandman": (
        said(
            2,
            6,
            "2022-09-02",
            IMOGEN,
            "A first season that leaves most of its books unopened; the price speaks against it.",
        ),
        said(
            3, 3, "2024-07-01", IMOGEN, "Two years for a second season are long, and nobody promises a third."
        ),
    ),
    "stranger-things": (
        said(
            5, 8, "2022-01-10", IMOGEN, "Nobody leaves the best-known story of a service without its ending."
        ),
    ),
    "locke-and-key": (
        said(4, 3, "2022-03-01", ROSA, "The third is not out yet, and we hear of nothing after it."),
    ),
    "manifest": (
        said(
            4,
            5,
            "2021-05-31",
            ROSA,
            "Three seasons in, with questions open and a network that has not spoken.",
        ),
        said(
            4,
            5,
            "2021-07-05",
            ROSA,
            "Cancelled in June; somebody else may want it. A little more likely than not.",
        ),
    ),
    "heartstopper": (
        said(2, 7, "2022-05-02", ROSA, "Adored within days, cheap for what it is, and the books go on."),
        said(
            4, 5, "2024-12-02", ROSA, "One more would end the story; two months of silence make us careful."
        ),
    ),
    "1899": (
        said(
            2,
            6,
            "2022-12-05",
            IMOGEN,
            "Its makers were given three seasons for their last story. We expect a second here.",
        ),
    ),
    "wednesday": (
        said(
            2,
            2,
            "2022-11-24",
            CALLUM,
            "The first week is out on Tuesday.",
            withdrawn="Typed for another show.",
        ),
        said(2, 7, "2022-12-07", CALLUM, "What tops the list like this is not left at one season."),
        said(
            3,
            8,
            "2025-07-01",
            CALLUM,
            "A second season in two parts, weeks away, of what stood on top of the lists that winter.",
        ),
    ),
    "squid-game": (
        said(2, 8, "2022-03-01", CALLUM, "Nothing has been watched more. The only question is when."),
        said(3, 7, "2024-06-03", IMOGEN, "Three years for the second season; we doubt that it is the last."),
    ),
    "severance": (
        said(2, 6, "2022-03-21", IMOGEN, "Praised by the week, and built for a second season."),
        said(
            3, 7, "2025-02-24", IMOGEN, "Worth three years of waiting to its network once; it will be again."
        ),
    ),
    "the-last-of-us": (
        said(
            2, 6, "2023-01-17", ROSA, "One episode is out. The first game is one season; there are two games."
        ),
        said(
            3, 7, "2025-03-03", ROSA, "The second game is too long for the seven episodes that are announced."
        ),
    ),
    "peacemaker": (
        said(2, 6, "2022-02-01", CALLUM, "Five of eight episodes are out, and people come back every week."),
        said(3, 4, "2025-10-20", IMOGEN, "Its maker runs the studio now, and has films to make first."),
    ),
}
