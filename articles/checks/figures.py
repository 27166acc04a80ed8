# ruff: noqa: E501
"""Numbers as a text gives them: how exactly, and whether the record's number is meant by them."""

import re
from typing import NamedTuple

ABOUT = r"(?:about|around|roughly|approximately|some|nearly|almost|close to|just|nigh on|circa|well|or so|an estimated|a little|slightly|a bit|not quite)"
MORE = r"(?:more than|over|above|upwards of|at least|north of|exceeding|better than)"
LESS = r"(?:less than|fewer than|under|below|at most|up to|not even|no more than|south of)"
BOUNDS = rf"(?P<bounds>(?:(?:{ABOUT}|{MORE}|{LESS}) ){{0,3}})"
NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
SCALE = r"(?: ?(?P<scale>million|billion|thousand|m|bn|mn|k))?\b"
SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
FRACTIONS = [
    (re.compile(r"(?:2|two)[- ]thirds"), 66.7),
    (re.compile(r"(?:3|three)[- ](?:quarters|fourths)"), 75.0),
    (re.compile(r"(?:a|1)[- ](?:3rd|third)"), 33.3),
    (re.compile(r"(?:a|1)[- ](?:quarter|fourth|4th)"), 25.0),
    (re.compile(r"half"), 50.0),
]


class Figure(NamedTuple):
    """A number with what its last digit stands for, and whether it is round, a floor or a ceiling."""

    value: float
    step: float
    is_round: bool = False
    is_floor: bool = False
    is_ceiling: bool = False

    def means(self, actual):
        """Whether the record's number may have been put into these words."""
        slack = max(self.step, 0.06 * abs(self.value)) if self.is_round else self.step
        if self.is_floor:
            return self.value - self.step <= actual
        if self.is_ceiling:
            return actual <= self.value + self.step
        # Cut off or rounded, both are done: 12.76 is "12" to some and "13" to others.
        return abs(actual - self.value) < slack * 1.0001

    def distance(self, actual):
        return abs(actual - self.value)


def figure_from(match):
    """The Figure of a match that has the groups of BOUNDS, NUMBER and perhaps SCALE."""
    groups = match.groupdict()
    digits = groups["number"].replace(",", "")
    scale = SCALES.get((groups.get("scale") or "").lower(), 1)
    decimals = len(digits.partition(".")[2])
    step = 10.0**-decimals
    if not groups.get("scale") and "," in groups["number"]:
        # 24,070,000 is as exact as its zeros allow.
        step = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    return _bounded(float(digits) * scale, step * scale, groups["bounds"])


def fraction_from(words, bounds):
    """ "half", "two thirds" as a Figure in percent; None for other words."""
    for pattern, value in FRACTIONS:
        if pattern.fullmatch(words):
            return _bounded(value, 5.0, bounds)
    return None


def _bounded(value, step, bounds):
    is_floor, is_ceiling = (bool(re.search(words, bounds or "", re.IGNORECASE)) for words in (MORE, LESS))
    is_round = bool(re.search(rf"\b{ABOUT}\b", bounds or "", re.IGNORECASE))
    return Figure(value, step, is_round, is_floor, is_ceiling)
