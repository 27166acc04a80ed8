# ruff: noqa: E501
"""Which week of a run a claim is about: "in week three", "in its third week", "in the week to 25 September"."""

import re
from typing import NamedTuple

from .dates import DATE, Day

FIRST = r"(?:opening|premiere|launch|debut) (?:week|weekend)|(?:on|at) (?:its )?(?:debut|launch|release)|first (?:few )?days"
WEEK = re.compile(
    r"(?:(?P<when>in|by|during|for|of|after|within|over) )?(?:(?:only|just) )?(?:its|the|their|that)? ?"
    r"(?:(?P<nth>\d+)(?:st|nd|rd|th) (?P<full>full )?week\b(?! of [A-Z])|week (?P<number>\d+)\b|(?P<first>"
    + FIRST
    + r"))|(?:(?P<after>after|within|in) )(?:(?:only|just|a mere) )?(?P<count>\d+) weeks?\b|"
    rf"\bweek(?P<of> of)?(?: (?:that )?(?:to|ending|ended|ends|until|through|running to|from))?(?: on)?(?P<from>)? (?:the )?{DATE}",
    re.IGNORECASE,
)
# A week that is named in another clause may belong to another claim.
APART = re.compile(
    r"[;:—]|,(?! \d{4})|\b(?:and|but|then|before|while|whereas|although|though|as|when|which|from)\b",
    re.IGNORECASE,
)

BEGINS = re.compile(
    r"(?:^|[,;:—]|\b(?:and|but|then))\s*(?:(?:in|during|for|by) )?(?:(?:the|that|its) )?$", re.IGNORECASE
)


class When(NamedTuple):
    """A week by its number or by a day in it; `how` is the word before it: "in", "by", "after", "within"."""

    how: str = "in"
    number: int | None = None
    day: Day | None = None
    # "After three weeks": as many weeks in the list.
    is_count: bool = False
    is_full: bool = False

    def weeks_of(self, run, shift=0):
        """What it may be in a run, None for a week of which nothing is known; `shift` weeks later."""
        if self.day:
            day = self.day.near(run.listed[0].week_ending)
            return run.containing(day) if day else [None]
        weeks = run.nth(self.number + shift)
        return weeks + run.nth(self.number + shift + 1) if self.is_full else weeks


def whens_in(text):
    """Every week that a sentence names, with where it stands."""
    return [(match.start(), match.end(), _when(match)) for match in WEEK.finditer(text)]


def _when(match):
    found = match.groupdict()
    if found["count"]:
        return When(found["after"].lower(), int(found["count"]), is_count=True)
    how = (found["when"] or "in").lower()
    if found["first"]:
        return When("in", 1)
    if found["nth"] or found["number"]:
        return When(how, int(found["nth"] or found["number"]), is_full=bool(found["full"]))
    return When("in", day=Day.told_by(match))


def when_of(text, start, end, subject_words=""):
    """The week that a claim between `start` and `end` is about; None where the sentence leaves it open.

    It must stand in the claim's own clause: right after it, or before it with nothing but the subject between.
    """
    for begins, ends, when in whens_in(text):
        if begins >= start and not APART.search(text[end:begins] if begins >= end else ""):
            return when
        if ends <= start and BEGINS.search(text[:begins]) and _leads_to(text[ends:start], subject_words):
            return when
    return None


def _leads_to(between, subject_words):
    between = between.replace(subject_words, "", 1) if subject_words else between
    return (
        re.fullmatch(r"[\s,]*(?:(?:also|then|still|already|only|just|had|was|were|is|had been) ?)*", between)
        is not None
    )
