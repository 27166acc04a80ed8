"""Runs through a worldwide list by their age: weeks since the premiere, or since they were first listed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from shows.fates import Fate
from shows.models import ChartEntry, ChartRun, Season, Show
from shows.models.chart import WEEK, Category
from shows.viewership import (
    FirstMonth,
    bound_of,
    days_since_premiere,
    figure_of,
    first_month,
    first_week_ending,
    unit_of,
)

from .asked import Key

FIRST_MONTH = range(1, 5)


class Point(NamedTuple):
    """A week of a curve. Off the list there is neither rank nor figure, perhaps the bound `at_most`."""

    week: int
    week_ending: date
    rank: int | None = None
    figure: int | None = None
    days: int = 7
    at_most: int | None = None

    @property
    def is_off_list(self):
        return self.rank is None

    @property
    def is_partial(self):
        return self.days < 7


@dataclass
class Curve:
    """One run: of a season, or of a show with all its seasons together (`season` is None)."""

    key: Key
    show: Show
    season: Season | None
    category: str
    lines: list
    tenths: dict = field(default_factory=dict)
    run: ChartRun | None = None
    fate: Fate | None = None
    points: list = field(default_factory=list)

    @property
    def name(self):
        """ "Cobra Kai, season 5"; of a whole show its title."""
        return self._named(self.show.title)

    @property
    def label(self):
        """The name with year and network, which tell shows of one title apart."""
        return self._named(self.show.label)

    def _named(self, show):
        if self.season is None:
            return show
        return _("%(show)s, season %(number)s") % {"show": show, "number": self.season.number}

    @property
    def list_name(self):
        return Category(self.category).label

    @property
    def unit(self):
        """What it can be told by at best."""
        has_views = all(line.views is not None for line in self.lines)
        return unit_of(self.lines) if has_views else "hours"

    @cached_property
    def premiered_on(self):
        """The premiere from which its weeks are counted; None where they count from its first list.

        So they do for a whole show, whose first seasons may be older than the lists, and where a line is
        older than the premiere.
        """
        premiere = self.season and self.season.premiered_on
        return premiere if premiere and first_week_ending(premiere) <= self._first_listed else None

    @cached_property
    def _first_listed(self):
        return min(line.week_ending for line in self.lines)

    @property
    def first_week(self):
        """The Sunday that ends week 1."""
        return first_week_ending(self.premiered_on) if self.premiered_on else self._first_listed

    @cached_property
    def first_month(self) -> FirstMonth | None:
        if self.season is None:
            return None
        is_first = self.lines[0].weeks_listed == 1
        begun_on = self.season.premiered_on or (self._first_listed if is_first else None)
        return first_month(self.lines, begun_on, self.tenths)

    @property
    def weeks_listed(self):
        return len({line.week_ending for line in self.lines})

    @cached_property
    def peak(self):
        known = (point for point in self.points if point.figure)
        return max(known, key=lambda point: point.figure, default=None)

    @property
    def partial(self):
        return next((point for point in self.points if point.is_partial), None)

    def draw(self, unit):
        """Make the points in a unit: every week in the list, those of the first month, and the first week
        after each in which it left; weeks of which no list is on record are left out."""
        by_week = defaultdict(list)
        for line in self.lines:
            by_week[line.week_ending].append(line)
        left = {day + WEEK for day in by_week} - by_week.keys()
        month = {self.first_week + WEEK * (week - 1) for week in FIRST_MONTH} - by_week.keys()
        points = [self._listed(day, lines, unit) for day, lines in by_week.items()]
        points += filter(None, (self._off_list(day, unit) for day in left | month))
        self.points = sorted(points, key=lambda point: point.week)

    def _age(self, day):
        return (day - self.first_week).days // 7 + 1

    def _listed(self, day, lines, unit):
        figures = [figure_of(line, unit) for line in lines]
        return Point(
            week=self._age(day),
            week_ending=day,
            rank=min(line.rank for line in lines),
            figure=None if None in figures else sum(figures),
            days=days_since_premiere(day, self.premiered_on),
        )

    def _off_list(self, day, unit):
        tenth = self.tenths.get((self.category, day))
        if tenth is None:
            return None
        # Each season of a show may have had so much, so for all of them together it is no bound.
        return Point(self._age(day), day, at_most=bound_of(tenth, unit) if self.season else None)


def main_lines(lines):
    """Of the lines of a run those in the list in which it stood most often, oldest first."""
    by_list = defaultdict(list)
    for line in lines:
        by_list[line.category].append(line)
    return max(by_list.values(), key=len, default=[])


def add_tenths(curves):
    """Give curves the tenth places of the lists that they may have missed; one query."""
    wanted = set()
    for curve in curves:
        month = {curve.first_week + WEEK * (week - 1) for week in FIRST_MONTH}
        wanted |= {(curve.category, day) for day in month | {line.week_ending + WEEK for line in curve.lines}}
    tenths = ChartEntry.objects.tenth_places(wanted)
    for curve in curves:
        curve.tenths = tenths
