"""The datasets of version 1. A column keeps its name and its meaning; others may be added.

What would break a reader of the files (a column renamed or taken away, another meaning) is version 2.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.templatetags.articles import site_address
from shows.dates import iso_text
from shows.forecasts import judged_of
from shows.models import ChartRun, Decision, Outlook, Season, shows_with_status

from .columns import DAY, FLAG, LINK, NUMBER, SHARE, TEXT, Column

VERSION = 1


class Table(NamedTuple):
    """`rows` are in the order of `key`, a number that a row keeps; a file has those after a number."""

    name: str
    title: str
    says: str
    rows: Callable
    columns: tuple
    key: str = "pk"


@cache
def _around_slugs(site):
    """What stands before and after a show's slug in its address: made once, for it was most of the work."""
    return site_address(reverse("shows:detail", args=["SLUG"])).split("SLUG")


def _page(show):
    before, after = _around_slugs(settings.SITE_URL)
    return f"{before}{show.slug}{after}"


def _source(name, show_of):
    """What a row's show was taken from: of several sources all, with a semicolon between them."""
    return lambda row: "; ".join(getattr(source, name) for source in show_of(row).sources.all())


def _taken(show_of):
    """The columns that credit a source outside, as its licence asks."""
    told = (
        ("taken_from", _("Whom parts of it were taken from; empty: nobody.")),
        ("taken_from_licence", _("Under which licence. It holds for this row, whatever else holds.")),
        ("taken_from_address", _("Where it can be read there.")),
    )
    fields = ("name", "licence", "address")
    return tuple(
        Column(name, TEXT, says, _source(field, show_of))
        for (name, says), field in zip(told, fields, strict=True)
    )


def _show_columns(show_of):
    return (
        Column("show_id", NUMBER, _("The show's number in “shows”."), lambda row: show_of(row).pk),
        Column("show", TEXT, _("The show's title; shows may share one."), lambda row: show_of(row).title),
        Column("show_address", LINK, _("The show's page here."), lambda row: _page(show_of(row))),
    )


def _of_show(row):
    return row.show


def _of_season(run):
    return run.season.show


