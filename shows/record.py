"""The record of shows as pages draw it: everything about any number of shows in two queries."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F, OuterRef, prefetch_related_objects
from django.utils import timezone

from queries.prepared import Prepared
from queries.remembered import key_of
from queries.rows import Rows, values_of
from shows.dates import Precision, dated_text, iso_text
from shows.forecasts import answers_to
from shows.models import ChartEntry, ChartRun, Decision, Outlook, Rating, Season, Show
from shows.status import decision_in_force
from shows.viewership import lists_missed
from shows.weekly_chart import ViewershipChart

SEASONS, DECISIONS, RATINGS = Rows(Season), Rows(Decision, network=...), Rows(Rating)
OUTLOOKS = Rows(Outlook)
ENTRIES, RUNS = Rows(ChartEntry), Rows(ChartRun)


@Prepared
def SHOWS(ids):
    """Shows with all that a record holds but the tenth places, which only its lines can tell."""
    of_show, of_season = {"show": OuterRef("pk")}, {"season__show": OuterRef("pk")}
    entries = ChartEntry.objects.worldwide().filter(**of_season)
    dated = F("announced_on").asc(nulls_first=True)
    return (
        Show.objects.select_related("network")
        .with_creators()
        .filter(pk__in=ids)
        .annotate(
            season_rows=SEASONS.column(Season.objects.filter(**of_show).order_by("number")),
            decision_rows=DECISIONS.column(Decision.objects.filter(**of_show).order_by(dated, "pk")),
            rating_rows=RATINGS.column(Rating.objects.filter(**of_show).order_by("as_of_on", "pk")),
            entry_rows=ENTRIES.column(entries.order_by("week_ending", "pk")),
            outlook_rows=OUTLOOKS.column(Outlook.objects.standing().filter(**of_show)),
            run_rows=RUNS.column(ChartRun.objects.filter(**of_season).order_by("pk")),
        )
    )


class Event(NamedTuple):
    """One line of a timeline: a decision, or what a season did on a day."""

    PREMIERE, FINALE, RELEASE, DECISION = "premiere", "finale", "release", "decision"

    kind: str
    on: date | None
    precision: str = Precision.DAY
    season: Season | None = None
    decision: Decision | None = None

    @property
    def iso(self):
        """The date as exactly as it is known, as a machine reads it: "2022-11-08", "2022-11" or "2022"."""
        return iso_text(self.on, self.precision)

    @property
    def date_text(self):
        return dated_text(self.on, self.precision)


@dataclass
class Record:
    """What is known of one show. Its rows are tied to each other: reading them costs no query.

    `key` is the same as long as all that is known is. Records are remembered: nobody may change one.
    """

    show: Show
    key: str = ""
    seasons: list = field(default_factory=list)
    decisions: list = field(default_factory=list)
    ratings: list = field(default_factory=list)
    charts: list = field(default_factory=list)
    outlooks: list = field(default_factory=list)

    @classmethod
    def for_shows(cls, show_ids, on=None):
        """The records of shows by their ids, as of a day (default: today). Two queries for any number;
        an id that no show has is left out."""
        shows = list(SHOWS(ids=sorted(show_ids))) if show_ids else []
        missed = {each for show in shows for each in _lists_missed(show.entry_rows)}
        tenths = ChartEntry.objects.tenth_places(missed)
        found = (Found.of(show, tenths, on or timezone.localdate()) for show in shows)
        return {each.show.pk: _read(each) for each in found}

    def with_relations(self, *names):
        """The record with a show of its own, for which these relations are read now: no key names them."""
        show = copy(self.show)
        prefetch_related_objects([show], *names)
        return replace(self, show=show)

    def read(self, on, tenths):
        """Take in the rows that came with the show."""
        show = self.show
        for season in SEASONS.read(show.season_rows):
            self.add_season(season)
        for decision in DECISIONS.read(show.decision_rows):
            self.add_decision(decision)
        show.stand_by(self.seasons, self.decisions, on)
        for rating in RATINGS.read(show.rating_rows):
            self.add_rating(rating)
        self.outlooks = OUTLOOKS.read(show.outlook_rows)
        runs = {(run.season_id, run.category): run for run in RUNS.read(show.run_rows)}
        for (number, category), entries in self._entries_by_list():
            self.add_chart(number, entries, tenths, runs.get((entries[0].season_id, category)))

    def _entries_by_list(self):
        """The show's worldwide chart lines, grouped by season and list."""
        seasons, ordered = {season.pk: season for season in self.seasons}, defaultdict(list)
        for entry in ENTRIES.read(self.show.entry_rows):
            entry.season = seasons[entry.season_id]
            ordered[entry.season.number, entry.category].append(entry)
        return sorted(ordered.items())

    def add_season(self, season):
        season.show = self.show
        self.seasons.append(season)

    def add_decision(self, decision):
        decision.show = self.show
        self.decisions.append(decision)

    def add_rating(self, rating):
        """Keep the latest reading of a source; they come oldest first."""
        rating.show = self.show
        rating.season = next((season for season in self.seasons if season.pk == rating.season_id), None)
        read_before = [each for each in self.ratings if each.is_reading_of_same(rating)]
        self.ratings = [each for each in self.ratings if each not in read_before] + [rating]
        self.ratings.sort(key=lambda each: (each.season.number if each.season else 0, each.place))

    def add_chart(self, number, entries, tenths=None, run=None):
        season = next(season for season in self.seasons if season.number == number)
        self.charts.append(ViewershipChart(season, entries, tenths, run))

    @property
    def decision_in_force(self):
        """The decision that the show's status rests on, or None where the dates alone decide."""
        return decision_in_force(self.seasons, self.decisions, self.show.status_as_of)

    @property
    def open_forecast(self):
        """The latest forecast while nothing has answered it; None otherwise."""
        on = self.show.status_as_of
        latest = next((each for each in reversed(self.outlooks) if each.dated_on <= on), None)
        if latest is None:
            return None
        answers = answers_to(latest.season_number, self.seasons, self.decisions, on)
        return None if any(each.latest >= latest.dated_on for each in answers) else latest

    @property
    def timeline(self):
        """Premieres, finales and decisions in order; those without a date come first."""
        events = [event for season in self.seasons for event in _events_of(season)]
        for decision in self.decisions:
            told = decision.announced_on, decision.precision
            events.append(Event(Event.DECISION, *told, decision=decision))
        return sorted(events, key=lambda event: event.on or date.min)

    @property
    def premiered_seasons(self):
        """The seasons that have begun by the day of the record."""
        return [each for each in self.seasons if each.began_on and each.began_on <= self.show.status_as_of]

    @property
    def episode_count(self):
        """Episodes of the seasons that have begun; None where one of them is not known."""
        counts = [season.episode_count for season in self.premiered_seasons]
        return sum(counts) if counts and None not in counts else None

    def charts_of(self, season=None):
        """The charts of one season (a row or its number), or of the latest season that has any."""
        if not season:
            season = max((chart.season.number for chart in self.charts), default=None)
        number = getattr(season, "number", season)
        return [chart for chart in self.charts if chart.season.number == number]


