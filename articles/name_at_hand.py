"""The publication's name for pages that must not ask the database, because it may be what failed."""

from urllib.parse import urlsplit

from django.conf import settings

_remembered = []


def remember(name):
    """Called whenever a page has read the publication; the last name counts."""
    _remembered[:] = [name]


def name_at_hand():
    """The name as this process last read it, else the site's host."""
    return _remembered[0] if _remembered else urlsplit(settings.SITE_URL).hostname
