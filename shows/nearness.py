"""Which seasons had a first month most like another's, of those whose fate is known.

Two first months are as near as their weeks differ on average: the root mean square of the differences of the
logarithms of hours (or views) a day, over four weeks, said as a factor. 1 is the same month, 2 is twice or
half as much. So level and course count both, and a small week as much as a large one.
"""

import heapq
import math
from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from django.utils import timezone

from shows.fates import fate_of
from shows.models import Decision, Season, Show
from shows.viewership import days_since_premiere, first_week_ending, four_weeks, unit_of

# What differs by more on average is not called similar; more than so many are not shown.
REACH, MOST = 1.5, 5
# Fewer than so many say little.
ENOUGH = 3


class Month(NamedTuple):
    """A first month as it is compared: how many days its first week counts, and its logarithms a day."""

    unit: str
    days: int
    logs: tuple

    @property
    def level(self):
        return sum(self.logs) / 4

    def is_like(self, other):
        """Whether their first weeks count as many days, give or take one."""
        return abs(self.days - other.days) <= 1

    def distance(self, other):
        return math.dist(self.logs, other.logs) / 2


def month_of(lines, premiered_on, tenths):
    """The Month of a run; None where one of its weeks is not known, or it was in the list in but one of them.

    A week off the list counts with what the tenth place had, for all alike.
    """
    if premiered_on is None:
        return None
    weeks = four_weeks(lines, premiered_on, tenths)
    listed = [figure for figure, is_bound in weeks if not is_bound]
    if len(listed) < 2 or not all(figure for figure, _is_bound in weeks):
        return None
    days = days_since_premiere(first_week_ending(premiered_on), premiered_on)
    spans = (days, 7, 7, 7)
    logs = (math.log(figure / span) for (figure, _is_bound), span in zip(weeks, spans, strict=True))
    return Month(unit_of(lines), days, tuple(logs))


def mark_nearest(runs, on=None):
    """Write into runs that have a `month` (a Month, or None) which ones are nearest: `ChartRun.nearest`.

    Two queries, whatever the number. Compared are seasons of other shows in the same list and unit.
    """
    known = [run for run in runs if run.month]
    seasons, fates = _seasons_and_fates({run.season_id for run in known}, on or timezone.localdate())
    groups = defaultdict(list)
    for run in known:
        groups[run.chart, run.category, run.month.unit].append(run)
    for group in groups.values():
        decided = [run for run in group if run.season_id in fates]
        decided.sort(key=lambda run: (run.month.level, run.season_id))
        for run in group:
            show = seasons[run.season_id].show_id
            others = (each for each in _outward(decided, run.month.level) if _is_other(each, show, seasons))
            run.nearest = [
                _told(other, distance, seasons, fates) for distance, other in _nearest(run.month, others)
            ]


def _is_other(run, show, seasons):
    return seasons[run.season_id].show_id != show


def _told(run, distance, seasons, fates):
    season = seasons[run.season_id]
    return {
        "season": season.pk,
        "key": season.key,
        "factor": round(math.exp(distance), 2),
        "fate": fates[season.pk].kind,
    }


def _outward(runs, level):
    """Runs that are sorted by their level, the nearest level first."""
    above = bisect_left(runs, level, key=lambda run: run.month.level)
    below = above - 1
    while below >= 0 or above < len(runs):
        down = level - runs[below].month.level if below >= 0 else math.inf
        up = runs[above].month.level - level if above < len(runs) else math.inf
        if down < up:
            yield runs[below]
            below -= 1
        else:
            yield runs[above]
            above += 1


def _nearest(month, others):
    """[(distance, run)] of the nearest of others, which come by level; nearest first.

    Their distance is never less than that of their levels, so that nothing further has to be looked at.
    """
    best, reach = [], math.log(REACH)
    for other in others:
        furthest = -best[0][0] if len(best) == MOST else reach
        if abs(other.month.level - month.level) > furthest:
            break
        if not month.is_like(other.month) or (distance := month.distance(other.month)) > furthest:
            continue
        entry = (-distance, -other.season_id, other)
        heapq.heappushpop(best, entry) if len(best) == MOST else heapq.heappush(best, entry)
    return [(-distance, other) for distance, _season, other in sorted(best, key=lambda each: each[:2])[::-1]]


def _seasons_and_fates(season_ids, on):
    """{id: season} of these seasons, and {id: Fate} of those of which one is known."""
    if not season_ids:
        return {}, {}
    shows = Season.objects.filter(pk__in=season_ids).values("show")
    of_show, decided = defaultdict(list), defaultdict(list)
    for season in Season.objects.filter(show__in=shows).select_related("show"):
        of_show[season.show_id].append(season)
    for decision in Decision.objects.filter(show__in=shows):
        decided[decision.show_id].append(decision)
    seasons = {each.pk: each for rows in of_show.values() for each in rows if each.pk in season_ids}
    fates = {
        season.pk: fate_of(season, of_show[season.show_id], decided[season.show_id], on)
        for season in seasons.values()
        if season.show.format != Show.Format.LIMITED
    }
    return seasons, {pk: fate for pk, fate in fates.items() if fate}