def _events_of(season):
    if season.premiered_on and season.premiered_on == season.finale_on:
        return [Event(Event.RELEASE, season.premiered_on, season=season)]
    days = {Event.PREMIERE: season.premiered_on, Event.FINALE: season.finale_on}
    return [Event(kind, on, season=season) for kind, on in days.items() if on]


@dataclass(frozen=True)
class Found:
    """What the database has of a show: the same where its `key` is, which names every value and the day."""

    key: str
    show: Show = field(compare=False)
    tenths: dict = field(compare=False)
    on: date = field(compare=False)

    @classmethod
    def of(cls, show, tenths, on):
        missed = sorted(_lists_missed(show.entry_rows))
        bounds = [values_of(tenths[each]) for each in missed if each in tenths]
        key = key_of(values_of(show), show.network and values_of(show.network), bounds, on)
        return cls(key, show, tenths, on)


@lru_cache(maxsize=100)
def _read(found):
    record = Record(found.show, found.key)
    record.read(found.on, found.tenths)
    return record


@lru_cache(maxsize=200)
def _lists_missed(entry_rows):
    by_run = defaultdict(list)
    for entry in ENTRIES.read(entry_rows):
        by_run[entry.season_id, entry.category].append(entry)
    return {each for entries in by_run.values() for each in lists_missed(entries)}
