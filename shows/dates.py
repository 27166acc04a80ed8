"""Dates that are known to the day, the month or the year only."""

import calendar

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("unknown")


def first_day(date, precision):
    """The date as it is stored: the first day of a month or a year where only that is known."""
    if date and precision == Precision.MONTH:
        return date.replace(day=1)
    if date and precision == Precision.YEAR:
        return date.replace(month=1, day=1)
    return date


def last_day(date, precision):
    """The latest day that may be meant: the last of a month or a year where only that is known; or None."""
    if date and precision == Precision.MONTH:
        return date.replace(day=calendar.monthrange(date.year, date.month)[1])
    if date and precision == Precision.YEAR:
        return date.replace(month=12, day=31)
    return date


def dated_text(date, precision):
    """A date said as exactly as it is known: "8 Nov 2022", "November 2022", "2022", "date not known"."""
    if date is None:
        return gettext("date not known")
    if precision == Precision.MONTH:
        return date_format(date, "YEAR_MONTH_FORMAT")
    if precision == Precision.YEAR:
        return str(date.year)
    return date_format(date)


def iso_text(date, precision):
    """A date as exactly as it is known, as a machine reads it: "2022-11-08", "2022-11", "2022"; or None."""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, 10)
    return date.isoformat()[:length] if date else None
