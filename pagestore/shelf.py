"""The pages that a process keeps: as many bytes as it may, of all pages those that were asked for last."""

import threading
from collections import OrderedDict
from contextlib import contextmanager

# One page may take this part of all there is, or a few would push out all others.
LARGEST = 8


class Shelf:
    def __init__(self, room):
        self.room, self.taken = room, 0
        self.entries = OrderedDict()
        self._lock = threading.Lock()
        self._being_made = {}

    def find(self, key):
        """The entry of a page, which is then the last that may go; None where there is none."""
        entry = self.entries.get(key)
        if entry is not None:
            try:
                self.entries.move_to_end(key)
            except KeyError:  # Another thread took it away meanwhile.
                return None
        return entry

    def has_room_for(self, body):
        return len(body) * LARGEST <= self.room

    def put(self, key, entry):
        with self._lock:
            self._take_away(key)
            self.entries[key] = entry
            self.taken += entry.size
            self._make_room()

    def weigh(self, entry, before):
        """Count an entry anew that took `before` bytes until now."""
        with self._lock:
            self.taken += entry.size - before
            self._make_room()

    def drop(self, key):
        with self._lock:
            self._take_away(key)

    def empty(self):
        with self._lock:
            self.entries.clear()
            self.taken = 0

    def _take_away(self, key):
        if entry := self.entries.pop(key, None):
            self.taken -= entry.size

    def _make_room(self):
        while self.taken > self.room and self.entries:
            _key, entry = self.entries.popitem(last=False)
            self.taken -= entry.size

    @contextmanager
    def making(self, key):
        """One thread at a time makes a page; the others wait, and find it."""
        with self._lock:
            lock, waiting = self._being_made.get(key, (None, 0))
            lock = lock or threading.Lock()
            self._being_made[key] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._being_made.pop(key)
                if waiting > 1:
                    self._being_made[key] = lock, waiting - 1
