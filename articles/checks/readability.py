# ruff: noqa: RUF001
"""How hard an English text is to read: Flesch reading ease, with the syllables that pyphen counts."""

import re
from functools import cache

WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
SENTENCE = re.compile(r"[.!?…]+(?=\s|$|[”\"'’)])")
FEWEST_WORDS = 100


@cache
def _hyphenator():
    # The dictionary is read when the first text is judged, not by every process at its start.
    import pyphen

    return pyphen.Pyphen(lang="en_GB", left=1, right=1)


@cache
def syllables(word):
    """How many syllables a word has; hyphenation points miss a few, never the first."""
    return len(_hyphenator().positions(word)) + 1


def reading_ease(text):
    """From 100 (very easy) down to 0 and below; None for a text too short to tell."""
    words = WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len(SENTENCE.findall(text)))
    spoken = sum(syllables(word.lower()) for word in words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * spoken / len(words)
