"""Which show on record a show of TVmaze's is."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from shows.models import Show

from .files import Refused


class Row(NamedTuple):
    pk: int
    title: str
    other_titles: str
    imdb_id: str
    tvmaze_id: int | None
    network_name: str | None
    premiered_on: date | None

    @property
    def titles(self):
        return {title.strip().casefold() for title in [self.title, *self.other_titles.splitlines()]}


class Known:
    """The shows on record, read once: by TVmaze's number, by IMDb's, by title."""

    def __init__(self):
        self.by_tvmaze, self.by_imdb, self.by_title = {}, {}, defaultdict(list)
        fields = [
            "pk",
            "title",
            "other_titles",
            "imdb_id",
            "tvmaze_id",
            "network__name",
            "first_premiered_on",
        ]
        for values in Show.objects.with_label().order_by("pk").values_list(*fields):
            self.add(Row(*values))

    def add(self, row):
        self.by_tvmaze[row.tvmaze_id] = self.by_imdb[row.imdb_id] = row.pk
        for title in row.titles:
            self.by_title[title].append(row)

    def learn(self, show, given):
        """A show that was made or tied to TVmaze just now, for those that come after it in the same run."""
        self.by_tvmaze[show.tvmaze_id] = show.pk
        if show.imdb_id:
            self.by_imdb[show.imdb_id] = show.pk
        namesakes = self.by_title[given.title.casefold()]
        namesakes[:] = [row for row in namesakes if row.pk != show.pk]

    def match(self, given):
        """The primary key of the show on record, and whether only its title and year say so; or None."""
        if pk := self.by_tvmaze.get(given.tvmaze_id) or (given.imdb_id and self.by_imdb.get(given.imdb_id)):
            return pk, False
        rows = [row for row in self._namesakes(given) if _is_of_year(row, given)]
        if len(rows) > 1 and given.network:
            rows = [row for row in rows if _is_of_network(row, given)] or rows
        if len(rows) > 1:
            told = {"title": given.title, "count": len(rows), "number": given.tvmaze_id}
            raise Refused(
                _(
                    "“%(title)s”: %(count)d shows on record have this title and year. "
                    "Give the right one the TVmaze number %(number)d on its screen."
                )
                % told
            )
        return (rows[0].pk, True) if rows else None

    def of_unknown_year(self, given):
        """Whether a show of this title is on record of which nobody can tell whether it is this one."""
        return any(not (row.premiered_on and given.premiered_on) for row in self._namesakes(given))

    def imdb_stands_elsewhere(self, imdb_id, pk):
        return self.by_imdb.get(imdb_id, pk) != pk

    def _namesakes(self, given):
        """Shows of this title that no number tells from it."""
        return [
            row
            for row in self.by_title.get(given.title.casefold(), ())
            if row.tvmaze_id is None and not (row.imdb_id and given.imdb_id)
        ]


def _is_of_year(row, given):
    return bool(row.premiered_on and given.premiered_on) and row.premiered_on.year == given.premiered_on.year


def _is_of_network(row, given):
    return (row.network_name or "").casefold() == given.network.name.casefold()
