"""A season's weeks in a chart: the run with its changes, and what the first month says."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shows.figures import change_percent
from shows.models.chart import WEEK

# Netflix ranks its lists by hours before this week and by views from it on.
RANKED_BY_VIEWS_FROM = date(2023, 6, 18)


@dataclass(frozen=True)
class Week:
    """One week of a run. In a week off the list there is no rank and no figure, only `at_most`: what the
    tenth place had, where that was published."""

    week_ending: date
    rank: int | None = None
    hours: int | None = None
    views: int | None = None
    figure: int | None = None
    change_percent: Decimal | None = None
    days: int = 7
    at_most: int | None = None

    @property
    def is_off_list(self):
        return self.rank is None

    @property
    def is_partial(self):
        """Whether the premiere fell inside the week, so that it counts fewer than seven days."""
        return self.days < 7

    @property
    def is_drop(self):
        return self.change_percent is not None and self.change_percent < -50


@dataclass(frozen=True)
class FirstMonth:
    """Whether a season fell by more than half in 28 days, from the peak in week 1 or 2."""

    fell_by_half: bool
    peak_week: int


def unit_of(entries):
    """By what a run is told: "views" where the lists were ranked by views in all its weeks, else "hours"."""
    return "views" if all(entry.week_ending >= RANKED_BY_VIEWS_FROM for entry in entries) else "hours"


def weekly_run(entries, premiered_on=None):
    """The weeks of one season in one list, oldest first, with the week after it left where it is known.

    `entries` come from `ChartEntry.objects.with_next_tenth()`. A week is compared with the week before it
    only; after a gap there is nothing to compare with.
    """
    entries = sorted(entries, key=lambda entry: entry.week_ending)
    unit = unit_of(entries)
    weeks = []
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        weeks.append(_listed(entry, weeks[-1] if weeks else None, unit, premiered_on))
        if entry.next_tenth_id and (following is None or following.week_ending > entry.week_ending + WEEK):
            weeks.append(_off_list(entry, unit))
    return weeks


def _listed(entry, before, unit, premiered_on):
    figure = entry.views if unit == "views" else entry.hours_viewed
    comparable = before and before.week_ending == entry.week_ending - WEEK
    return Week(
        week_ending=entry.week_ending,
        rank=entry.rank,
        hours=entry.hours_viewed,
        views=entry.views,
        figure=figure,
        change_percent=change_percent(figure, before.figure) if comparable else None,
        days=_days_since_premiere(entry.week_ending, premiered_on),
    )


def _off_list(entry, unit):
    at_most = entry.next_tenth_views if unit == "views" else entry.next_tenth_hours
    return Week(week_ending=entry.week_ending + WEEK, at_most=at_most)


def _days_since_premiere(week_ending, premiered_on):
    """How many of the week's days came with or after the premiere; 7 where it was not in this week."""
    days = (week_ending - premiered_on).days + 1 if premiered_on else 7
    return days if 1 <= days <= 7 else 7


def first_month(weeks, premiered_on):
    """Whether the run fell over 50 % below the peak of weeks 1 and 2 within 28 days of the premiere.

    None where the lists on record cannot tell. A week off the list counts by its upper bound, so it can
    prove a fall and never disprove one.
    """
    if premiered_on is None:
        return None
    known = {week.week_ending: week for week in weeks}
    first = premiered_on + timedelta(days=6 - premiered_on.weekday())
    # Four weeks end within 28 days, whatever day of the week the premiere was.
    month = [known.get(first + WEEK * number) for number in range(4)]
    figures = [week and week.figure for week in month]
    if not all(figures[:2]):
        return None
    peak = max(figures[:2])
    peak_week = figures.index(peak) + 1
    if any(_is_below_half(week, peak) for week in month[peak_week:]):
        return FirstMonth(fell_by_half=True, peak_week=peak_week)
    return FirstMonth(fell_by_half=False, peak_week=peak_week) if all(figures) else None


def _is_below_half(week, peak):
    if week is None:
        return False
    figure = week.at_most if week.is_off_list else week.figure
    return figure is not None and figure * 2 < peak
