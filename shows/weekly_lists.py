"""The lists of a week as a page shows them: who rose and fell, who is new or back, and who left."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shows.figures import change_percent
from shows.models import ChartEntry, WeeklyList
from shows.models.chart import GLOBAL, WEEK, Category, Chart
from shows.places import country_name
from shows.viewership import RANKED_BY_VIEWS_FROM

FIELDS = (
    *("category", "week_ending", "rank", "show_title", "season_title", "hours_viewed", "views"),
    *("weeks_listed", "countries", "season__number", "season__show__title", "season__show__slug"),
)
UP, DOWN, SAME, NEW, BACK, CAME = "up", "down", "same", "new", "back", "came"


@dataclass(frozen=True)
class Place:
    """One line of a list, beside the same title's line of the week before, where it had one."""

    entry: tuple
    before: tuple | None
    is_before_known: bool

    @property
    def title(self):
        return self.entry.season_title or self.entry.show_title

    @property
    def show_slug(self):
        return self.entry.season__show__slug

    @cached_property
    def move(self):
        """What became of its rank: UP, DOWN, SAME; NEW in the list, BACK in it, or CAME, which may be either;
        "" where last week's list is not on record."""
        if self.before:
            places = self.before.rank - self.entry.rank
            return UP if places > 0 else DOWN if places < 0 else SAME
        if self.entry.weeks_listed == 1:
            return NEW
        if not self.is_before_known:
            return ""
        return BACK if self.entry.weeks_listed else CAME

    @property
    def move_text(self):
        places = abs(self.before.rank - self.entry.rank) if self.before else 0
        words = {
            UP: _("up %(places)d") % {"places": places},
            DOWN: _("down %(places)d") % {"places": places},
            SAME: _("same place"),
            NEW: _("new"),
            BACK: _("back"),
            CAME: _("came in"),
        }
        return words.get(self.move, "")

    @property
    def figure(self):
        return self.entry.views if self.is_by_views else self.entry.hours_viewed

    @property
    def is_by_views(self):
        return self.entry.week_ending >= RANKED_BY_VIEWS_FROM

    @property
    def change(self):
        """In percent against the week before; None where either has no figure, or another unit counted."""
        if self.before is None or self.before.week_ending < RANKED_BY_VIEWS_FROM <= self.entry.week_ending:
            return None
        before = self.before.views if self.is_by_views else self.before.hours_viewed
        return change_percent(self.figure, before)


@dataclass
class ListOfWeek:
    """A list with its places, and the lines of the week before that left it."""

    category: str
    places: list = field(default_factory=list)
    left: list = field(default_factory=list)

    @property
    def name(self):
        return Category(self.category).label

    @property
    def has_figures(self):
        return any(place.figure is not None for place in self.places)

    @property
    def has_weeks(self):
        return any(place.entry.weeks_listed for place in self.places)

    @property
    def has_countries(self):
        return any(place.entry.countries is not None for place in self.places)

    @property
    def is_by_views(self):
        return self.places[0].is_by_views


class WeekOfLists:
    """All lists of a chart in one week and territory; three queries."""

    def __init__(self, week_ending, territory=GLOBAL, chart=Chart.NETFLIX_TOP10):
        self.week_ending, self.territory, self.chart = week_ending, territory, chart

    def get_absolute_url(self):
        return address_of(self.week_ending, self.territory)

    @property
    def heading(self):
        words = {"country": self.territory_name, "date": date_format(self.week_ending)}
        if self.territory == GLOBAL:
            return _("Netflix Top 10, week to %(date)s") % words
        return _("Netflix Top 10 in %(country)s, week to %(date)s") % words

    @property
    def began_on(self):
        return self.week_ending - WEEK + date.resolution

    @cached_property
    def lists(self):
        weeks = (self.week_ending - WEEK, self.week_ending)
        rows = ChartEntry.objects.filter(chart=self.chart, territory=self.territory, week_ending__in=weeks)
        # All that there are, so that the index of lists leads to the two weeks alone.
        rows = rows.filter(category__in=Category.values)
        before, now = {}, {}
        for row in rows.order_by("rank").values_list(*FIELDS, named=True):
            lines = now if row.week_ending == self.week_ending else before
            lines.setdefault(row.category, []).append(row)
        return [
            _compared(category, now[category], before.get(category))
            for category in Category.values
            if category in now
        ]

    @property
    def has_figures(self):
        return any(each.has_figures for each in self.lists)

    @property
    def has_weeks(self):
        return any(each.has_weeks for each in self.lists)

    @cached_property
    def weeks(self):
        """All weeks of this territory on record, newest first."""
        rows = WeeklyList.objects.filter(chart=self.chart, territory=self.territory)
        # Sorted here: asked to sort, SQLite would go through the weeks of all territories.
        return sorted(set(rows.order_by().values_list("week_ending", flat=True)), reverse=True)

    @property
    def previous(self):
        """(its last day, its address) of the week before on record, or None."""
        return self._link(week for week in self.weeks if week < self.week_ending)

    @property
    def next(self):
        return self._link(week for week in reversed(self.weeks) if week > self.week_ending)

    def _link(self, weeks):
        week = next(weeks, None)
        return week and (week, address_of(week, self.territory))

    @property
    def year(self):
        """[(last day, address)] of the weeks of this one's year, newest first."""
        weeks = [week for week in self.weeks if week.year == self.week_ending.year]
        return [(week, address_of(week, self.territory)) for week in weeks]

    @property
    def other_years(self):
        """[(year, address of its last week)], newest first."""
        last = {week.year: week for week in reversed(self.weeks)}
        del last[self.week_ending.year]
        return [(year, address_of(week, self.territory)) for year, week in reversed(last.items())]

    @cached_property
    def territories(self):
        """(code, name, address) of the countries with lists of this week, by name."""
        rows = WeeklyList.objects.filter(chart=self.chart, week_ending=self.week_ending)
        known = dict(rows.exclude(territory=GLOBAL).order_by().values_list("territory", "territory_name"))
        named = [
            (code, str(name or country_name(code)), address_of(self.week_ending, code))
            for code, name in known.items()
        ]
        return sorted(named, key=lambda each: each[1])

    @property
    def worldwide_address(self):
        return address_of(self.week_ending)

    @property
    def territory_name(self):
        return next((name for code, name, _address in self.territories if code == self.territory), "")


def address_of(week_ending, territory=GLOBAL):
    if territory == GLOBAL:
        return reverse("shows:top10_week", args=[week_ending])
    return reverse("shows:top10_country", args=[week_ending, territory])


def _compared(category, lines, before):
    known = _by_title(before or [])
    places = [Place(line, known.pop(key, None), before is not None) for key, line in _by_title(lines).items()]
    return ListOfWeek(category, places, list(known.values()))


def _by_title(lines):
    """{(title, how often it stood above): line}: a list can hold two films of one title."""
    seen, found = Counter(), {}
    for line in lines:
        name = line.show_title, line.season_title
        found[name, seen[name]] = line
        seen[name] += 1
    return found
