"""What the tracker shows: every show with where it stands, narrowed and sorted as an address asks for."""

from collections import Counter
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.lists import coverage_counts
from queries.remembered import key_of
from queries.rows import values_of
from shows.models import Outlook, shows_with_status
from shows.status import Status
from shows.titles import folded

PAGE = 100
SORTS = {
    "decision": _("Latest decision"),
    "waiting": _("Longest wait"),
    "title": _("Title"),
    "network": _("Network"),
    "year": _("Newest show"),
}
# What the counts by network tell apart; all others are in the sum alone.
COUNTED = (Status.AWAITING, Status.RENEWED, Status.CANCELLED, Status.ENDED)
FIELDS = (
    *("pk", "title", "other_titles", "network__slug", "network__name", "status", "status_on"),
    *("last_finale_on", "first_premiered_on"),
)


class Asked(NamedTuple):
    """What an address asks for; what it says wrongly is as if it were not there."""

    q: str = ""
    status: str = ""
    network: str = ""
    year: str = ""
    sort: str = "decision"

    @classmethod
    def from_query(cls, query):
        said = {name: query.get(name, "").replace("\0", "").strip()[:100] for name in cls.__annotations__}
        return cls(
            q=" ".join(said["q"].split()),
            status=said["status"] if said["status"] in Status.values else "",
            network=said["network"],
            year=said["year"] if said["year"].isascii() and said["year"].isdecimal() else "",
            sort=said["sort"] if said["sort"] in SORTS else "decision",
        )

    @property
    def is_narrowed(self):
        return bool(self.q or self.status or self.network or self.year)


class NetworkCount(NamedTuple):
    name: str
    slug: str
    total: int
    counts: list


class Board:
    """All shows in one query, light as they are needed to narrow, sort and count them; in three more, what is
    told of those that are drawn."""

    def __init__(self, asked, on=None):
        self.asked, self.on = asked, on or timezone.localdate()

    @cached_property
    def everything(self):
        return list(shows_with_status(self.on).order_by().values_list(*FIELDS, named=True))

    @cached_property
    def found(self):
        """The ids of the shows that are asked for, in order."""
        rows = [row for row in self.everything if self._is_asked_for(row)]
        rows.sort(key=lambda row: (row.title.casefold(), row.pk))
        return [row.pk for row in sorted(rows, key=_ORDERS[self.asked.sort])]

    def _is_asked_for(self, row):
        asked = self.asked
        return (
            (not asked.status or row.status == asked.status)
            and (not asked.network or row.network__slug == asked.network)
            and (not asked.year or _year(row) == asked.year)
            and (not asked.q or _has(row, self._words))
        )

    @cached_property
    def _words(self):
        return folded(self.asked.q).split()

    def rows(self, start=0, end=None):
        """Shows of those that are found, from one place to another, each with `outlook` (the latest forecast
        that nobody withdrew, or None) and `stories` (how many are published about it)."""
        ids = self.found[start:end]
        shows = shows_with_status(self.on)
        # A database takes some tens of thousands of parameters; all shows are as many as are asked for then.
        shows = {show.pk: show for show in (shows.filter(pk__in=ids) if len(ids) <= PAGE else shows)}
        outlooks = self._outlooks(ids)
        stories = coverage_counts(ids if len(ids) <= PAGE else None)
        for pk in ids:
            if show := shows.get(pk):
                show.outlook, show.stories = outlooks.get(pk), stories[pk]
                yield show

    def _outlooks(self, ids):
        rows = Outlook.objects.standing().filter(dated_on__lte=self.on)
        rows = rows.filter(show__in=ids) if len(ids) <= PAGE else rows
        return {outlook.show_id: outlook for outlook in rows}

    @cached_property
    def years(self):
        return sorted({year for row in self.everything if (year := _year(row))}, reverse=True)

    @cached_property
    def networks(self):
        """How many shows of each network stand how, of all shows; the largest first."""
        counts, names = {}, {}
        for row in self.everything:
            if row.network__slug:
                names[row.network__slug] = row.network__name
                counts.setdefault(row.network__slug, Counter())[row.status] += 1
        found = [
            NetworkCount(names[slug], slug, count.total(), [(status, count[status]) for status in COUNTED])
            for slug, count in counts.items()
        ]
        return sorted(found, key=lambda each: (-each.total, each.name.casefold()))


def row_key(show):
    """Names all that the board shows of one of its `rows`."""
    outlook = show.outlook and values_of(show.outlook)
    return key_of(values_of(show), show.network and values_of(show.network), outlook)


def _year(row):
    return str(row.first_premiered_on.year) if row.first_premiered_on else ""


def _has(row, words):
    """Whether all the words begin one in a title of the show."""
    known = folded(f"{row.title} {row.other_titles}").split()
    return all(any(each.startswith(word) for each in known) for word in words)


def _newest_first(day):
    return -day.toordinal() if day else 0


_ORDERS = {
    "decision": lambda row: _newest_first(row.status_on),
    "waiting": lambda row: (
        row.status != Status.AWAITING,
        row.last_finale_on if row.status == Status.AWAITING else date.max,
    ),
    "title": lambda row: 0,
    "network": lambda row: (row.network__name or "\uffff").casefold(),
    "year": lambda row: _newest_first(row.first_premiered_on),
}
