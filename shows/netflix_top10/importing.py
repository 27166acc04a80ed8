"""One file's import: read and compared whole first, then stored list by list."""

import pickle
import tempfile
import time
from contextlib import nullcontext
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from shows.countries import count_countries
from shows.models.chart import TV_CATEGORIES
from shows.runs import refresh_runs

from .differences import differences
from .files import Refused
from .matching import TitleMatcher
from .reading import Reading
from .storing import PopularLists, WeeklyLists

# How many revised lists and titles a report tells by name; it counts them all.
TOLD = 200
IN_MEMORY = 4 * 1024 * 1024
LINES_AT_ONCE = 1_500
# SQLite has one writer at a time, and others that wait look again every tenth of a second: a long import
# leaves them room after each piece.
SECONDS_FOR_OTHERS = 0.12


class Differing(NamedTuple):
    """A list that is to be stored."""

    key: tuple
    territory_name: str
    fingerprint: str
    lines: tuple


class Import:
    """A file of the Top 10, compared with what is stored; `report` tells what differs, `store()` stores it.

    Raises Refused where the file is not whole and right, before anything is written. `step` is called with
    the number of lines after each list that was read. The lists that differ wait on a disk, so the memory
    needed does not grow with them.
    """

    def __init__(self, file, as_of_on, step=lambda lines: None):
        reading = Reading(file)
        self.kind = reading.kind
        self.stored = PopularLists(as_of_on) if self.kind == "popular" else WeeklyLists()
        self.titles = TitleMatcher()
        self.differing = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (lives as long as this)
        self.weeks_stored = set()
        counts = dict.fromkeys(("rows", "lists", "new", "revised", "unchanged", "lines"), 0)
        self.report = {"kind": self.kind, **counts, "revisions": []}
        weeks, territories = set(), set()
        for found in reading.lists():
            self._compare(found)
            if self.kind != "popular":
                territories.add(found.key[0])
                weeks.add(found.key[2])
            step(len(found))
        if weeks:
            self.report["weeks"] = {
                "count": len(weeks),
                "first": min(weeks).isoformat(),
                "last": max(weeks).isoformat(),
            }
            self.report["territories"] = len(territories)
        for name, titles in self.titles.resolve().items():
            self.report[name] = {"count": len(titles), "titles": titles[:TOLD]}

    def _compare(self, found):
        told = self.report
        told["rows"] += len(found)
        told["lists"] += 1
        if self.stored.knows(found):
            told["unchanged"] += 1
            return
        if self.stored.holds(found.key):
            self._revise(found)
        else:
            told["new"] += 1
        told["lines"] += len(found)
        pickle.dump(
            Differing(found.key, found.territory_name, found.fingerprint, found.lines), self.differing
        )
        if self.kind != "popular":
            self._meet(found)

    def _meet(self, found):
        _territory, category, week_ending = found.key
        self.weeks_stored.add(week_ending)
        if category in TV_CATEGORIES:
            for line in found.lines:
                self.titles.meet(line, week_ending)

    def _revise(self, found):
        """Tell what differs; where nothing does, the list is stored all the same, with its fingerprint."""
        changes = list(differences(self.stored.lines(found.key), found.lines))
        self.report["revised" if changes else "unchanged"] += 1
        if changes and len(self.report["revisions"]) < TOLD:
            named = [each.isoformat() if isinstance(each, date) else each for each in found.key]
            self.report["revisions"].append({"list": named, "changes": changes})

    def store(self, step=lambda lines: None):
        """Store each list that differs as a whole, and compute the runs anew.

        PostgreSQL stores a file in one transaction, and so does SQLite up to 1,500 lines, as a week has them;
        more of them are stored in pieces. If that is interrupted, the same file imported again stores the
        rest. `step` is called with the number of lines that were stored.
        """
        in_pieces = connection.vendor == "sqlite" and self.report["lines"] > LINES_AT_ONCE
        try:
            with nullcontext() if in_pieces else transaction.atomic():
                self.titles.store()
                for lists in self._pieces():
                    with transaction.atomic():
                        self.stored.store(lists, self.titles)
                    step(sum(len(each.lines) for each in lists))
                    if in_pieces:
                        time.sleep(SECONDS_FOR_OTHERS)
        except IntegrityError as error:
            raise Refused(_("Another import stored the same lists meanwhile. Import it again.")) from error
        self.titles.settle()
        count_countries(self.weeks_stored)
        if self.weeks_stored and self.kind == "global":
            refresh_runs()

    def _pieces(self):
        """The lists that differ, some at a time."""
        self.differing.seek(0)
        lists, lines, left = [], 0, self.report["lines"]
        while left:
            # Written by this very object.
            lists.append(pickle.load(self.differing))  # noqa: S301
            lines += len(lists[-1].lines)
            left -= len(lists[-1].lines)
            if lines >= LINES_AT_ONCE or not left:
                yield lists
                lists, lines = [], 0
