"""The invented publication: its name, its people, its departments and its menu."""

NAME = "Cold Open"
TAGLINE = "Television news, checked against the record"
DATA_LICENCE = "CC-BY-4.0"
PUBLISHER = "Cold Open (a demonstration)"
HOUSE_RULES = (
    "Be kind, be brief, and say what you have seen. No spoilers without a warning in the first line. "
    "A moderator reads every comment before it appears, usually within a day; "
    "we turn down insults and advertising, not opinions."
)

# slug, name, about, account where there is one of this name
AUTHORS = (
    (
        "imogen-tarrant",
        "Imogen Tarrant",
        "Imogen Tarrant covers decisions: who renewed, who cancelled, and who would rather not say. "
        "Before that she spent nine years on the television pages of a regional daily.",
        "editor",
    ),
    (
        "callum-adeyemi",
        "Callum Adeyemi",
        "Callum Adeyemi reads lists. He trained as a statistician, looks after our figures, "
        "and writes about what a chart can show and what it cannot.",
        "writer",
    ),
    (
        "rosa-lindqvist",
        "Rosa Lindqvist",
        "Rosa Lindqvist writes about second lives: revivals, last seasons, films that stand in for endings. "
        "She reports from Gothenburg and watches in both languages.",
        "",
    ),
)

# slug, name, description
CATEGORIES = (
    (
        "cancellations",
        "Cancellations",
        "Shows that end because somebody decided it, with the figures they ended on.",
    ),
    (
        "renewals",
        "Renewals",
        "Further seasons, last seasons and second chances, from the day they are announced.",
    ),
    (
        "ratings-charts",
        "Ratings & Charts",
        "What people watched and what they thought of it, as it was published.",
    ),
    ("explainers", "Explainers", "How decisions are made and reported, and how we count."),
)

# location, label, and the one thing it leads to: a place of the site, a category or a page
MENU = (
    ("header", "", "category", "cancellations"),
    ("header", "", "category", "renewals"),
    ("header", "Charts", "category", "ratings-charts"),
    ("header", "", "category", "explainers"),
    ("header", "", "place", "shows"),
    ("header", "Tracker", "place", "tracker"),
    ("footer", "", "place", "archive"),
    ("footer", "", "place", "compare"),
    ("footer", "", "place", "data"),
    ("footer", "", "place", "forecasts"),
    ("footer", "", "place", "networks"),
    ("footer", "", "page", "about"),
    ("footer", "", "page", "contact"),
    ("footer", "", "page", "privacy"),
)
