"""What a process knows by heart: answers that cost queries, kept while their tables stay as they are."""

import time
from collections import OrderedDict
from functools import wraps
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from . import generations
from .declarations import tables_read_as
from .readings import Readings
from .reads import noted, unnoted

# One for all answers of a page: by an older one an answer may be found to have changed that has not.
_readings = Readings(believed_for=0.25)
_all_known = []


class Known(NamedTuple):
    """An answer, the numbers of the tables that it was read from, and until when the clock lets it stand."""

    answer: object
    numbers: dict
    until: float

    def stands(self, now):
        return now < self.until and generations.to_remember_by(*self.numbers) == tuple(self.numbers.values())


def by_heart(most):
    """Decorates a function of hashable arguments that reads the database and nothing of the request.

    An answer is kept for the language it was given in, `most` of them (those go that were not asked for
    longest), while no number of the tables that it was read from changes and no moment of `moments` comes;
    one query finds that out. The answer must have read all that will be asked of it, and nobody may change
    it. Inside a transaction, whose own changes have no number yet, and while templates are worked on every
    answer is read anew.
    """

    def decorated(function):
        known, lock = OrderedDict(), Lock()
        _all_known.append(known)

        @wraps(function)
        def told(*asked):
            if settings.DEBUG or connection.in_atomic_block:
                return function(*asked)
            key, now = (asked, get_language()), time.time()
            entry = known.get(key)
            if entry is None or not entry.stands(now):
                entry = _read(function, asked, now)
            with lock:
                if entry.numbers:
                    known[key] = entry
                    known.move_to_end(key)
                while len(known) > most:
                    known.popitem(last=False)
            return entry.answer

        return told

    return decorated


def to_begin_by(*names):
    """As `generations.to_remember_by`, but perhaps of a moment ago: to keep with what is about to be read.

    They take no query where another answer has just needed them.
    """
    if connection.in_atomic_block:
        return None
    with unnoted():
        numbers = _readings.current().numbers
    return tuple(numbers[name] for name in names) if numbers.keys() >= set(names) else None


def forget():
    """Know nothing by heart, for whoever compares with what is read anew."""
    for known in _all_known:
        known.clear()


def _read(function, asked, now):
    """The answer, with numbers from before it was read: what has changed since makes it old.

    Without numbers where one of the tables has none.
    """
    with unnoted():
        before = _readings.current()
        until = before.holds_until(now)
    with noted() as tables:
        answer = function(*asked)
    names = {tables_read_as().get(table) for table in tables}
    is_watched = names <= before.numbers.keys()
    return Known(answer, {name: before.numbers[name] for name in names} if is_watched else {}, until)
