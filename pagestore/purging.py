"""Telling the cache in front of the site (a CDN, Varnish) what has changed; the worker does it, every second.

What it keeps bears in `Surrogate-Key` the names of the numbers that it was made of. A name whose number is
another than the one told of last is told of: at once, and once more a turn later, because a server may have
sent the page as it was for as long as it believes a reading, and the cache may have been fetching it.
"""

import logging
import time
import urllib.request
from itertools import batched

from django.conf import settings
from django.db.models import F

from .models import Generation

logger = logging.getLogger(__name__)

KEYS_AT_ONCE = 50
SECONDS_TO_ANSWER = 10
LONGEST_PAUSE = 60


class Purger:
    def __init__(self):
        self.told_once = {}
        self.pause, self.not_before = 0, 0

    def turn(self):
        """Tell what has changed. Where the cache does not answer nothing is forgotten; it is told later."""
        if not settings.PURGE_URL or time.monotonic() < self.not_before:
            return
        changed = dict(_changed().values_list("name", "value"))
        try:
            for names in batched(sorted(changed), KEYS_AT_ONCE):
                purge(names)
        except OSError as error:
            self.pause = min(2 * self.pause or 1, LONGEST_PAUSE)
            self.not_before = time.monotonic() + self.pause
            logger.error("The cache at PURGE_URL does not answer (%s): again in %d s.", error, self.pause)
            return
        self.pause = 0
        for name, value in changed.items():
            if self.told_once.get(name) == value:
                Generation.objects.filter(name=name).update(purged_value=value)
        self.told_once = changed


def _changed():
    return Generation.objects.exclude(purged_value=F("value"), purged_value__isnull=False)


def purge(names):
    """Have the cache forget every page that bears one of these keys. OSError where it does not."""
    request = urllib.request.Request(  # noqa: S310 (an owner's setting, http or https)
        settings.PURGE_URL,
        method="POST",
        headers={**settings.PURGE_HEADERS, "Surrogate-Key": " ".join(names)},
    )
    with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER):  # noqa: S310
        pass
