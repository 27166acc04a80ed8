"""The picture of a comparison: where each line, mark and word of the SVG stands; the template only writes.

As in `shows.weekly_chart` everything is in percent across and in pixels down, so that letters keep their size
at any width. Curves differ by dashes, marks, letters and colour, so that no one of them carries it alone;
what is not whole or not exactly known is dotted, with an open mark.
"""

from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shows.figures import SPACE, compact, grouped
from shows.weekly_chart import percent

HEIGHT, TOP, BASELINE = 330, 44, 284
# Across, in percent: where week 1 and the last week stand.
LEFT, RIGHT = 3, 95
# The picture is drawn a thousand wide and stretched; only lines are drawn in it.
ACROSS = 10
LINE_OF_TEXT = 17
# Above so many weeks not every one has its mark.
MARKED = 30
STEPS = (1, 2, 4, 8, 13, 26, 52, 104)
LONGEST_NAME = 40


class Text(NamedTuple):
    x: str
    y: int
    letter: str
    figure: str = ""
    name: str = ""
    anchor: str = "start"
    dx: int = 0
    css: str = ""


class Mark(NamedTuple):
    """A point of a curve; `week` and `figure` are what the table says there."""

    x: str
    y: float
    css: str
    shape: str
    week: int
    figure: int


class Picture:
    """The curves of a Comparison, in the weeks that it shows."""

    height, baseline = HEIGHT, BASELINE

    def __init__(self, comparison):
        self.comparison = comparison
        self.curves = [
            (letter, curve, [point for point in comparison.shown(curve) if _value(point) is not None])
            for letter, curve in comparison.lettered
        ]

    @property
    def title(self):
        if self.comparison.unit == "views":
            return _("Views by week of age")
        return _("Hours viewed by week of age")

    @property
    def description(self):
        """The curves in sentences, for those who do not see them; the table holds every number."""
        return " ".join(self._told(letter, curve, points) for letter, curve, points in self.curves)

    def _told(self, letter, curve, points):
        told = {"letter": letter, "name": self.comparison.name_of(curve), "unit": self.comparison.unit_name}
        figures = [point for point in points if point.figure]
        if not figures:
            return _("%(letter)s, %(name)s: no figures in these weeks.") % told
        peak = max(figures, key=lambda point: point.figure)
        told |= {"week": peak.week, "date": date_format(peak.week_ending), "figure": grouped(peak.figure)}
        return _("%(letter)s, %(name)s: most in week %(week)s (to %(date)s), %(figure)s %(unit)s.") % told

    @cached_property
    def top(self):
        values = (_value(point) for _letter, _curve, points in self.curves for point in points)
        return max(values, default=0) or 1

    def y(self, figure):
        return round(BASELINE - (BASELINE - TOP) * figure / self.top, 1)

    def x(self, week):
        weeks = max(len(self.comparison.weeks) - 1, 3)
        return LEFT + (RIGHT - LEFT) * (week - 1) / weeks

    @cached_property
    def grid(self):
        """[(y, label)] of the lines to read figures off: two to four of them, at round figures."""
        step = next(step for step in _round_figures() if self.top / step <= 4.5)
        figures = (step * number for number in range(1, int(self.top / step) + 1))
        return [(self.y(figure), _round_text(figure)) for figure in figures]

    @cached_property
    def ages(self):
        """[(x, week)] under the picture, so many as fit on a phone."""
        weeks = self.comparison.weeks
        step = next((step for step in STEPS if len(weeks) / step <= 8), STEPS[-1])
        return [(percent(self.x(week)), week) for week in weeks if (week - 1) % step == 0]

    @property
    def lines(self):
        """(css, points) of all strokes: those of a curve, and the dotted ones of what is not whole."""
        for number, (_letter, _curve, points) in enumerate(self.curves):
            runs = [[]]
            for before, after in pairwise([*points, None]):
                runs[-1].append(before)
                if after is None:
                    break
                if after.week != before.week + 1 or _is_soft(before) or after.is_off_list:
                    runs.append([])
                if after.week == before.week + 1 and (_is_soft(before) or after.is_off_list):
                    yield f"curve-{number} soft", self._path([before, after])
            yield from ((f"curve-{number}", self._path(run)) for run in runs if len(run) > 1)

    def _path(self, points):
        return " ".join(f"{self.x(each.week) * ACROSS:.1f},{self.y(_value(each))}" for each in points)

    @property
    def marks(self):
        for number, (_letter, _curve, points) in enumerate(self.curves):
            marked = points if len(self.comparison.weeks) <= MARKED else _landmarks(points)
            for point in marked:
                yield self._mark(number, point)

    def _mark(self, number, point):
        css = f"curve-{number} open" if _is_soft(point) else f"curve-{number}"
        shape = "at-most" if point.is_off_list else f"mark-{number}"
        return Mark(percent(self.x(point.week)), self.y(_value(point)), css, shape, point.week, _value(point))

    @property
    def texts(self):
        """Each curve's letter at its peak, with name and figure, and at its end."""
        drawn = [(number, *each) for number, each in enumerate(self.curves) if each[2]]
        peaks = [(number, letter, curve, max(points, key=_value)) for number, letter, curve, points in drawn]
        ends = defaultdict(list)
        for (number, letter, curve, points), (*_same, peak) in zip(drawn, peaks, strict=True):
            if points[-1] is not peak:
                ends[points[-1].week].append((number, letter, curve, points[-1]))
        for y, told in self._placed(peaks, -11, is_up=True):
            yield self._at_peak(y, *told)
        for group in ends.values():
            for y, told in self._placed(group, 5):
                yield self._at_end(y, *told)

    def _placed(self, told, by, *, is_up=False):
        """(y, what is told) with a line of text between each two, in the order of their points: those that
        would stand upon each other are moved down, or up."""
        sign, taken = (-1 if is_up else 1), None
        for each in sorted(told, key=lambda each: sign * self.y(_value(each[3]))):
            y = round(self.y(_value(each[3]))) + by
            if taken is not None:
                y = sign * max(sign * y, sign * taken + LINE_OF_TEXT)
            taken = y
            yield y, each

    def _at_peak(self, y, number, letter, curve, peak):
        x, name = self.x(peak.week), self.comparison.name_of(curve)
        is_left = x <= 50
        return Text(
            x=percent(x),
            y=y,
            letter=letter,
            figure=compact(_value(peak)),
            name=name if len(name) <= LONGEST_NAME else "",
            anchor="start" if is_left else "end",
            dx=-4 if is_left else 4,
            css=f"curve-{number}",
        )

    def _at_end(self, y, number, letter, _curve, last):
        return Text(percent(self.x(last.week)), y, letter, dx=10, css=f"curve-{number}")


def _landmarks(points):
    """The first, the highest and the last, what is not whole, and what no line leads to."""
    known = {point.week for point in points}
    chosen = {points[0], max(points, key=_value), points[-1]} if points else set()
    for point in points:
        is_alone = not known & {point.week - 1, point.week + 1}
        if point in chosen or is_alone or _is_soft(point):
            yield point


def _value(point):
    """The figure, or off the list its upper bound; None where neither is known."""
    return point.at_most if point.is_off_list else point.figure


def _is_soft(point):
    return point.is_partial or point.is_off_list


def _round_text(figure):
    return compact(figure) if figure % 1_000_000 else grouped(figure // 1_000_000) + SPACE + _("M")


def _round_figures():
    """1, 2, 5, 10, 20, 50, …"""
    tens = 1
    while True:
        yield from (tens, 2 * tens, 5 * tens)
        tens *= 10
