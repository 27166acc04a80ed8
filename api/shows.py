"""Shows, their record and decisions, as data."""

from shows.dates import iso_text
from shows.models import Decision, Rating, Show
from shows.models.people import Credit
from shows.status_words import Status
from syndication.pictures import poster_of

from .addresses import api_address, day, page_address
from .shapes import DAY, FLAG, LINK, NUMBER, SCORE, TEXT, Field, Many, Maybe, Shape, maybe, one_of

NETWORK = Shape(
    "Network",
    "Who shows it: a streamer, a broadcaster, a cable network.",
    Field("slug", TEXT, "Names it in addresses and filters.", lambda row: row.slug),
    Field("name", TEXT, "Its name.", lambda row: row.name),
)
SHOW_REFERENCE = Shape(
    "ShowReference",
    "A show, named where something is about it.",
    Field("id", NUMBER, "Stays the same for good.", lambda show: show.pk),
    Field("slug", TEXT, "The last part of its address; it may change.", lambda show: show.slug),
    Field("title", TEXT, "Its title alone; shows may share one.", lambda show: show.title),
    Field("href", LINK, "Where the API tells all of it.", lambda show: api_address("show", show.slug)),
    Field("url", LINK, "Its page for people.", page_address),
)
STATUS = Shape(
    "Status",
    "What the latest decision and the dates say of a show today. It is computed for the day, never typed.",
    Field("value", one_of(Status.values), "The status.", lambda show: show.status),
    Field("text", TEXT, "The same in words, with what it rests on.", lambda show: show.status_reason),
    Field("as_of", DAY, "The day that it was computed for.", lambda show: day(show.status_as_of)),
    Field("season", maybe(NUMBER), "The season that was promised.", lambda show: show.status_season),
    Field(
        "days_waiting",
        maybe(NUMBER),
        "Days since the last finale while a decision is awaited.",
        lambda show: show.days_waiting,
    ),
)
POSTER = Shape(
    "Poster",
    "A show's poster.",
    Field("url", LINK, "The largest JPEG.", lambda picture: picture.url),
    Field("width", NUMBER, "In pixels.", lambda picture: picture.width),
    Field("height", NUMBER, "In pixels.", lambda picture: picture.height),
    Field("alt", TEXT, "What it shows.", lambda picture: picture.alt),
)
SEASON = Shape(
    "Season",
    "A season; a date that is not known is null.",
    Field("number", NUMBER, "Counted from 1.", lambda season: season.number),
    Field("premiered_on", maybe(DAY), "The premiere.", lambda season: day(season.premiered_on)),
    Field("finale_on", maybe(DAY), "The day of the last episode.", lambda season: day(season.finale_on)),
    Field("episode_count", maybe(NUMBER), "How many episodes.", lambda season: season.episode_count),
)
_DECISION = (
    Field("id", NUMBER, "Stays the same for good.", lambda decision: decision.pk),
    Field("outcome", one_of(Decision.Outcome.values), "What was decided.", lambda row: row.outcome),
    Field(
        "season",
        maybe(NUMBER),
        "The number of the season that it promises or is about.",
        lambda decision: decision.season_number,
    ),
    Field(
        "announced_on",
        maybe(TEXT),
        "As exactly as it is known: 2022-11-08, 2022-11 or 2022; null where it is not.",
        lambda decision: iso_text(decision.announced_on, decision.precision),
    ),
    Field(
        "announced_by", Maybe(NETWORK), "The network that announced it.", lambda decision: decision.announcer
    ),
    Field("source", TEXT, "Who says so.", lambda decision: decision.source_name),
    Field("source_url", TEXT, "Where it can be read; may be empty.", lambda row: row.source_url),
    Field("note", TEXT, "What else there is to know; may be empty.", lambda decision: decision.note),
)
DECISION = Shape("Decision", "A dated fact about a show's or a season's future.", *_DECISION)
DECISION_OF_SHOW = Shape(
    "DecisionWithShow",
    "A decision, and the show that it is about.",
    *_DECISION,
    Field("show", SHOW_REFERENCE, "The show.", lambda decision: decision.show),
)
RATING = Shape(
    "Rating",
    "The latest score by a source; a null score records that the source has none.",
    Field("source", one_of(Rating.Source.values), "The source.", lambda rating: rating.source),
    Field("name", TEXT, "The source by its name.", lambda rating: rating.source_name),
    Field(
        "season",
        maybe(NUMBER),
        "The season that it is for; null for the show as a whole.",
        lambda rating: rating.season and rating.season.number,
    ),
    Field("score", maybe(SCORE), "The score.", lambda row: None if row.score is None else float(row.score)),
    Field("scale", NUMBER, "The highest score that there is.", lambda rating: int(rating.scale)),
    Field("votes", maybe(NUMBER), "By how many people.", lambda rating: rating.votes),
    Field("as_of", DAY, "The day on which it was read.", lambda rating: day(rating.as_of_on)),
    Field("source_url", TEXT, "Where it was read; may be empty.", lambda rating: rating.source_url),
)
WEEK = Shape(
    "ChartWeek",
    "One week of a run. A week off the list has neither rank nor figures.",
    Field("week_ending", DAY, "The Sunday that ends it.", lambda week: day(week.week_ending)),
    Field("rank", maybe(NUMBER), "The rank.", lambda week: week.rank),
    Field("hours_viewed", maybe(NUMBER), "Hours, as published.", lambda week: week.hours),
    Field("views", maybe(NUMBER), "Views, as published.", lambda week: week.views),
    Field("days", NUMBER, "How many days of the week count: fewer after a premiere.", lambda row: row.days),
    Field(
        "at_most",
        maybe(NUMBER),
        "Off the list: what the tenth place had, so it had no more.",
        lambda week: week.at_most,
    ),
)
FIRST_MONTH = Shape(
    "FirstMonth",
    "How far a season fell within 28 days of its premiere, below the peak of weeks 1 and 2.",
    Field(
        "fell_by_half",
        maybe(FLAG),
        "By more than half; null where it left the list, so that nobody can know.",
        lambda month: month.fell_by_half,
    ),
    Field("drop_percent", SCORE, "By how much, as far as is known.", lambda row: float(row.drop_percent)),
    Field("is_at_least", FLAG, "Whether it may have fallen further.", lambda month: month.is_at_least),
    Field("at_most", maybe(NUMBER), "Off the list: what the tenth place had.", lambda month: month.at_most),
)
CHART = Shape(
    "ChartRun",
    "A season's weeks in one list, oldest first.",
    Field("season", NUMBER, "The season's number.", lambda chart: chart.season.number),
    Field("list", TEXT, "The list's name.", lambda chart: chart.list_name),
    Field("source", TEXT, "Who publishes it.", lambda chart: chart.source_name),
    Field("source_url", TEXT, "Where it can be read; may be empty.", lambda chart: chart.source_url),
    Field("weeks", Many(WEEK), "Its weeks.", lambda chart: chart.weeks),
    Field(
        "first_month",
        Maybe(FIRST_MONTH),
        "Its first month; null where the lists cannot tell.",
        lambda chart: chart.first_month,
    ),
)
CREDIT = Shape(
    "Credit",
    "What a person did for a show.",
    Field("name", TEXT, "The person.", lambda credit: credit.person.name),
    Field("role", one_of(Credit.Role.values), "What they did.", lambda credit: credit.role),
    Field("character", TEXT, "Whom they play; may be empty.", lambda credit: credit.character),
)
SOURCE = Shape(
    "ShowSource",
    "Where parts of a record were taken from; the licence asks whoever shows them for the credit.",
    Field("name", TEXT, "The source.", lambda source: source.name),
    Field("address", LINK, "The show's page there.", lambda source: source.address),
    Field("licence", TEXT, "The licence by its short name.", lambda source: source.licence),
    Field("licence_url", LINK, "Its text.", lambda source: source.licence_url),
    Field("fetched_on", DAY, "When it was last taken over.", lambda source: day(source.fetched_on)),
)
_SHOW = (
    *SHOW_REFERENCE.fields,
    Field("label", TEXT, "The title with year and network, unlike any other show's.", lambda row: row.label),
    Field("status", STATUS, "Where it stands today.", lambda show: show),
    Field("format", one_of(Show.Format.values), "What it is.", lambda show: show.format),
    Field("network", Maybe(NETWORK), "Who shows it.", lambda show: show.network),
)
SHOW_CARD = Shape("ShowCard", "A show in a list.", *_SHOW)
SHOW = Shape(
    "Show",
    "A show with its whole record. Scores of others come with their source and day.",
    *(
        Field(field.name, field.kind, field.says, lambda record, read=field.read: read(record.show))
        for field in _SHOW
    ),
    Field("other_titles", Many(TEXT), "Other titles.", lambda record: record.show.other_titles.splitlines()),
    Field("synopsis", TEXT, "What it is about; may be empty.", lambda record: record.show.synopsis),
    Field("country", TEXT, "ISO 3166 code; may be empty.", lambda record: record.show.country),
    Field("language", TEXT, "BCP 47 code; may be empty.", lambda record: record.show.language),
    Field("genres", Many(TEXT), "Its genres.", lambda row: [each.name for each in row.show.genres.all()]),
    Field(
        "companies",
        Many(TEXT),
        "Who produces it.",
        lambda record: [company.name for company in record.show.companies.all()],
    ),
    Field("imdb_id", TEXT, "Its number at IMDb; may be empty.", lambda record: record.show.imdb_id),
    Field("tvmaze_id", maybe(NUMBER), "Its number at TVmaze.", lambda record: record.show.tvmaze_id),
    Field("wikidata_id", TEXT, "Its number at Wikidata; may be empty.", lambda row: row.show.wikidata_id),
    Field("website", TEXT, "Its own site; may be empty.", lambda record: record.show.website),
    Field("poster", Maybe(POSTER), "Its poster.", lambda record: poster_of(record.show)),
    Field("seasons", Many(SEASON), "Its seasons.", lambda record: record.seasons),
    Field("decisions", Many(DECISION), "Its decisions, oldest first.", lambda record: record.decisions),
    Field("ratings", Many(RATING), "The latest scores.", lambda record: record.ratings),
    Field("charts", Many(CHART), "Its weeks in charts.", lambda record: record.charts),
    Field(
        "credits",
        Many(CREDIT),
        "Its people, by role.",
        lambda record: record.show.credits.select_related("person").in_order(),
    ),
    Field(
        "sources",
        Many(SOURCE),
        "Whom to credit; empty where all is the newsroom's own.",
        lambda record: record.show.sources.all(),
    ),
)
