"""Maintenance: a file in VAR_DIR closes the site within a quarter of a second, without deploy and database.

The file may be empty, or hold a sentence for readers, or what `manage.py maintenance on` writes: JSON with
`until` (a moment), `say` (a sentence), `newsroom` (true where it stays open) and `name` (the publication's).
"""

import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

# Told to crawlers and programs where nobody said for how long.
RETRY_AFTER = 300
SHORTEST = 60
# A load balancer that took the site out for it would hide the page that explains.
ALWAYS_OPEN = ("/health/",)
NEWSROOM = ("/admin/", "/newsroom/", "/media/")


class Closure(NamedTuple):
    """Why and for how long readers wait."""

    say: str = ""
    until: datetime | None = None
    newsroom: bool = False
    name: str = ""

    @property
    def retry_after(self):
        """Seconds until it is worth coming again."""
        left = (self.until - timezone.now()).total_seconds() if self.until else RETRY_AFTER
        return max(SHORTEST, int(left))

    @property
    def expected(self):
        """The moment to tell readers, while it is still to come."""
        return self.until if self.until and self.until > timezone.now() else None

    def lets_in(self, path):
        return path.startswith(ALWAYS_OPEN + NEWSROOM if self.newsroom else ALWAYS_OPEN)


def place():
    return Path(settings.VAR_DIR) / "maintenance"


def closure():
    """The closure that the file asks for, None where there is no file. What it cannot read it leaves out."""
    try:
        text = place().read_text(errors="replace")
    except FileNotFoundError:
        return None
    except OSError:
        return Closure()
    try:
        given = json.loads(text)
    except ValueError:
        given = None
    return from_given(given) if isinstance(given, dict) else Closure(say=text.strip())


def from_given(given):
    say, name = (given.get(key) if isinstance(given.get(key), str) else "" for key in ("say", "name"))
    return Closure(say, moment(given.get("until")), given.get("newsroom") is True, name)


def moment(text):
    """A moment with its zone, None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if timezone.is_aware(found) else None


def closed(get_response):
    """Middleware: 503 with a page that says so, for whatever the closure does not let in."""

    def middleware(request):
        now = closure()
        if now is None or now.lets_in(request.path):
            return get_response(request)
        return page(request, now)

    return middleware


def page(request, now):
    was_sent = request.method not in ("GET", "HEAD", "OPTIONS")
    html = render_to_string("maintenance.html", {"closure": now, "name": now.name, "was_sent": was_sent})
    response = HttpResponse(html, status=503)
    response["Retry-After"] = now.retry_after
    response["Cache-Control"] = "no-store"
    # It is no fault: an error in the log for every visit would hide those that are.
    response._has_been_logged = True
    return response
