"""The picture of a weekly run: where each bar and label of the SVG stands, so that the template only writes.

Across, everything is in percent, so that the chart fits any width while its letters keep their size; down,
in pixels. Text that finds no room on a phone has the class `opt`.
"""

from collections import Counter
from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shows.fates import CANCELLED, ENDED, RENEWED
from shows.figures import compact, grouped, signed_percent
from shows.nearness import ENOUGH
from shows.viewership import Week, first_month, unit_of, weekly_run

HEIGHT = 264
BASELINE = 200
TALLEST = 165
LINES = (BASELINE + 22, BASELINE + 40, BASELINE + 58)
# Up to so many columns every label fits: on a phone, on a wide screen.
ROOMY, LABELLED = 4, 8


class Label(NamedTuple):
    x: str
    y: int
    text: str
    css: str
    anchor: str = "start"


class Bar(NamedTuple):
    x: str
    width: str
    y: int
    height: int
    css: str


def percent(number):
    return f"{number:.2f}%"


def days_text(days):
    """How many days a partial first week counts, in words: "four days"."""
    words = [_("one day"), _("two days"), _("three days"), _("four days"), _("five days"), _("six days")]
    return words[days - 1]


class ViewershipChart:
    """A season's run in one list: its weeks for the table and the geometry for the SVG."""

    height = HEIGHT
    baseline = BASELINE

    def __init__(self, season, entries, tenths=None, run=None):
        self.season, self.run = season, run
        self.list_name = entries[0].get_category_display()
        self.source_name = entries[0].source_name
        self.source_url = next((entry.source_url for entry in entries if entry.source_url), "")
        self.unit = unit_of(entries)
        self.weeks = weekly_run(entries, season.premiered_on, tenths)
        self.first_month = first_month(entries, season.premiered_on, tenths)

    @property
    def title(self):
        return _("Views by week") if self.unit == "views" else _("Hours viewed by week")

    @property
    def unit_name(self):
        return _("views") if self.unit == "views" else _("hours viewed")

    @cached_property
    def description(self):
        """The run in a sentence, for those who do not see the chart; the table holds every number."""
        listed = [week for week in self.weeks if not week.is_off_list]
        said = ngettext("%(count)s week in the list", "%(count)s weeks in the list", len(listed))
        parts = [said % {"count": len(listed)}]
        if self._peak:
            parts.append(
                _("most in the week to %(date)s: %(figure)s %(unit)s")
                % {
                    "date": date_format(self._peak.week_ending),
                    "figure": grouped(self._peak.figure),
                    "unit": self.unit_name,
                }
            )
        if self.weeks[-1].is_off_list:
            parts.append(_("then off the list"))
        return ", ".join(parts) + "."

    @property
    def own_query(self):
        """What the address of a comparison asks for, of this season alone."""
        return f"run={self.season.key}"

    @property
    def similar_query(self):
        """The same with the seasons whose first month was most like it, as many as a comparison takes."""
        keys = [self.season.key, *(each["key"] for each in self.run.nearest[:3])]
        return "&".join(f"run={key}" for key in sorted(keys, key=_slug_and_number))

    @property
    def fates_text(self):
        """What became of those in a few words: "2 renewed, 1 cancelled"; empty where they are too few."""
        fates = self.run.fates if self.run else Counter()
        if fates.total() < ENOUGH:
            return ""
        words = {
            RENEWED: _("%(count)s renewed"),
            CANCELLED: _("%(count)s cancelled"),
            ENDED: _("%(count)s ended as planned"),
        }
        return ", ".join(text % {"count": fates[fate]} for fate, text in words.items() if fates[fate])

    @property
    def partial_week(self):
        return next((week for week in self.weeks if week.is_partial), None)

    @property
    def partial_days_text(self):
        return days_text(self.partial_week.days)

    @property
    def grows_after_partial_week(self):
        """Whether the week after a partial first one is compared with it, which is not like for like."""
        following = self.weeks[1:2]
        return bool(self.weeks[0].is_partial and following and following[0].change_percent is not None)

    @cached_property
    def _peak(self):
        return max((week for week in self.weeks if week.figure), key=lambda week: week.figure, default=None)

    @cached_property
    def _slot(self):
        """The width of a column in percent; a short run does not spread over the whole width."""
        return 100 / max(len(self.weeks), ROOMY)

    @property
    def bars(self):
        width = self._slot * (0.56 if len(self.weeks) <= LABELLED else 0.8)
        for index, week in enumerate(self.weeks):
            if week.figure:
                tall = self._tall(week)
                css = "part" if week.is_partial else "drop" if week.is_drop else ""
                yield Bar(percent(self._left(index)), percent(width), BASELINE - tall, tall, css)

    @property
    def labels(self):
        for index, week in enumerate(self.weeks):
            if len(self.weeks) <= LABELLED or index in self._landmarks:
                yield from self._labels_of(index, week)

    @cached_property
    def _landmarks(self):
        """The columns that are labelled where not all can be: the first, the last, and the peak between."""
        last = len(self.weeks) - 1
        peak = self.weeks.index(self._peak) if self._peak else 0
        return {0, last} | ({peak} if last * 0.25 < peak < last * 0.75 else set())

    def _tall(self, week):
        return max(round(TALLEST * (week.figure or 0) / self._peak.figure), 1)

    def _is_crossed(self, index):
        """Whether a figure above its bar would, on a phone, run into a taller bar beside it."""
        if len(self.weeks) <= ROOMY:
            return False
        reach = -(-len(self.weeks) // 4)
        is_last = index == len(self.weeks) - 1
        start, end = (index - reach, index) if is_last else (index + 1, index + reach)
        beside = self.weeks[max(start, 0) : end]
        return any(self._tall(week) > self._tall(self.weeks[index]) for week in beside)

    def _left(self, index):
        return self._slot * (index + 0.1)

    def _labels_of(self, index, week):
        x, anchor = self._place(index)
        opt = "" if len(self.weeks) <= ROOMY or index in self._landmarks else " opt"
        if week.figure and not (self._is_crossed(index) and len(self.weeks) > LABELLED):
            css = "opt" if opt or self._is_crossed(index) else ""
            yield Label(x, BASELINE - self._tall(week) - 9, compact(week.figure), css, anchor)
        for y, text in zip(LINES, _lines(week), strict=False):
            yield Label(x, y, text, "sub" + opt, anchor)

    def _place(self, index):
        if len(self.weeks) > ROOMY and index == len(self.weeks) - 1:
            return "100%", "end"
        return percent(self._left(index)), "start"


def _slug_and_number(key):
    slug, _dot, number = key.partition(".")
    return slug, int(number)


def _lines(week: Week):
    """What stands under a column: the day that ends the week, the rank, and the change."""
    yield date_format(week.week_ending, "j M")
    if week.is_off_list:
        yield _("off the list")
        if week.at_most is not None:
            yield f"≤\N{NO-BREAK SPACE}{compact(week.at_most)}"
        return
    yield ordinal(week.rank)
    if week.is_partial:
        yield ngettext("%(count)s day", "%(count)s days", week.days) % {"count": week.days}
    elif week.change_percent is not None:
        yield signed_percent(week.change_percent, places=0)
