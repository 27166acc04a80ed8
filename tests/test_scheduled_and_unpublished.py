"""A version that waits for its time brings back no unpublished article, and nothing says so."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories import publish_article
from tests.writing import change_url, confirm, page_of, rewrite

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 5, 3, 9, tzinfo=UTC)
TO_COME = datetime(2026, 5, 3, 14, tzinfo=UTC)


def box(desk, article):
    return " ".join(desk.get(change_url(article)).content.decode().split())


def test_the_newsroom_says_that_it_stays_off(at_desk, editor, client):
    with time_machine.travel(MORNING, tick=False) as clock:
        article = publish_article()
        rewrite(article, headline="To come").publish(at=TO_COME)
        desk = at_desk(editor)
        assert "It does not bring the article back" in page_of(desk, article, "unpublish")
        assert "Version 2 goes live" in box(desk, article)
        desk.post(f"/admin/articles/article/{article.pk}/unpublish/", {"when": "now", "absence": "for_now"})
        assert "but the article is unpublished then" in box(desk, article)
        assert "Version 2 goes live" not in box(desk, article)
        assert "version 2 stays off" in desk.get("/admin/articles/article/").content.decode()
        assert "Version 2 stays off" in desk.get("/admin/").content.decode()
        clock.move_to(TO_COME)
        assert client.get(article.get_absolute_url()).status_code == 404


def test_a_version_that_is_due_before_the_unpublishing_goes_live(at_desk, editor):
    with time_machine.travel(MORNING, tick=False):
        article = publish_article()
        article.unpublish(at=datetime(2026, 5, 3, 15, tzinfo=UTC))
        rewrite(article, headline="To come").publish(at=TO_COME)
        assert "Version 2 goes live" in box(at_desk(editor), article)


def test_scheduling_beyond_an_unpublishing_says_so_at_once(at_desk, editor):
    with time_machine.travel(MORNING, tick=False):
        article = publish_article()
        article.unpublish(at=datetime(2026, 5, 3, 12, tzinfo=UTC))
        rewrite(article, headline="To come")
        desk = at_desk(editor)
        confirm(desk, article, when="later", at="2026-05-03T14:00")
        assert article.editions.count() == 2
        assert "but the article is unpublished then" in box(desk, article).split('id="article_form"')[0]
