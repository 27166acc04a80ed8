"""Parts of a file whose fields are read by name and kind, and refused where they are something else."""

import re
from datetime import date

from django.utils.translation import gettext as _

from .files import Refused
from .texts import clean_text

# The largest number that every database's integer column takes, and its smaller sister.
LARGEST_NUMBER = 2**31 - 1
LARGEST_SMALL_NUMBER = 2**15 - 1
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Part:
    """An object of the file; `name` says which one, for the sentence that refuses it."""

    def __init__(self, data, name):
        self.name = name
        if not isinstance(data, dict):
            raise self.refused(_("it is no object with fields."))
        self.data = data

    def refused(self, why):
        return Refused(_("%(what)s: %(why)s") % {"what": self.name, "why": why})

    def _read(self, field, kind, *, required=False):
        value = self.data.get(field)
        if value is None and not required:
            return None
        # True and False are numbers to Python.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.refused(_("“%(field)s” is not what TVmaze gives there.") % {"field": field})
        return value

    def text(self, field, longest=None, *, required=False):
        """Clean text, empty where there is none. A text that is too long is refused, never cut."""
        value = self._read(field, str, required=required) or ""
        if any("\ud800" <= sign <= "\udfff" for sign in value):
            raise self.refused(_("“%(field)s” holds signs that are no text.") % {"field": field})
        value = clean_text(value)
        if required and not value:
            raise self.refused(_("“%(field)s” is empty.") % {"field": field})
        if longest and len(value) > longest:
            told = {"field": field, "length": len(value), "longest": longest}
            raise self.refused(_("“%(field)s” has %(length)d characters; %(longest)d are kept.") % told)
        return value

    def number(self, field, largest=LARGEST_NUMBER, *, required=False):
        """A whole number from 1, or None."""
        value = self._read(field, int, required=required)
        if value is not None and not 1 <= value <= largest:
            raise self.refused(
                _("“%(field)s” is no number from 1 to %(largest)d.") % {"field": field, "largest": largest}
            )
        return value

    def day(self, field):
        """A date, or None where it is not known."""
        value = self.text(field)
        if not value:
            return None
        try:
            if not DAY.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise self.refused(
                _("“%(field)s” is no date: “%(value)s”.") % {"field": field, "value": value[:40]}
            ) from None

    def flag(self, field):
        return bool(self._read(field, bool))

    def texts(self, field, longest):
        """A list of short texts."""
        return [
            Part({"name": each}, f"{self.name}, “{field}”").text("name", longest, required=True)
            for each in self._read(field, list) or []
        ]

    def part(self, field, name):
        """The object in a field, or None."""
        value = self._read(field, dict)
        return None if value is None else Part(value, f"{self.name}, {name}")

    def parts(self, field, name):
        """The objects of a list, numbered from 1; None where there is no such list."""
        value = self._read(field, list)
        if value is None:
            return None
        return [Part(each, f"{self.name}, {name} {place}") for place, each in enumerate(value, start=1)]
