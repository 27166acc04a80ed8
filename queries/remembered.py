"""What this process has drawn, under all that it depends on: so it never grows old and is never undone."""

import hashlib
from collections import OrderedDict
from threading import Lock

from django.conf import settings
from django.utils.translation import get_language

MOST_CHARACTERS = 8_000_000


class Remembered:
    """Texts, or what holds a text, by key; of more than `most` characters those not used for longest go."""

    def __init__(self, most=MOST_CHARACTERS):
        self.most, self.size = most, 0
        self.kept, self.lock = OrderedDict(), Lock()

    def get(self, key):
        """What is kept under the key, or None."""
        with self.lock:
            found = self.kept.get(key)
            if found is None:
                return None
            self.kept.move_to_end(key)
            return found[0]

    def keep(self, key, value, size=None):
        """Keep a value of `size` characters; a text has its length."""
        size = len(value) if size is None else size
        with self.lock:
            self.size += size - self.kept.pop(key, ("", 0))[1]
            self.kept[key] = value, size
            while self.size > self.most:
                _key, (_oldest, freed) = self.kept.popitem(last=False)
                self.size -= freed

    def clear(self):
        with self.lock:
            self.kept.clear()
            self.size = 0


parts_of_pages = Remembered()


def key_of(*told):
    """A short key that names all of these values, and the language in which they are told."""
    return hashlib.sha256(repr([told, get_language()]).encode()).hexdigest()


def made_once(key, make, size=len):
    """What `make` gives, made once for the same key; each time while templates are worked on.

    `size` tells how many characters it has.
    """
    made = None if settings.DEBUG else parts_of_pages.get(key)
    if made is None:
        made = make()
        parts_of_pages.keep(key, made, size(made))
    return made
