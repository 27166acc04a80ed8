"""The running servers as the command sees them: by requests, which any of their processes answers."""

import json
import urllib.error
import urllib.request
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from .asking import HEADER, signer

SECONDS_TO_ANSWER = 30
# When so many answers in a row came from processes that have told already, there are most probably no others.
ENOUGH = 12
AS_SENT = HEADER.removeprefix("HTTP_").replace("_", "-").title()


class Read(NamedTuple):
    said: str
    text: str


class Servers:
    def __init__(self, at):
        self.at = at.rstrip("/")
        site = urlsplit(settings.SITE_URL)
        self.headers = {"Host": site.netloc}
        if settings.TRUST_PROXY:
            # As the proxy says it, where the command goes past it.
            self.headers["X-Forwarded-Proto"] = site.scheme

    def told(self, address):
        """What each process tells of itself and of an address, by the processes' numbers."""
        found, known = {}, 0
        while known < ENOUGH:
            answer = json.loads(self._ask(address, {AS_SENT: signer().sign("asked")}).read())
            known = known + 1 if answer["process"] in found else 0
            found[answer["process"]] = answer
        return [found[process] for process in sorted(found)]

    def read(self, address):
        """A page as a reader gets it, and what the store says of it."""
        try:
            response = self._ask(address, {})
        except urllib.error.HTTPError as error:
            response = error
        return Read(response.headers.get("X-Page-Store", ""), response.read().decode(errors="replace"))

    def _ask(self, address, headers):
        request = urllib.request.Request(f"{self.at}{address}", headers=self.headers | headers)  # noqa: S310
        return urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER)  # noqa: S310
