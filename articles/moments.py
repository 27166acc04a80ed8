"""Moments as the newsroom reads them, and a moment's text for lists."""

from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language


def moment(at):
    """A moment in the newsroom's zone, which it names: "3 May 2026, 10:12 (Europe/London)"."""
    return f"{moment_in_list(at)} ({timezone.get_current_timezone()})"


def moment_in_list(at):
    """A moment where the zone goes without saying: "3 May 2026, 10:12"."""
    return local_moment(timezone.localtime(at), get_language())


def local_moment(local, language):
    """A local moment, its day put into words once: lists show many moments of few days."""
    return f"{_day(local.date(), language)}, {local.hour:02}:{local.minute:02}"


@lru_cache(maxsize=10_000)
def _day(date, language):
    return date_format(date, "j M Y")
