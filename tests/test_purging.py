"""A cache in front of the site is told what has changed: each key at once, and once more."""

import http.server
import threading

import pytest

from comments.models import Comment
from pagestore.models import Generation
from pagestore.purging import Purger
from tests.factories import publish_article
from tests.factories_comments import make_comment
from tests.page_store import Readers

pytestmark = pytest.mark.django_db(transaction=True)


class Cache(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.heard.append((self.headers["Fastly-Key"], set(self.headers["Surrogate-Key"].split())))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def cache(settings):
    """A cache that hears what it is told, in `heard`; and everything has been told already."""
    with http.server.HTTPServer(("127.0.0.1", 0), Cache) as server:
        server.heard, server.answer = [], 200
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
        settings.PURGE_HEADERS = {"Fastly-Key": "secret"}
        for row in Generation.objects.all():
            Generation.objects.filter(pk=row.pk).update(purged_value=row.value)
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def article(client):
    article = publish_article(headline="Cancelled", text="<p>Why it ended.</p>")
    make_comment(article, status=Comment.Status.PENDING)
    return article


def test_pages_bear_the_keys_that_are_told_of(article, cache):
    page = Readers().get(article.get_absolute_url())
    keys = set(page.headers["surrogate-key"].split())
    assert {"articles_edition", "articles_publication", f"comments_comment:{article.pk % 256}"} <= keys
    assert page.headers["cache-control"].startswith("public, max-age=0, s-maxage=")


def test_without_a_cache_nothing_is_for_one(article, settings):
    settings.PURGE_URL = ""
    page = Readers().get(article.get_absolute_url())
    assert "surrogate-key" not in page.headers and page.headers["cache-control"] == "public, max-age=0"
    Purger().turn()


def test_a_change_is_told_twice_and_then_no_more(article, cache):
    purger = Purger()
    Comment.objects.pending().moderate(Comment.Status.APPROVED)
    for _turn in range(4):
        purger.turn()
    expected = ("secret", {"comments_comment", f"comments_comment:{article.pk % 256}"})
    assert cache.heard == [expected, expected]


def test_a_cache_that_fails_is_told_later(article, cache, caplog):
    purger, cache.answer = Purger(), 500
    Comment.objects.pending().moderate(Comment.Status.APPROVED)
    purger.turn()
    purger.turn()
    assert len(cache.heard) == 1 and "does not answer" in caplog.text
    cache.answer = 200
    purger.not_before = 0
    purger.turn()
    assert len(cache.heard) > 1


def test_whoever_comes_after_a_killed_worker_tells_it_again(article, cache):
    Comment.objects.pending().moderate(Comment.Status.APPROVED)
    Purger().turn()
    Purger().turn()
    assert len(cache.heard) == 2
