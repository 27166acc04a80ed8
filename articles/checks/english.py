# ruff: noqa: RUF001
"""English sentences in one spelling, so that a pattern need not know every way of writing a number."""

import re
from functools import lru_cache

CARDINALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
PLACED = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS, ORDINALS = CARDINALS.split(), PLACED.split()
TENS = {word: 20 + 10 * number for number, word in enumerate(DECADES.split())}
NUMBERS = {word: str(number) for number, word in enumerate(UNITS)} | {
    word: str(number) for word, number in TENS.items()
}
PLACES = {word: number for number, word in enumerate(ORDINALS)} | {"thirtieth": 30}
COMPOUND = re.compile(
    rf"\b({'|'.join(TENS)})[- ]({'|'.join(UNITS[1:10])}|{'|'.join(ORDINALS[1:10])})\b", re.IGNORECASE
)
WORD = re.compile(rf"\b({'|'.join([*NUMBERS, *PLACES])})\b", re.IGNORECASE)

# In this order: each is a pattern and what takes its place.
SPELLINGS = [
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in [
        (r"[’‘ʼ]", "'"),
        (r"[\s\u00a0\u2009\u202f]+", " "),
        (r"[\u2010\u2011]", "-"),
        (r" ?(?:—| – | -- ) ?", " — "),
        (r"\b(?:no one|no-one|none)\b", "nobody"),
        (r"\b(wo)n't\b", "will not"),
        (r"\bcan(?:'t|not)\b", "can not"),
        (r"\b(\w+)n't\b", r"\1 not"),
        (r"\b(it|that|this|there)'s (?=been|become|got)", r"\1 has "),
        (r"\b(it|that|there|what|who)'s\b", r"\1 is"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"\bcancel(ed|ation|ing|s)\b", lambda m: "cancel" + ("" if m[1] == "s" else "l") + m[1]),
        (r"\bprogramme\b", "program"),
        (r"\b(?:No\.?|number|nr\.?|#) ?(?=\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)", "#"),
        (r" ?\b(?:per ?cent|percent|pct)\b\.?", "%"),
        (r"(?<=\d) %", "%"),
        (r"\btop[ -](?:10|ten)\b", "top10"),
    ]
]


@lru_cache(maxsize=4096)
def spelled_alike(text):
    """The sentence with digits for number words, "%", "#2", "top10", British spelling, no contractions."""
    for pattern, instead in SPELLINGS:
        text = pattern.sub(instead, text)
    return WORD.sub(_in_digits, COMPOUND.sub(_joined, text))


def ordinal(number):
    """3 -> "3rd"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def _joined(match):
    tens, unit = TENS[match[1].lower()], match[2].lower()
    return str(tens + UNITS.index(unit)) if unit in UNITS else ordinal(tens + ORDINALS.index(unit))


def _in_digits(match):
    word = match[1].lower()
    return NUMBERS[word] if word in NUMBERS else ordinal(PLACES[word])
