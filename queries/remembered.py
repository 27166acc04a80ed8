"""What this process has drawn, under all that it depends on: so it never grows old and is never undone."""

from collections import OrderedDict
from threading import Lock

MOST_CHARACTERS = 4_000_000


class Remembered:
    """Texts by key; of more than `most` characters those go that were not used for longest."""

    def __init__(self, most=MOST_CHARACTERS):
        self.most, self.size = most, 0
        self.texts, self.lock = OrderedDict(), Lock()

    def get(self, key):
        with self.lock:
            text = self.texts.get(key)
            if text is not None:
                self.texts.move_to_end(key)
            return text

    def keep(self, key, text):
        with self.lock:
            self.size += len(text) - len(self.texts.pop(key, ""))
            self.texts[key] = text
            while self.size > self.most:
                _key, oldest = self.texts.popitem(last=False)
                self.size -= len(oldest)

    def clear(self):
        with self.lock:
            self.texts.clear()
            self.size = 0


parts_of_pages = Remembered()
