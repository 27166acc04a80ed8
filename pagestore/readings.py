"""What the process knows of the numbers, and how long it may believe it."""

import math
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

    def holds_until(self, now, *, is_rolling=False):
        """The moment from which what is read at `now` may be another by the clock.

        What `is_rolling` counts back from now, and is counted anew every few minutes.
        """
        if self._next <= now:
            self._next = next_moment(datetime.fromtimestamp(now, UTC))
        return min(self._next, end_of_round(now)) if is_rolling else self._next


class Readings:
    """The newest reading, made anew when the last is older than may be believed (seconds; 0: each time)."""

    def __init__(self, believed_for):
        self.believed_for = believed_for
        # The newest with the moment at which it was begun: one value, so that no thread sees half of it.
        self._newest = -math.inf, Reading({})

    def current(self):
        """A reading that was begun no longer ago than may be believed."""
        begun_at, reading = self._newest
        return reading if time.monotonic() - begun_at < self.believed_for else self.made_now()

    def made_now(self):
        """A reading that begins now. Raises a database error where there is no answer."""
        begun_at, numbers = time.monotonic(), generations.values()
        newest_begun_at, newest = self._newest
        reading = newest if numbers == newest.numbers else Reading(numbers)
        # Another thread that began later knows more, and has perhaps been quicker.
        if begun_at >= newest_begun_at:
            self._newest = begun_at, reading
        return reading


def believed(ask, seconds):
    """A function that answers what `ask` does, and asks again once that is older than may be believed."""
    known = -math.inf, None

    def answer():
        nonlocal known
        asked_at, last = known
        now = time.monotonic()
        if now - asked_at >= seconds:
            last = ask()
            known = now, last
        return last

    return answer
