"""Moments as the newsroom reads them."""

from django.utils import timezone
from django.utils.formats import date_format


def moment(at):
    """A moment in the newsroom's zone, which it names: "3 May 2026, 10:12 (Europe/London)"."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j M Y, H:i')} ({timezone.get_current_timezone()})"
