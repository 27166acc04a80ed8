"""A page store in front of the site, and requests as a server hands them to it."""

import io
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from pagestore import by_heart
from pagestore.readings import Readings
from pagestore.wsgi import PageStore

ROOM = 16 * 1024 * 1024


@dataclass
class Answer:
    """What came back: the status as a number, the headers by lower-case name, the body."""

    status: int
    headers: dict
    body: bytes

    @property
    def said(self):
        """What the store says of it: hit, miss or bypass, with the reason after a semicolon."""
        return self.headers.get("x-page-store", "")

    @property
    def text(self):
        return self.body.decode()


class Readers:
    """Readers of the site through a store, which by default believes nothing it read before."""

    def __init__(self, **options):
        self.renders = []
        django = get_wsgi_application()

        def counted(environ, start_response):
            self.renders.append(environ["PATH_INFO"])
            return django(environ, start_response)

        self.store = PageStore(counted, **{"room": ROOM, "believed_for": 0, **options})

    def get(self, address, **headers):
        return self.ask("GET", address, **headers)

    def ask(self, method, address, **headers):
        path, _mark, query = address.partition("?")
        head = {}

        def start_response(status, sent, exc_info=None):
            head.update(status=int(status[:3]), headers={name.lower(): value for name, value in sent})

        site = urlsplit(settings.SITE_URL)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "server",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.7",
            "HTTP_HOST": site.netloc,
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **headers,
        }
        with connections_kept():
            body = b"".join(self.store(environ, start_response))
        return Answer(head["status"], head["headers"], body)


@contextmanager
def connections_kept():
    """As in Django's test client: a request that begins or ends does not close the test's own connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@pytest.fixture
def readers(client):
    """Readers with a new store in front of the site."""
    return Readers()


@pytest.fixture
def fresh_numbers(monkeypatch):
    """What a process knows by heart is held against numbers read now, none of them another test's."""
    monkeypatch.setattr(by_heart, "_readings", Readings(believed_for=0))
