"""The lists as the database holds them: what is there, and how another takes its place."""

from itertools import batched, chain

from django.db import connection

from shows.models import ChartEntry, PopularEntry, WeeklyList
from shows.models.chart import LIST_KEY, Chart

from .reading import Line

PAGE = "https://www.netflix.com/tudum/top10/"
CHART = Chart.NETFLIX_TOP10
# SQLite prepares to undo each statement, which costs more than a row does; its oldest builds take 999 values.
ROWS_OF_A_STATEMENT = 75


class WeeklyLists:
    """Weekly lists by their key: (territory, category, week ending)."""

    def __init__(self):
        self.territory, self.known = None, {}

    def knows(self, found):
        """Whether it is stored as it is in the file, as far as can be told without reading its lines."""
        return self.fingerprint(found.key) == found.fingerprint

    def holds(self, key):
        return self.fingerprint(key) is not None

    def fingerprint(self, key):
        """That of the list's rows when they were imported, "" where somebody changed them since, None where
        there is no such list. A file goes through one territory after the other, and so does this."""
        territory, *rest = key
        if territory != self.territory:
            rows = WeeklyList.objects.filter(chart=CHART, territory=territory)
            self.territory = territory
            self.known = {
                tuple(row): print_ for *row, print_ in rows.values_list(*LIST_KEY[2:], "fingerprint")
            }
        return self.known.get(tuple(rest))

    def lines(self, key):
        rows = ChartEntry.objects.filter(**_named(key)).order_by("rank")
        return tuple(Line(*row) for row in rows.values_list(*Line._fields))

    def store(self, lists, titles):
        """Put these lists in the place of what is there under their keys; a title's season comes with it."""
        for each in lists:
            if self.holds(each.key):
                ChartEntry.objects.filter(**_named(each.key)).delete()
                WeeklyList.objects.filter(**_named(each.key)).delete()
        _insert(
            WeeklyList,
            ("territory_name", "fingerprint"),
            ((*_row(each.key), each.territory_name, each.fingerprint) for each in lists),
        )
        _insert(
            ChartEntry,
            (*Line._fields, "season", "source_url"),
            (
                (*of_list, *line, titles.season_of(line, each.key), PAGE)
                for each in lists
                for of_list in [_row(each.key)]
                for line in each.lines
            ),
        )


def _insert(model, names, rows):
    """`bulk_create` without its objects, which took four fifths of an import's time: the names are those
    after a list's own, and every value is a parameter."""
    quoted = connection.ops.quote_name
    columns = [quoted(model._meta.get_field(name).column) for name in (*LIST_KEY, *names)]
    places = f"({', '.join(['%s'] * len(columns))})"
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(columns)}) VALUES "  # noqa: S608
    with connection.cursor() as cursor:
        for some in batched(rows, ROWS_OF_A_STATEMENT):
            cursor.execute(into + ", ".join([places] * len(some)), [*chain.from_iterable(some)])


def _row(key):
    territory, category, week_ending = key
    return CHART.value, territory, category, connection.ops.adapt_datefield_value(week_ending)


def _named(key):
    return dict(zip(LIST_KEY, (CHART, *key), strict=True))


class PopularLists:
    """Lists of all time by their key: (first days, category). One is kept for each day it differed."""

    def __init__(self, as_of_on):
        self.as_of_on = as_of_on

    def knows(self, found):
        return self.lines(found.key) == tuple(line._replace(weeks_listed=None) for line in found.lines)

    def holds(self, key):
        return bool(self.lines(key))

    def lines(self, key):
        """As they stood on the day, by the last list until then."""
        days, category = key
        rows = PopularEntry.objects.filter(
            chart=CHART, days=days, category=category, as_of_on__lte=self.as_of_on
        ).order_by("-as_of_on", "rank")
        latest = rows.values("as_of_on")[:1]
        return tuple(Line(*row) for row in rows.filter(as_of_on=latest).values_list(*Line._fields[:5]))

    def store(self, lists, titles):
        for each in lists:
            days, category = each.key
            name = {"chart": CHART, "days": days, "category": category, "as_of_on": self.as_of_on}
            PopularEntry.objects.filter(**name).delete()
            PopularEntry.objects.bulk_create(
                PopularEntry(**name, **_without_weeks(line), source_url=PAGE) for line in each.lines
            )


def _without_weeks(line):
    values = line._asdict()
    del values["weeks_listed"]
    return values
