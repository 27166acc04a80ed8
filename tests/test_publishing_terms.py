"""Publishing and unpublishing in the newsroom: on which terms, and what is still to come."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import Article
from tests.factories import make_article, publish_article
from tests.quick_form import opened, publish_opened
from tests.writing import change_url, confirm, page_of, publish_url, rewrite

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def test_publishing_over_a_live_article_shows_what_changes_and_whose_changes_they_are(
    at_desk, editor, writer
):
    article = publish_article(headline="Before", owner=writer)
    at_desk(writer).post(change_url(article), opened(at_desk(writer), article, headline="After"))
    page = page_of(at_desk(editor), article, "publish")
    assert "<del>Before</del>" in page and "<ins>After</ins>" in page
    assert "Saved since by Writer." in page


def test_a_version_bears_its_note_and_a_small_fix_keeps_the_date(at_desk, editor, client):
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Before")
        clock.shift(timedelta(days=2))
        desk = at_desk(editor)
        publish_opened(desk, article, {"note": "A comma", "is_minor": "on"}, headline="After")
        assert "A comma" in page_of(desk, article, "versions")
        page = client.get(article.get_absolute_url()).content.decode()
        assert "After" in page and "Updated" not in page


def test_a_correction_stands_under_the_text_with_its_date_and_stays(at_desk, editor, client):
    with time_machine.travel(NOON, tick=False):
        article = publish_article(headline="Before")
        desk = at_desk(editor)
        publish_opened(desk, article, {"correction": "It was the ninth place, not the tenth."})
        article.refresh_from_db()
        rewrite(article, headline="Later still").publish()
        page = client.get(article.get_absolute_url()).content.decode()
    assert "It was the ninth place, not the tenth." in page and "5 May 2026" in page
    assert not Article.objects.get().has_unpublished_changes()


def test_a_scheduled_update_goes_live_by_a_plain_request_at_its_second(at_desk, editor, client, settings):
    settings.TIME_ZONE = "Europe/London"
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Before")
        desk = at_desk(editor)
        publish_opened(desk, article, {"when": "later", "at": "2026-05-05T14:00"}, headline="After")
        page = " ".join(desk.get(change_url(article)).content.decode().split())
        assert "Version 2 goes live 5 May 2026, 14:00 (Europe/London)." in page
        clock.shift(3599)
        assert "Before" in client.get(article.get_absolute_url()).content.decode()
        clock.shift(1)
        assert "After" in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"when": "later"}, "Say when."),
        ({"when": "later", "at": "2026-05-05T11:59"}, "That moment has passed."),
        ({"when": "later", "at": "tomorrow"}, "Enter a valid date/time."),
        ({"when": "never"}, "Select a valid choice"),
        ({"when": "now", "note": "x" * 301}, "at most 300 characters"),
    ],
)
def test_wrong_terms_are_named_and_nothing_is_published(at_desk, editor, terms, said):
    article = make_article()
    with time_machine.travel(NOON, tick=False):
        page = at_desk(editor).post(publish_url(article), terms).content.decode()
    assert said in page
    assert not article.editions.exists()


def test_publishing_while_an_update_is_scheduled_asks_what_becomes_of_it(at_desk, editor):
    with time_machine.travel(NOON, tick=False):
        article = publish_article(headline="Live")
        rewrite(article, headline="Tomorrow").publish(at=NOON + timedelta(days=1))
        rewrite(article, headline="Now")
        desk = at_desk(editor)
        assert "at its time it replaces this one" in page_of(desk, article, "publish")
        assert "Say what becomes of it." in desk.post(publish_url(article), {"when": "now"}).content.decode()
        assert article.editions.count() == 2
        confirm(desk, article, when="now", scheduled="keep")
        assert article.scheduled_editions.get().headline == "Tomorrow"
        rewrite(article, headline="Now again")
        confirm(desk, article, when="now", scheduled="drop")
        assert not article.scheduled_editions.exists()
        assert article.editions.live().get().headline == "Now again"


def test_a_version_to_come_is_cancelled_in_the_list(at_desk, editor):
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Live")
        coming = rewrite(article, headline="Tomorrow").publish(at=NOON + timedelta(days=1))
        desk = at_desk(editor)
        assert "Do not publish it" in page_of(desk, article, "versions")
        cancel = f"/admin/articles/article/{article.pk}/versions/{coming.pk}/cancel/"
        assert desk.get(cancel).status_code == 405
        desk.post(cancel)
        clock.shift(timedelta(days=2))
        assert article.editions.live().get().headline == "Live"
        assert Article.objects.get().headline == "Tomorrow"


# Unpublishing.


def unpublish(desk, article, **terms):
    address = f"/admin/articles/article/{article.pk}/unpublish/"
    return desk.post(address, {"when": "now", "absence": "for_now", **terms})


def test_unpublishing_for_good_and_to_another_article(at_desk, editor, client):
    one, other = publish_article(), publish_article()
    desk = at_desk(editor)
    unpublish(desk, one, absence="moved", sent_to=other.pk)
    assert client.get(one.get_absolute_url()).url == other.get_absolute_url()
    unpublish(desk, other, absence="for_good")
    assert client.get(other.get_absolute_url()).status_code == 410
    assert "gone for good" in desk.get(change_url(other)).content.decode()


def test_readers_are_sent_only_where_something_is(at_desk, editor, client):
    article, draft = publish_article(), make_article()
    desk = at_desk(editor)
    for sent_to in ("", draft.pk, article.pk, "x", "99999999999999999999"):
        page = unpublish(desk, article, absence="moved", sent_to=sent_to).content.decode()
        assert "errorlist" in page
    assert client.get(article.get_absolute_url()).status_code == 200


def test_unpublishing_at_a_time_is_said_and_can_be_taken_back(at_desk, editor, client):
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article()
        desk = at_desk(editor)
        unpublish(desk, article, when="later", at="2026-05-06T12:00")
        page = " ".join(desk.get(change_url(article)).content.decode().split())
        assert "It will be unpublished 6 May 2026, 12:00 (UTC)." in page and "Keep it published" in page
        desk.post(f"/admin/articles/article/{article.pk}/keep-published/")
        clock.shift(timedelta(days=2))
        assert client.get(article.get_absolute_url()).status_code == 200


def test_a_writer_sees_the_versions_and_neither_publishes_nor_cancels(at_desk, writer):
    article = publish_article(owner=writer)
    coming = article.publish(at=NOON + timedelta(days=36500))
    desk = at_desk(writer)
    page = page_of(desk, article, "versions")
    assert "Restore" in page and "Do not publish it" not in page
    for name in ("publish", "unpublish", "keep-published", f"versions/{coming.pk}/cancel"):
        assert desk.post(f"/admin/articles/article/{article.pk}/{name}/", {"when": "now"}).status_code == 403
    assert article.editions.count() == 2
