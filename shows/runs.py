"""Every season's run through the worldwide lists of TV, and how its first month compares with the others'.

A run is compared with the other runs of its list that began in the same year and of which the lists tell how
far they fell. Most seasons leave their list within the month; they count, like the one compared, with what
the tenth place had, so that all are held to the same measure: how far they fell as far as the lists tell.
"""

from bisect import bisect_left
from collections import defaultdict

from django.db import transaction

from shows.models import ChartEntry, ChartRun, Season
from shows.nearness import mark_nearest, month_of
from shows.viewership import first_month

FIELDS = (
    *("chart", "category", "week_ending", "rank", "hours_viewed", "views"),
    *("show_title", "season_title", "season", "weeks_listed"),
)


def refresh_runs():
    """Compute all runs anew from the lines on record, in six queries; returns how many there are."""
    found = list(_compared(_runs()))
    mark_nearest(found)
    with transaction.atomic():
        ChartRun.objects.all().delete()
        ChartRun.objects.bulk_create(found)
    return len(found)


def _runs():
    premieres = dict(
        Season.objects.filter(premiered_on__isnull=False, chart_entries__isnull=False).values_list(
            "pk", "premiered_on"
        )
    )
    lines_of, tenths = defaultdict(list), {}
    rows = ChartEntry.objects.worldwide().of_tv().order_by("week_ending", "rank")
    for row in rows.values_list(*FIELDS, named=True):
        lines_of[row.chart, row.category, row.season or (row.show_title, row.season_title)].append(row)
        if row.rank == 10:
            tenths[row.category, row.week_ending] = row
    for lines in lines_of.values():
        yield _run(lines, premieres, tenths)


def _run(lines, premieres, tenths):
    first = lines[0]
    premiered_on = premieres.get(first.season)
    # Without a premiere, the first week is known only where the chart itself counts it as the first.
    begun_on = premiered_on or (first.week_ending if first.weeks_listed == 1 else None)
    month = first_month(lines, begun_on, tenths)
    run = ChartRun(
        chart=first.chart,
        category=first.category,
        show_title=first.show_title,
        season_title=first.season_title,
        season_id=first.season,
        began_on=begun_on or first.week_ending,
        first_week_ending=first.week_ending,
        last_week_ending=lines[-1].week_ending,
        weeks=len({line.week_ending for line in lines}),
        best_rank=min(line.rank for line in lines),
        fell_by_half=month and month.fell_by_half,
        drop_percent=month and month.drop_percent,
        is_at_least=bool(month and month.is_at_least),
    )
    run.month = month_of(lines, premiered_on, tenths)
    return run


def _compared(runs):
    """The runs, each with its place among the others of its list and year."""
    of_a_year = defaultdict(list)
    for run in runs:
        of_a_year[run.chart, run.category, run.began_on.year].append(run)
    for group in of_a_year.values():
        known = [run for run in group if run.drop_percent is not None]
        drops = sorted(run.drop_percent for run in known)
        fell = sum(run.fell_by_half is True for run in known)
        for run in known:
            run.compared_with = len(known) - 1
            run.fell_further_than = bisect_left(drops, run.drop_percent)
            run.others_fell_by_half = fell - (run.fell_by_half is True)
        yield from group
