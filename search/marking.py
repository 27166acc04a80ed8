"""The words that were looked for, marked where they stand in a text, and the part of it that has them."""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import mark_safe

from .folding import WORD, fold

AROUND, LONGEST = 80, 240


class Marker:
    """Knows the folded words that were looked for, and those that are only beginnings."""

    def __init__(self, words, begun):
        self.words, self.begun = set(words), tuple(begun)
        stems = [*map(re.escape, words), *(rf"{re.escape(stem)}\w*" for stem in begun)]
        self.as_typed = re.compile(rf"\b(?:{'|'.join(stems)})\b", re.IGNORECASE)

    def fits(self, word):
        folded = fold(word)
        if folded in self.words or (self.begun and folded.startswith(self.begun)):
            return True
        return word[-2:] in ("'s", "\u2019s") and self.fits(word[:-2])

    def spans(self, text):
        return [match.span() for match in WORD.finditer(text) if self.fits(match[0])]

    def marked(self, text):
        """The text as safe HTML with `<mark>` around the words."""
        text = unicodedata.normalize("NFC", text)
        parts, at = [], 0
        for start, end in self.spans(text):
            parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
        parts.append(escape(text[at:]))
        return mark_safe("".join(parts))  # noqa: S308 each part is escaped

    def first(self, text):
        """Where one of the words begins, or None. Words are folded only where none stands as it was typed."""
        if typed := self.as_typed.search(text):
            return typed.start()
        return next((match.start() for match in WORD.finditer(text) if self.fits(match[0])), None)

    def excerpt(self, *texts):
        """Of the first text that has one of the words the part around it; else the start of the first.

        A text may be a function that gives it, which is called only where those before it lack the words.
        """
        first = ""
        for given in texts:
            text = unicodedata.normalize("NFC", given() if callable(given) else given)
            first = first or text
            found = self.first(text)
            if found is not None:
                return self.marked(part(text, max(0, found - AROUND)))
        return self.marked(part(first, 0)) if first else ""


def part(text, start):
    """`LONGEST` characters from about `start`, cut between words."""
    end = min(len(text), start + LONGEST)
    if start:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LONGEST // 2)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
