"""The record of shows as pages draw it: everything about any number of shows in seven queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from shows.dates import Precision, dated_text, iso_text
from shows.models import ChartEntry, ChartRun, Decision, Rating, Season, Show
from shows.status import decision_in_force
from shows.viewership import lists_missed
from shows.weekly_chart import ViewershipChart


@dataclass(frozen=True)
class Event:
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
    """What is known of one show. Its rows are tied to each other: reading them costs no query."""

    show: Show
    seasons: list = field(default_factory=list)
    decisions: list = field(default_factory=list)
    ratings: list = field(default_factory=list)
    charts: list = field(default_factory=list)

    @classmethod
    def for_shows(cls, show_ids, on=None):
        """The records of shows by their ids, as of a day (default: today). Seven queries for any number;
        an id that no show has is left out."""
        shows = Show.objects.select_related("network").with_creators().filter(pk__in=show_ids)
        records = {show.pk: cls(show) for show in shows}
        for season in Season.objects.filter(show__in=show_ids).order_by("number"):
            records[season.show_id].add_season(season)
        for decision in Decision.objects.filter(show__in=show_ids).select_related("network"):
            records[decision.show_id].add_decision(decision)
        for record in records.values():
            record.show.stand_by(record.seasons, record.decisions, on or timezone.localdate())
        for rating in Rating.objects.filter(show__in=show_ids).order_by("as_of_on", "pk"):
            records[rating.show_id].add_rating(rating)
        by_list = _entries_by_list(show_ids)
        tenths = ChartEntry.objects.tenth_places(_lists_missed(by_list))
        runs = ChartRun.objects.of_seasons({entries[0].season_id for _key, entries in by_list})
        for (show_id, number, category), entries in by_list:
            run = runs.get((entries[0].season_id, category))
            records[show_id].add_chart(number, entries, tenths, run)
        return records

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


def _entries_by_list(show_ids):
    """The worldwide chart lines of shows, grouped by show, season and list."""
    entries = ChartEntry.objects.worldwide().filter(season__show__in=show_ids)
    ordered = defaultdict(list)
    for entry in entries.select_related("season").order_by("week_ending"):
        ordered[entry.season.show_id, entry.season.number, entry.category].append(entry)
    return sorted(ordered.items())


def _lists_missed(by_list):
    return {each for _key, entries in by_list for each in lists_missed(entries)}
