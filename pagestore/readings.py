"""What the process knows of the numbers, and how long it may believe it."""

import time
from datetime import UTC, datetime

from . import generations
from .moments import end_of_round, next_moment


class Reading:
    """All numbers as they were at one moment. While none changes it stays the same object."""

    __slots__ = ("_next", "numbers")

    def __init__(self, numbers):
        self.numbers = numbers
        self._next = 0

    def holds_until(self, now, kind):
        """The moment from which a page of this kind that is rendered at `now` may be another by the clock."""
        if self._next <= now:
            self._next = next_moment(datetime.fromtimestamp(now, UTC))
        return min(self._next, end_of_round(now)) if kind.is_rolling else self._next


class Readings:
    """The newest reading, made anew when the last is older than may be believed (seconds; 0: each time)."""

    def __init__(self, believed_for):
        self.believed_for = believed_for
        self._made_at = None
        self._newest = Reading({})

    def current(self):
        """A reading that was begun no longer ago than may be believed."""
        made_at = self._made_at
        if made_at is not None and time.monotonic() - made_at < self.believed_for:
            return self._newest
        return self.made_now()

    def made_now(self):
        """A reading that begins now. Raises a database error where there is no answer."""
        made_at = time.monotonic()
        numbers = generations.values()
        before = self._newest
        if numbers != before.numbers:
            self._newest = Reading(numbers)
        self._made_at = made_at
        return self._newest
