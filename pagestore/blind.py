"""Rendering a page as nobody: what reaches Django is the page's address and nothing of who asks."""

import io
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from .declarations import tables_read_as
from .reads import noted

# Kept by what made the response, and not said of the next one.
NOT_KEPT = {"x-request-id", "content-length", "date", "etag", "vary", "connection"}


class Rendered(NamedTuple):
    """What Django answered, and the tables that it read for it."""

    status: str
    headers: list
    body: bytes
    tables: frozenset

    @property
    def is_ok(self):
        return self.status.startswith(f"{HTTPStatus.OK} ")

    def header(self, name):
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def kept_headers(self):
        return [(name, value) for name, value in self.headers if name.lower() not in NOT_KEPT]


def render(application, site, page, errors):
    """Ask the application for the page, without a header of the request's own.

    `site` is what `environ_of_site` gives.
    """
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer.update(status=status, headers=headers)

    with noted() as tables:
        chunks = application(environ_of(site, page, errors), start_response)
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
    return Rendered(answer["status"], answer["headers"], body, frozenset(tables))


def environ_of(site, page, errors):
    return {
        **site,
        "PATH_INFO": page.path,
        "QUERY_STRING": page.query,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": errors,
    }


def environ_of_site():
    """What is the same for all pages: the one host and scheme of the site."""
    site = urlsplit(settings.SITE_URL)
    forwarded = {"HTTP_X_FORWARDED_PROTO": site.scheme} if settings.TRUST_PROXY else {}
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or {"https": 443, "http": 80}[site.scheme]),
        "CONTENT_LENGTH": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **forwarded,
    }


def why_not(rendered, numbers):
    """Why a rendered page cannot be kept for others, in a few words; empty where it can.

    `numbers` are those of the tables that it read, by name.
    """
    unknown = min(rendered.tables - tables_read_as().keys(), default="")
    lost = min((name for name, number in numbers.items() if number is None), default="")
    reasons = {
        f"status {rendered.status[:3]}": not rendered.is_ok,
        "sets a cookie": rendered.header("set-cookie"),
        "not public": any(word in rendered.header("cache-control") for word in ("no-store", "private")),
        "varies": rendered.header("vary").lower() not in ("", "accept-encoding"),
        "holds a nonce": "'nonce-" in rendered.header("content-security-policy"),
        f"reads {unknown}": unknown,
        f"no number for {lost}": lost,
    }
    return next((why for why, is_so in reasons.items() if is_so), "")
