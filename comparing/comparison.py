"""Up to four curves beside each other: which ones, told by what, in which weeks."""

from collections import defaultdict
from functools import cached_property

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from shows.fates import fate_of
from shows.models import ChartEntry, ChartRun, Decision, Season
from shows.viewership import RANKED_BY_VIEWS_FROM

from .asked import ALL, MOST, QUARTER, Asked, Key
from .curves import Curve, add_tenths, main_lines

LETTERS = "ABCD"


class Comparison:
    """What an address asks for: five queries for any number of runs, none where it names none.

    `strange` are what no run is known by, `unlisted` seasons and shows without a line in the lists, and
    `too_many` names of what found no room.
    """

    def __init__(self, asked, on=None):
        self.asked, self.on = asked, on or timezone.localdate()
        self.strange = list(asked.strange)
        self.unlisted, self.too_many, self.curves, self.runs = [], [], [], []
        if asked.keys:
            self._load(sorted(asked.keys))
        for curve in self.curves:
            curve.draw(self.unit)

    def _load(self, keys):
        self.seasons = defaultdict(list)
        rows = Season.objects.filter(show__slug__in={key.slug for key in keys})
        for season in rows.select_related("show__network").order_by("number"):
            self.seasons[season.show.slug].append(season)
        lines = self._lines()
        for key in keys:
            self._add(key, lines)
        self._tell_of_shows()
        add_tenths(self.curves)

    def _lines(self):
        found = defaultdict(list)
        ids = [season.pk for seasons in self.seasons.values() for season in seasons]
        rows = ChartEntry.objects.worldwide().of_tv().filter(season__in=ids) if ids else []
        for line in sorted(rows, key=lambda line: (line.week_ending, line.rank)):
            found[line.season_id].append(line)
        return found

    def _add(self, key, lines):
        """Draw it, or say why not."""
        seasons = [each for each in self.seasons[key.slug] if key.number in (0, each.number)]
        if not seasons:
            self.strange.append(str(key))
            return
        own = sorted((line for each in seasons for line in lines[each.pk]), key=lambda line: line.week_ending)
        own = main_lines(own)
        show, season = seasons[0].show, seasons[0] if key.number else None
        curve = Curve(key, show, season, own[0].category if own else "", own)
        if not own:
            self.unlisted.append(curve)
        elif len(self.curves) == MOST:
            self.too_many.append(curve)
        else:
            self.curves.append(curve)

    def _tell_of_shows(self):
        """Give each curve its show's status, what became of its season, and how its first month compares."""
        found = [*self.curves, *self.unlisted, *self.too_many]
        shows, decided = {curve.show.pk for curve in found}, defaultdict(list)
        for decision in Decision.objects.filter(show__in=shows).select_related("network"):
            decided[decision.show_id].append(decision)
        self.runs = list(ChartRun.objects.filter(season__show__in=shows))
        runs = {(run.season_id, run.category): run for run in self.runs}
        for curve in found:
            seasons, decisions = self.seasons[curve.key.slug], decided[curve.show.pk]
            curve.show.stand_by(seasons, decisions, self.on)
            for decision in decisions:
                decision.show = curve.show
            if curve.season:
                curve.run = runs.get((curve.season.pk, curve.category))
                curve.fate = fate_of(curve.season, seasons, decisions, self.on)

    @property
    def is_told(self):
        """Whether there is something to say that the picture does not show."""
        return bool(self.strange or self.unlisted or self.too_many)

    @cached_property
    def unit(self):
        """ "views" where all weeks of all curves were ranked by them and have them, else "hours"."""
        return "views" if self.curves and all(curve.unit == "views" for curve in self.curves) else "hours"

    @property
    def unit_name(self):
        return _("views") if self.unit == "views" else _("hours viewed")

    @property
    def unit_note(self):
        """What is compared, and what the lists were ranked by."""
        if self.unit == "views":
            return _(
                "Compared are views (hours divided by the length of the season), by which Netflix has ranked "
                "its lists since June 2023."
            )
        if max(line.week_ending for curve in self.curves for line in curve.lines) < RANKED_BY_VIEWS_FROM:
            return _("Compared are hours viewed, by which Netflix ranked its lists until June 2023.")
        return _(
            "Compared are hours viewed, because not all of these weeks have views: Netflix ranked its lists "
            "by hours until June 2023 and ranks them by views since. The tenth place of a list by views "
            "bounds no hours, so there nothing is said of weeks off the list."
        )

    @property
    def are_lists_alike(self):
        return len({curve.category for curve in self.curves}) < 2

    @cached_property
    def weeks(self):
        """The ages that are shown, one after the other: a quarter of a year, or all."""
        ages = [point.week for curve in self.curves for point in curve.points]
        return range(1, min(max(ages, default=1), self.last_shown) + 1)

    @cached_property
    def last_shown(self):
        are_seasons = all(curve.season for curve in self.curves)
        usual = QUARTER if are_seasons else ALL
        return int(QUARTER) if (self.asked.weeks or usual) == QUARTER else 10_000

    @cached_property
    def is_cut(self):
        """Whether curves go on after the weeks that are shown."""
        return any(point.week > self.last_shown for curve in self.curves for point in curve.points)

    def shown(self, curve):
        return [point for point in curve.points if point.week <= self.last_shown]

    @property
    def rows(self):
        """The table: (week, a point or None of each curve), where there is one at least."""
        known = [{point.week: point for point in self.shown(curve)} for curve in self.curves]
        for week in self.weeks:
            points = [points.get(week) for points in known]
            if any(points):
                yield week, points

    @cached_property
    def lettered(self):
        """(letter, curve), as picture, table and text name them."""
        return list(zip(LETTERS, self.curves, strict=False))

    def name_of(self, curve):
        """Its name, with year and network where another curve has the same."""
        names = [each.name for each in self.curves]
        return curve.label if names.count(curve.name) > 1 else curve.name

    @property
    def heading(self):
        names = [self.name_of(curve) for curve in self.curves]
        if len(names) < 2:
            return names[0] if names else _("Compare seasons")
        return _("%(names)s compared") % {"names": get_text_list(names, _("and"))}

    @cached_property
    def plain(self):
        """The same without what could not be drawn, and without what was searched for."""
        return Asked(tuple(curve.key for curve in self.curves), weeks=self.asked.weeks)

    @property
    def entries(self):
        """(letter, curve, its name, the address of the comparison without it)."""
        return [
            (letter, curve, self.name_of(curve), self.plain.without(curve.key).address)
            for letter, curve in self.lettered
        ]

    @property
    def other_span(self):
        """The address of the same in all weeks, or in the first of them."""
        return self.plain.over(ALL if self.last_shown == int(QUARTER) else QUARTER).address

    @property
    def is_full(self):
        return len(self.curves) >= MOST

    @property
    def siblings(self):
        """The other seasons of these shows that have figures."""
        listed = {run.season_id for run in self.runs}
        slugs = dict.fromkeys(key.slug for key in self.plain.keys)
        seasons = [season for slug in slugs for season in self.seasons[slug] if season.pk in listed]
        return [season for season in seasons if Key.of(season) not in self.plain.keys]
