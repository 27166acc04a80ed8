"""`manage.py pagestore`: what the servers keep ready, why a page is made anew, warming and emptying."""

import threading
from io import StringIO
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from comments.models import Comment
from tests.factories import publish_article
from tests.factories_comments import make_comment
from tests.page_store import ROOM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(settings):
    settings.PAGE_STORE_BYTES = ROOM
    article = publish_article(headline="Cancelled", text="<p>Why it ended.</p>")
    make_comment(article)
    return article.get_absolute_url()


@pytest.fixture
def server(readers, settings):
    """The address of a server in a thread, with the store of `readers`."""

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    def served(environ, start_response):
        try:
            return list(readers.store(environ, start_response))
        finally:
            connections.close_all()

    with make_server("127.0.0.1", 0, served, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def told(*arguments, at):
    out = StringIO()
    call_command("pagestore", *arguments, at=at, stdout=out)
    return out.getvalue()


def test_what_is_kept_is_listed_with_what_has_changed(readers, server, story):
    readers.get(story)
    assert f"{story}  good" in told("list", at=server)
    Comment.objects.update(body="Edited.")
    assert f"{story}  stale: comments_comment:" in told("list", at=server)


def test_one_address_is_explained(readers, server, story):
    assert "It is not kept there." in told("explain", story, at=server)
    readers.get(story)
    Comment.objects.update(body="Edited.")
    said = told("explain", f"{story}?utm_source=letter", at=server)
    assert "stale  comments_comment:" in said and "same   articles_edition" in said
    assert "Asked for now it is a miss; changed comments_comment:" in said
    assert "Django answers it each time" in told("explain", "/admin/", at=server)


def test_pages_are_warmed(readers, server, story):
    said = told("warm", at=server)
    assert "ready  /\n" in said and f"ready  {story}\n" in said
    assert readers.get(story).said == "hit"


def test_emptying_has_every_page_made_anew(readers, story):
    readers.get(story)
    told("empty", at="")
    assert readers.get(story).said.startswith("miss; changed")


def test_nobody_else_is_told(readers, story):
    readers.get(story)
    answer = readers.get(story, HTTP_X_PAGE_STORE_ASK="asked:1:forged")
    assert answer.said == "hit" and "Why it ended." in answer.text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["explain"], "Name the one address"),
        (["list"], "does not answer"),
    ],
)
def test_what_cannot_be_told_is_said_in_a_sentence(story, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        told(*arguments, at="http://127.0.0.1:9")


def test_without_a_store_it_says_so(settings):
    settings.PAGE_STORE_BYTES = 0
    with pytest.raises(CommandError, match="PAGE_STORE_MB is 0"):
        told("list", at="")
