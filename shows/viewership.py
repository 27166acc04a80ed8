"""A season's weeks in a chart: the run with its changes, and what the first month says."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from shows.figures import change_percent
from shows.models.chart import WEEK

# Netflix ranks its lists by hours before this week and by views from it on.
RANKED_BY_VIEWS_FROM = date(2023, 6, 18)


class Week(NamedTuple):
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


class FirstMonth(NamedTuple):
    """How far a season fell within 28 days of its premiere, below the peak of weeks 1 and 2.

    `fell_by_half` is three-valued: None where it left the list and may or may not have fallen so far.
    `low` is the lowest that is known of the weeks after the peak, in the week `low_week`. `at_most` is the
    lowest tenth place of those weeks in which it was off the list; None where it stayed.
    """

    fell_by_half: bool | None
    peak: int
    peak_week: int
    low: int
    low_week: int
    at_most: int | None = None
    is_whole: bool = True

    @property
    def drop_percent(self):
        """63.56 for a fall to 36.44 %; 0 where the season never fell below its peak."""
        return max(-change_percent(self.low, self.peak), Decimal(0))

    @property
    def is_at_least(self):
        """Whether it may have fallen further than is known."""
        return self.at_most is not None or not self.is_whole


def unit_of(entries):
    """By what a run is told: "views" where the lists were ranked by views in all its weeks, else "hours"."""
    return "views" if all(entry.week_ending >= RANKED_BY_VIEWS_FROM for entry in entries) else "hours"


def figure_of(entry, unit):
    return entry.views if unit == "views" else entry.hours_viewed


def bound_of(tenth, unit):
    """The most that a show outside the list can have had. None where the list was ranked by the other unit:
    with fewer views than the tenth place a long season may have had more hours."""
    ranked_by = "views" if tenth.week_ending >= RANKED_BY_VIEWS_FROM else "hours"
    return figure_of(tenth, unit) if ranked_by == unit else None


def lists_missed(entries):
    """(category, week ending) of the lists that have no line of the run, in the week before each of its lines
    and in the three after it: as far as a first month needs them."""
    listed = {(entry.category, entry.week_ending) for entry in entries}
    around = {(kind, day + WEEK * number) for kind, day in listed for number in (-1, 1, 2, 3)}
    return around - listed


def weekly_run(entries, premiered_on=None, tenths=None):
    """The weeks of one season in one list, oldest first, with the week after it left where it is known.

    `tenths` come from `tenth_places(lists_missed(entries))`. A week is compared with the week before it only;
    after a gap there is nothing to compare with.
    """
    entries = sorted(entries, key=lambda entry: entry.week_ending)
    unit = unit_of(entries)
    weeks = []
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        weeks.append(_listed(entry, weeks[-1] if weeks else None, unit, premiered_on))
        after = entry.week_ending + WEEK
        tenth = (tenths or {}).get((entry.category, after))
        if tenth and (following is None or following.week_ending > after):
            weeks.append(Week(after, at_most=bound_of(tenth, unit)))
    return weeks


def _listed(entry, before, unit, premiered_on):
    figure = figure_of(entry, unit)
    comparable = before and before.week_ending == entry.week_ending - WEEK
    return Week(
        week_ending=entry.week_ending,
        rank=entry.rank,
        hours=entry.hours_viewed,
        views=entry.views,
        figure=figure,
        change_percent=change_percent(figure, before.figure) if comparable else None,
        days=days_since_premiere(entry.week_ending, premiered_on),
    )


def days_since_premiere(week_ending, premiered_on):
    """How many of the week's days came with or after the premiere; 7 where it was not in this week."""
    days = (week_ending - premiered_on).days + 1 if premiered_on else 7
    return days if 1 <= days <= 7 else 7


def first_week_ending(day):
    """The Sunday that ends the week of a day."""
    return day + timedelta(days=6 - day.weekday())


def first_month(entries, begun_on, tenths=None):
    """Whether a run fell over 50 % below the peak of weeks 1 and 2 within 28 days, as a FirstMonth.

    None where the lists on record cannot tell: a week is on no list that is known. A week off the list counts
    by its upper bound, so it can prove a fall and never disprove one. `begun_on` is the premiere, or any day
    of the first week.
    """
    return _fall(four_weeks(entries, begun_on, tenths)) if begun_on else None


def four_weeks(entries, begun_on, tenths=None):
    """The weeks of the first month as four (figure or None, whether it is but an upper bound).

    Four weeks end within 28 days, whatever day of the week the premiere was.
    """
    unit, known = unit_of(entries), {entry.week_ending: entry for entry in entries}
    category, first = entries[0].category, first_week_ending(begun_on)
    month = []
    for number in range(4):
        day = first + WEEK * number
        line, tenth = known.get(day), (tenths or {}).get((category, day))
        figure = figure_of(line, unit) if line else tenth and bound_of(tenth, unit)
        month.append((figure, line is None))
    return month


def _fall(month):
    """The FirstMonth of four (figure or None, whether it is a bound)."""
    (one, is_one_bound), (two, _) = month[:2]
    if one is None or two is None:
        return None
    peak_week = 2 if two > one or (two == one and is_one_bound) else 1
    peak, is_peak_bound = month[peak_week - 1]
    after = [(*week, number) for number, week in enumerate(month, start=1) if number > peak_week]
    known = [(figure, number) for figure, _, number in after if figure is not None]
    # Nothing is below a peak that is itself but a bound.
    if is_peak_bound or not peak or not known:
        return None
    low, low_week = min(known)
    is_whole = len(known) == len(after)
    at_most = min((figure for figure, is_bound, _ in after if is_bound and figure is not None), default=None)
    if low * 2 < peak:
        fell = True
    elif not is_whole:
        return None
    else:
        fell = False if at_most is None else None
    return FirstMonth(fell, peak, peak_week, low, low_week, at_most, is_whole)
