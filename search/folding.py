"""Words as they are compared: without marks and capitals, and in one spelling of those that have several."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
LONGEST = 60
# Letters that carry no mark that could be taken off.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "ð": "d", "þ": "th"}
)
VARIANTS = {
    "canceled": "cancelled",
    "canceling": "cancelling",
    "cancelation": "cancellation",
    "cancelations": "cancellations",
    "color": "colour",
    "colors": "colours",
    "favorite": "favourite",
    "favorites": "favourites",
    "humor": "humour",
    "honor": "honour",
    "theater": "theatre",
    "theaters": "theatres",
    "center": "centre",
    "program": "programme",
    "programs": "programmes",
    "dialog": "dialogue",
    "catalog": "catalogue",
    "gray": "grey",
    "traveler": "traveller",
    "travelers": "travellers",
    "rumor": "rumour",
    "rumors": "rumours",
    "neighbor": "neighbour",
    "neighbors": "neighbours",
    "defense": "defence",
}


def plain(text):
    """Text without marks and capitals: "Zoë" is "zoe"."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(c for c in split if not unicodedata.combining(c)).casefold().translate(LETTERS)


@lru_cache(50_000)
def fold(word):
    """One word as it is compared: `Grey's` is `greys`, `canceled` is `cancelled`."""
    if word.isascii() and word.isalnum():
        bare = word.lower()[:LONGEST]
        return VARIANTS.get(bare, bare)
    # Compatibility forms may bring marks of their own, such as the stroke of a half.
    bare = "".join(c for c in plain(word) if c.isalnum())[:LONGEST]
    return VARIANTS.get(bare, bare)


def words_of(text):
    """The folded words of what somebody looks for."""
    found = map(fold, WORD.findall(unicodedata.normalize("NFC", text)))
    return [word for word in found if word]


def words_to_index(text):
    """The folded words of a text; `Netflix's` is found by `Netflix` too."""
    words = []
    for word in WORD.findall(unicodedata.normalize("NFC", text)):
        forms = [fold(word)]
        if word[-2:] in ("'s", "\u2019s"):
            forms.append(fold(word[:-2]))
        words += filter(None, forms)
    return words
