"""What the address of a comparison says: `?run=cobra-kai.5&run=the-imperfects.1`, and perhaps `&weeks=all`.

A run is a season by its show's address and its number, or a whole show by its address alone. In the one
address that a comparison has they stand in order, each once.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

MOST = 4
# Of an address with more nobody needs to hear what each of them was.
READ, LONGEST = 20, 250
KEY = re.compile(r"(?P<slug>[-a-zA-Z0-9_]{1,200})(?:\.(?P<number>[1-9]\d{0,3}))?")
QUARTER, ALL = "13", "all"


@dataclass(frozen=True, order=True)
class Key:
    """Names a run; `number` is 0 for a show with all of its seasons."""

    slug: str
    number: int = 0

    def __str__(self):
        return f"{self.slug}.{self.number}" if self.number else self.slug

    @classmethod
    def of(cls, season):
        return cls(season.show.slug, season.number)


class Asked(NamedTuple):
    """`strange` are runs that no key can be read from, as they were written."""

    keys: tuple = ()
    strange: tuple = ()
    weeks: str = ""
    q: str = ""

    @classmethod
    def from_query(cls, query):
        keys, strange = [], []
        for text in query.getlist("run")[:READ]:
            if found := KEY.fullmatch(text):
                keys.append(Key(found["slug"], int(found["number"] or 0)))
            elif text:
                strange.append(text[:LONGEST])
        weeks = query.get("weeks", "")
        return cls(
            keys=tuple(dict.fromkeys(keys)),
            strange=tuple(dict.fromkeys(strange)),
            weeks=weeks if weeks in (QUARTER, ALL) else "",
            q=" ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST],
        )

    @property
    def is_everything(self):
        return self.weeks == ALL

    @property
    def address(self):
        """The one address of this comparison, without what was searched for."""
        asked = [("run", str(key)) for key in sorted(self.keys)]
        asked += [("weeks", self.weeks)] if self.weeks and asked else []
        path = reverse("comparing:compare")
        return f"{path}?{urlencode(asked)}" if asked else path

    def with_key(self, key):
        return self._replace(keys=(*self.keys, key))

    def without(self, key):
        return self._replace(keys=tuple(each for each in self.keys if each != key))

    def over(self, weeks):
        return self._replace(weeks=weeks)
