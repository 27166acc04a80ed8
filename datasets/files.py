"""A file of a dataset: at most so many rows, in the order of their numbers, and where the next ones are.

A file is one answer in memory and never a stream, which a slow reader could hold a worker with; so it is
bounded, and what is longer comes in parts.
"""

import csv
import io
import json
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from articles.templatetags.articles import site_address

from .tables import VERSION, Table

PART = 5_000
# So many further parts are listed on the page; each names the next.
LISTED = 8


@dataclass
class Part:
    """The rows of a table whose number is greater than `after`."""

    table: Table
    after: int = 0

    @cached_property
    def _found(self):
        """(rows, the number after which the next part begins, or None)"""
        name = self.table.key
        rows = self.table.rows().filter(**{f"{name}__gt": self.after}).order_by(name, "pk")
        rows = list(rows[: PART + 1])
        if len(rows) <= PART:
            return rows, None
        # Rows of one number stay together.
        first_left = getattr(rows.pop(), name)
        while getattr(rows[-1], name) == first_left:
            rows.pop()
        return rows, getattr(rows[-1], name)

    @property
    def rows(self):
        return self._found[0]

    def next_address(self, kind):
        after = self._found[1]
        return None if after is None else address_of(self.table, kind, after)

    def as_csv(self):
        text = io.StringIO()
        out = csv.writer(text)
        out.writerow(column.name for column in self.table.columns)
        out.writerows([column.cell(row) for column in self.table.columns] for row in self.rows)
        # Spreadsheets take a file without the mark for their own old encoding.
        return "\ufeff" + text.getvalue()

    def as_json(self, publication):
        told = {
            **about(publication),
            "name": self.table.name,
            "title": str(self.table.title),
            "rows": [{each.name: each.value(row) for each in self.table.columns} for row in self.rows],
            "next": self.next_address("json"),
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def about(publication):
    """What every file says of itself: whose it is, of which day, and what may be done with it."""
    return {
        "version": VERSION,
        "as_of": timezone.localdate().isoformat(),
        "publisher": publication.publisher or publication.name,
        "explained_at": site_address(reverse("datasets:index")),
        "licence": licence_of(publication),
    }


def licence_of(publication):
    """{"name", "address"}, or None where none was chosen."""
    if not publication.data_licence:
        return None
    return {"name": publication.get_data_licence_display(), "address": publication.data_licence_url}


def address_of(table, kind, after=0):
    address = site_address(reverse("datasets:file", args=[table.name, kind]))
    return f"{address}?after={after}" if after else address


def parts_of(table):
    """(how many rows there are, the numbers after which the next parts begin, LISTED of them at most)"""
    rows = table.rows().prefetch_related(None).select_related(None)
    count, starts = rows.count(), []
    keys = rows.order_by(table.key, "pk").values_list(table.key, flat=True)
    while count > PART * (len(starts) + 1) and len(starts) < LISTED:
        left = keys.filter(**{f"{table.key}__gt": starts[-1]}) if starts else keys
        start = _end_of_part(left, table)
        if start is None:
            break
        starts.append(start)
    return count, starts


def _end_of_part(keys, table):
    """The last number of a part, where there is more; rows of one number stay together."""
    around = list(keys[PART - 1 : PART + 1])
    if len(around) < 2:
        return None
    last, left = around
    return last if last != left else keys.filter(**{f"{table.key}__lt": left}).last()
