# ruff: noqa: E501
"""Dates in English text: "Thursday 8 September 2022", "Sept. 8", "November 2022", "in 2022"."""

import re
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shows.dates import Precision

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NAMES = "|".join([*MONTHS, *(rf"{month[:3]}\.?" for month in MONTHS), r"Sept\.?"])
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? (?:the )?)?"
DATE = (
    rf"{WEEKDAY}(?-i:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{NAMES})(?:,? (?P<year>(?:19|20)\d\d))?"
    rf"|(?P<month2>{NAMES}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year2>(?:19|20)\d\d))?"
    rf"|(?P<month3>{NAMES})(?:,? (?P<year3>(?:19|20)\d\d))?|(?P<year4>(?:19|20)\d\d))\b(?! (?:hours|views|million))"
)
DATED = re.compile(rf"\b(?P<preposition>on|in|during|since|from|of|,) {DATE}", re.IGNORECASE)


class Day(NamedTuple):
    """A date as a text gives it; what it leaves out is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @classmethod
    def told_by(cls, match):
        found = match.groupdict()
        month = found["month"] or found["month2"] or found["month3"]
        year = found["year"] or found["year2"] or found["year3"] or found["year4"]
        day = found["day"] or found["day2"]
        weekday = found["weekday"]
        return cls(
            int(year) if year else None,
            month_number(month) if month else None,
            int(day) if day else None,
            WEEKDAYS.index(weekday.title()) if weekday else None,
        )

    def is_of(self, on, precision=Precision.DAY):
        """Whether it may be the record's date, as exactly as both are known."""
        if self.year and self.year != on.year:
            return False
        if precision == Precision.YEAR:
            return True
        if self.month and self.month != on.month:
            return False
        return precision == Precision.MONTH or not self.day or self.day == on.day

    def near(self, on):
        """The full date, with the year that lies nearest to `on` where it gives none; None if there is none."""
        if not self.month or not self.day:
            return None
        years = [self.year] if self.year else [on.year - 1, on.year, on.year + 1]
        days = [each for year in years if (each := _date(year, self.month, self.day))]
        return min(days, key=lambda each: abs(each - on), default=None)

    @property
    def wrong_weekday(self):
        """ "8 Sep 2022 was a Thursday", where the text gives another day of the week; else None."""
        full = _date(self.year, self.month, self.day) if self.year and self.month and self.day else None
        if full is None or self.weekday is None or full.weekday() == self.weekday:
            return None
        words = {"date": date_format(full), "weekday": date_format(full, "l")}
        return _("%(date)s is a %(weekday)s") % words


def month_number(name):
    return next(number for number, month in enumerate(MONTHS, start=1) if month[:3] == name[:3])


def _date(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None
