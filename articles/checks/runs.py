"""A season's weeks in a chart, asked as texts ask: "in week three", "in the week to 25 September"."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shows.figures import grouped, signed_percent
from shows.models.chart import WEEK

from .english import ordinal


class Run:
    """One chart of a season. Weeks are counted from the first in the list and from the one of the launch."""

    def __init__(self, chart):
        self.chart, self.season = chart, chart.season
        self.weeks = {week.week_ending: week for week in chart.weeks}
        self.listed = [week for week in chart.weeks if not week.is_off_list]
        self.starts = list(dict.fromkeys(filter(None, [self.listed[0].week_ending, self._launch()])))

    def _launch(self):
        premiere = self.season.premiered_on
        return premiere + timedelta(days=6 - premiere.weekday()) if premiere else None

    @property
    def is_over(self):
        """Whether the record shows that it left the list for good."""
        return self.chart.weeks[-1].is_off_list

    def nth(self, number):
        """What week `number` may be, by either count; None for a week of which nothing is known."""
        return [self.weeks.get(start + WEEK * (number - 1)) for start in self.starts]

    def containing(self, day):
        """The week that a day falls into, as `nth` gives it."""
        return [self.weeks.get(day + timedelta(days=6 - day.weekday()))]

    def changes_into(self, week):
        """By how much per cent a week differs from the one before, the first, and the best before it."""
        before = [each for each in self.listed if each.week_ending < week.week_ending and each.figure]
        if not before or not week.figure:
            return []
        bases = {before[-1].figure, before[0].figure, max(each.figure for each in before)}
        return [(week.figure / base - 1) * 100 for base in bases]

    def row_of(self, week):
        """ "Netflix Top 10, week ending 25 Sep 2022: 9th, 12,760,000 hours"."""
        words = {"list": self.name, "date": date_format(week.week_ending)}
        return _("%(list)s, week ending %(date)s: %(what)s") % (words | {"what": self._told(week)})

    def row_of_all(self):
        """The whole run: "Netflix Top 10, 3 weeks to 25 Sep 2022: 3rd, 4th, 9th, then off the list"."""
        ranks = [ordinal(week.rank) for week in self.listed]
        if self.is_over:
            ranks.append(_("then off the list"))
        said = ngettext(
            "%(list)s, %(count)d week to %(date)s: %(ranks)s",
            "%(list)s, %(count)d weeks to %(date)s: %(ranks)s",
            len(self.listed),
        )
        date = date_format(self.listed[-1].week_ending)
        return said % {"list": self.name, "count": len(self.listed), "date": date, "ranks": ", ".join(ranks)}

    @property
    def name(self):
        named = {"list": self.chart.source_name, "number": self.season.number}
        return _("%(list)s, season %(number)d") % named if self.season.number > 1 else named["list"]

    def _told(self, week):
        if week.is_off_list:
            if not week.at_most:
                return _("off the list")
            return _("off the list; tenth place had %s") % grouped(week.at_most)
        parts = [ordinal(week.rank)]
        if week.figure:
            unit = _("%s views") if self.chart.unit == "views" else _("%s hours")
            parts.append(unit % grouped(week.figure))
        change = f" ({signed_percent(week.change_percent, 0)})" if week.change_percent is not None else ""
        return ", ".join(parts) + change


def runs_of(record, season=None):
    """The runs of a show, or of one of its seasons; none where no chart is on record."""
    charts = [chart for chart in record.charts if season in (None, chart.season.number)]
    return [Run(chart) for chart in charts]
