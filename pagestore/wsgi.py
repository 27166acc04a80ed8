"""The layer in front of Django: pages that are the same for everyone are answered from ready bytes."""

import logging
import time

from django.conf import settings
from django.db import Error, connection

from . import asking
from .blind import environ_of_site, render, why_not
from .entries import entry_of
from .negotiation import has_already
from .pages import page_at
from .readings import Readings, believed
from .reads import numbers_of
from .shelf import Shelf
from .site_names import SiteNames

logger = logging.getLogger(__name__)

SAYING = "X-Page-Store"
HIT = (SAYING, "hit")


class PageStore:
    """A WSGI application that answers for `application` what it has ready, and keeps what may be kept.

    `is_closed` says whether the site is under maintenance, which is Django's to tell. `room` (bytes) and
    `believed_for` (seconds) stand in for the settings.
    """

    def __init__(self, application, *, is_closed=lambda: False, room=None, believed_for=None):
        self.application = application
        self.shelf = Shelf(settings.PAGE_STORE_BYTES if room is None else room)
        believed_for = settings.PAGE_STORE_BELIEVED_FOR if believed_for is None else believed_for
        self.readings, self.is_closed = Readings(believed_for), believed(is_closed, believed_for)
        self.names, self.site = SiteNames(), environ_of_site()

    def __call__(self, environ, start_response):
        is_read = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        if not is_read or not self.names.are_in(environ) or self.is_closed():
            return self.application(environ, start_response)
        try:
            answer = self.answer(environ)
        except Exception as error:
            # Whatever goes wrong in here, the reader gets the page all the same.
            logger.exception("The page store left a page to Django.")
            if isinstance(error, Error):
                connection.close()
            answer = None
        if answer is None:
            return self.application(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)

    def answer(self, environ):
        """(status, headers, body), or None for what is Django's to answer as it came."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if asking.HEADER in environ and (body := asking.answer_to_the_command(self, environ)):
            return "200 OK", [("Content-Type", "application/json"), ("Cache-Control", "no-store")], body
        entry = self.shelf.find((path, query))
        if entry is not None and self.is_good(entry):
            return self.sent(entry, HIT, environ)
        page = page_at(path, query)
        if page is None:
            return None
        with self.shelf.making(page.key):
            # Under another spelling, or made by another thread while this one waited.
            entry = self.shelf.find(page.key)
            if entry is not None and self.is_good(entry):
                return self.sent(entry, HIT, environ)
            return self.made(page, entry, environ)

    def is_good(self, entry):
        """Whether a page is still what Django would answer: by the clock, and by the numbers."""
        if time.time() >= entry.until:
            return False
        reading = self.readings.current()
        if entry.seen is not reading:
            if entry.changed(reading.numbers):
                return False
            entry.seen = reading
        return True

    def made(self, page, old, environ):
        """The page rendered now, and kept where that is right.

        The numbers are read before it is rendered: what changes meanwhile makes it old at once.
        """
        now, reading = time.time(), self.readings.made_now()
        until = reading.holds_until(now, is_rolling=page.kind.is_rolling)
        rendered = render(self.application, self.site, page, environ["wsgi.errors"])
        if not rendered.is_ok and page.query != environ.get("QUERY_STRING", ""):
            # A former address may be told by parameters that no page has a use for.
            self.shelf.drop(page.key)
            return None
        numbers = {name: reading.numbers.get(name) for name in numbers_of(rendered.tables, page)}
        why = why_not(rendered, numbers) or ("" if self.shelf.has_room_for(rendered.body) else "too large")
        if why:
            self.shelf.drop(page.key)
            return rendered.status, [*rendered.headers, (SAYING, f"bypass; {why}")], rendered.body
        entry = entry_of(rendered, numbers=numbers, until=until, seen=reading)
        self.shelf.put(page.key, entry)
        return self.sent(entry, (SAYING, f"miss{why_old(old, reading)}"), environ)

    def sent(self, entry, said, environ):
        """The answer with a kept page: 304 where the reader has it."""
        was = entry.size
        variant = entry.variant(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if entry.size != was:
            self.shelf.weigh(entry, was)
        more = [said, *entry.for_how_long()] if entry.is_shared else [said]
        if has_already(environ.get("HTTP_IF_NONE_MATCH", ""), variant.etag):
            return "304 Not Modified", [*variant.headers_of_304, *more], b""
        return "200 OK", [*variant.headers, *more], variant.body


def why_old(entry, reading):
    """What to say of a page that was kept and is made anew: what changed, or that its time was over."""
    if entry is None:
        return ""
    changed = entry.changed(reading.numbers)
    return f"; changed {' '.join(sorted(changed))}" if changed else "; its time was over"