SHOWS = Table(
    "shows",
    _("Shows and where they stand"),
    _(
        "Every show on record with its status on the day of the data: what its latest decision and its dates "
        "say, computed and never typed."
    ),
    lambda: shows_with_status().prefetch_related("sources"),
    (
        Column("id", NUMBER, _("The show's number; it stays."), lambda show: show.pk),
        Column("title", TEXT, _("The title; shows may share one."), lambda show: show.title),
        Column("address", LINK, _("Its page here; it may change."), _page),
        Column("network", TEXT, _("Who shows it."), lambda show: show.network and show.network.name),
        Column("format", TEXT, _("series, limited or anthology."), lambda show: show.format),
        Column("country", TEXT, _("The country that made it (ISO 3166)."), lambda show: show.country),
        Column("language", TEXT, _("The language it was made in (BCP 47)."), lambda show: show.language),
        Column("first_premiered_on", DAY, _("The first premiere."), lambda show: show.first_premiered_on),
        Column("status", TEXT, _("The status, by its name."), lambda show: show.status),
        Column("status_text", TEXT, _("The same in words."), lambda show: show.status_text),
        Column("status_season", NUMBER, _("The season that was promised."), lambda show: show.status_season),
        Column(
            "days_waiting",
            NUMBER,
            _("Days since the last finale, while a decision is awaited."),
            lambda show: show.days_waiting,
        ),
        Column(
            "decided_on",
            TEXT,
            _("When the decision was announced on which the status rests: 2022-11-08, 2022-11 or 2022."),
            lambda show: iso_text(show.status_on, show.status_precision),
        ),
        Column("decided_by", TEXT, _("Who announced it."), lambda show: show.status_network_name),
        Column("source", TEXT, _("Who says so."), lambda show: show.status_source_name),
        Column("source_address", TEXT, _("Where it can be read."), lambda show: show.status_source_url),
        Column("imdb_id", TEXT, _("Its number at IMDb."), lambda show: show.imdb_id),
        Column("tvmaze_id", NUMBER, _("Its number at TVmaze."), lambda show: show.tvmaze_id),
        Column("wikidata_id", TEXT, _("Its number at Wikidata."), lambda show: show.wikidata_id),
        *_taken(lambda show: show),
    ),
)
SEASONS = Table(
    "seasons",
    _("Seasons"),
    _("Every season on record with dates and episodes; a date that is not known is empty, never guessed."),
    lambda: Season.objects.prefetch_related("show__sources"),
    (
        Column("id", NUMBER, _("The season's number here; it stays."), lambda season: season.pk),
        *_show_columns(_of_show),
        Column("season", NUMBER, _("Which season, from 1."), lambda season: season.number),
        Column("premiered_on", DAY, _("The premiere."), lambda season: season.premiered_on),
        Column("finale_on", DAY, _("The day of the last episode."), lambda season: season.finale_on),
        Column("episodes", NUMBER, _("How many episodes."), lambda season: season.episode_count),
        *_taken(_of_show),
    ),
)
DECISIONS = Table(
    "decisions",
    _("Decisions"),
    _(
        "What was decided about shows and seasons: ordered, renewed, final season, cancelled, ended, revived "
        "or removed, each with its date, who announced it, and where that can be read."
    ),
    lambda: Decision.objects.filter(
        Q(announced_on=None) | Q(announced_on__lte=timezone.localdate())
    ).select_related("network", "show__network"),
    (
        Column("id", NUMBER, _("The decision's number; it stays."), lambda decision: decision.pk),
        *_show_columns(_of_show),
        Column("outcome", TEXT, _("What was decided, by its name."), lambda decision: decision.outcome),
        Column(
            "season",
            NUMBER,
            _("The season that it promises or is about."),
            lambda decision: decision.season_number,
        ),
        Column(
            "announced_on",
            TEXT,
            _("As exactly as it is known: 2022-11-08, 2022-11 or 2022; empty where it is not."),
            lambda decision: iso_text(decision.announced_on, decision.precision),
        ),
        Column(
            "announced_by",
            TEXT,
            _("Who announced it."),
            lambda decision: decision.announcer and decision.announcer.name,
        ),
        Column("source", TEXT, _("Who says so."), lambda decision: decision.source_name),
        Column("source_address", TEXT, _("Where it can be read."), lambda decision: decision.source_url),
        Column("note", TEXT, _("What else there is to know."), lambda decision: decision.note),
        Column(
            "recorded_on",
            DAY,
            _("The day on which it was recorded here."),
            lambda decision: timezone.localdate(decision.created_at),
        ),
    ),
)
FORECASTS = Table(
    "forecasts",
    _("Forecasts"),
    _(
        "Every forecast that was made here, in eight steps from 1 (cancellation certain) to 8 (renewal "
        "certain), with its reasons and what became of it. None is ever changed or taken away."
    ),
    lambda: Outlook.objects.filter(dated_on__lte=timezone.localdate()).prefetch_related(
        "show__outlooks", "show__seasons", "show__decisions"
    ),
    (
        Column("id", NUMBER, _("The forecast's number; it stays."), lambda outlook: outlook.pk),
        *_show_columns(_of_show),
        Column(
            "season",
            NUMBER,
            _("Which season is asked about; empty: any further one."),
            lambda outlook: outlook.season_number,
        ),
        Column("step", NUMBER, _("From 1 to 8."), lambda outlook: outlook.step),
        Column("forecast", TEXT, _("The step in words."), lambda outlook: outlook.get_step_display()),
        Column("dated_on", DAY, _("The day on which it was made."), lambda outlook: outlook.dated_on),
        Column("reason", TEXT, _("Why."), lambda outlook: outlook.reason),
        Column(
            "verdict",
            TEXT,
            _("What became of it: open, right, wrong, replaced, withdrawn, undecided or unscored."),
            lambda outlook: str(_judged(outlook).verdict),
        ),
        Column(
            "brier",
            SHARE,
            _("Where it was right or wrong, its score: 0 is best, 1 is worst."),
            lambda outlook: _score(_judged(outlook).brier),
        ),
        Column(
            "withdrawn_on",
            DAY,
            _("The day on which it was withdrawn."),
            lambda outlook: outlook.withdrawn_at and timezone.localdate(outlook.withdrawn_at),
        ),
        Column("withdrawn_reason", TEXT, _("And why."), lambda outlook: outlook.withdrawn_reason),
    ),
)
FIRST_MONTHS = Table(
    "first-months",
    _("First months in the Netflix Top 10"),
    _(
        "How far each season fell within 28 days of its premiere, computed from the weekly lists that "
        "Netflix publishes. The lists themselves are not handed out here: Netflix states no licence for them."
    ),
    lambda: ChartRun.objects.filter(season__isnull=False).select_related("season__show"),
    (
        Column("season_id", NUMBER, _("The season's number in “seasons”."), lambda run: run.season_id),
        *_show_columns(_of_season),
        Column("season", NUMBER, _("Which season, from 1."), lambda run: run.season.number),
        Column("list", TEXT, _("The worldwide list, by its name."), lambda run: run.category),
        Column(
            "first_week",
            DAY,
            _("The Sunday that ends its first week in it."),
            lambda run: run.first_week_ending,
        ),
        Column("last_week", DAY, _("The Sunday that ends its last one."), lambda run: run.last_week_ending),
        Column("weeks", NUMBER, _("How many weeks it was in it."), lambda run: run.weeks),
        Column("best_rank", NUMBER, _("Its best rank."), lambda run: run.best_rank),
        Column(
            "fell_by_half",
            FLAG,
            _("Whether by more than half below the peak of weeks 1 and 2; empty where nobody can know."),
            lambda run: run.fell_by_half,
        ),
        Column(
            "drop_percent",
            SHARE,
            _("By how much, as far as the lists tell; empty where they do not."),
            lambda run: run.drop_percent,
        ),
        Column("is_at_least", FLAG, _("Whether it may have fallen further."), lambda run: run.is_at_least),
    ),
    key="season_id",
)
TABLES = {table.name: table for table in (SHOWS, SEASONS, DECISIONS, FORECASTS, FIRST_MONTHS)}


def _judged(outlook):
    return judged_of(outlook.show)[outlook.pk]


def _score(brier):
    return None if brier is None else round(brier, 4)
