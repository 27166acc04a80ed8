"""Publishing and unpublishing from the writing screen."""

import pytest
import time_machine
from django.contrib.messages import get_messages

from articles.models import Article, Image
from tests.factories import make_article, make_image, publish_article
from tests.quick_form import opened, publish_opened
from tests.writing import change_url, confirm

pytestmark = pytest.mark.django_db


def messages_of(response):
    """What the next page will say."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def unpublish_url(article):
    return f"/admin/articles/article/{article.pk}/unpublish/"


def test_publish_saves_what_was_typed_and_makes_it_live(at_desk, editor, client):
    article = make_article(headline="Before")
    desk = at_desk(editor)
    response = publish_opened(desk, article, headline="After")
    assert messages_of(response) == ["Published: version 1 is live."]
    assert "After" in client.get(article.get_absolute_url()).content.decode()
    assert Article.objects.get().live_edition.published_by == editor


def test_what_stands_in_the_way_is_all_listed_and_the_draft_is_saved(at_desk, editor):
    article = make_article(text="", authors=(), category=None)
    desk = at_desk(editor)
    page = publish_opened(desk, article, headline="Kept").content.decode()
    assert "Saved, but it cannot be published yet:" in page and "Back to writing" in page
    for sentence in (
        "Write at least one section with text.",
        "Say who wrote it: choose an author.",
        "Choose a category.",
    ):
        assert sentence in page
    article.refresh_from_db()
    assert article.headline == "Kept" and not article.editions.exists()


def test_publishing_without_changes_makes_no_new_version(at_desk, editor):
    article = publish_article()
    desk = at_desk(editor)
    assert "nothing to publish" in messages_of(publish_opened(desk, article))[0]
    assert article.editions.count() == 1


def test_publishing_again_what_was_unpublished_makes_it_live(at_desk, editor):
    article = publish_article()
    article.unpublish()
    desk = at_desk(editor)
    publish_opened(desk, article)
    assert Article.objects.get().is_published


def test_an_undescribed_picture_stands_in_the_way_until_it_is_described(at_desk, editor):
    article = make_article(lead_image=make_image(alt_text=""))
    desk = at_desk(editor)
    assert "alternative text" in publish_opened(desk, article).content.decode()
    assert not Article.objects.get().is_published
    Image.objects.update(is_decorative=True)
    confirm(desk, article, when="now")
    assert Article.objects.get().is_published


def test_a_writer_has_no_publish_button_and_a_forged_press_saves_only(at_desk, writer):
    article = make_article(owner=writer)
    desk = at_desk(writer)
    assert 'name="_publish"' not in desk.get(change_url(article)).content.decode()
    response = desk.post(change_url(article), opened(desk, article, headline="Kept", _publish="1"))
    article.refresh_from_db()
    assert article.headline == "Kept" and not article.is_published
    assert messages_of(response) == ["Saved, but not published: you may not publish articles."]


def test_the_box_says_who_published_which_version_when_and_what_has_changed_since(at_desk, editor, settings):
    settings.TIME_ZONE = "Europe/London"
    article = make_article(headline="First")
    desk = at_desk(editor)
    assert "Never published." in desk.get(change_url(article)).content.decode()
    with time_machine.travel("2026-05-03 09:12Z", tick=False):
        article.publish(by=editor)
    page = desk.get(change_url(article)).content.decode()
    assert "Version 1 is live, published 3 May 2026, 10:12 (Europe/London) by Editor." in page
    assert "Nothing has changed since." in page
    desk.post(change_url(article), opened(desk, article, headline="Second"))
    page = desk.get(change_url(article)).content.decode()
    assert "You have unpublished changes." in page and "Publish changes" in page


def test_unpublishing_asks_first_and_then_readers_find_nothing(at_desk, editor, client):
    article = publish_article(by=editor)
    desk = at_desk(editor)
    assert "Readers and search engines" in desk.get(unpublish_url(article)).content.decode()
    assert client.get(article.get_absolute_url()).status_code == 200
    response = desk.post(unpublish_url(article), {"when": "now", "absence": "for_now"})
    assert response.url == change_url(article)
    assert client.get(article.get_absolute_url()).status_code == 404
    assert "Unpublished since" in desk.get(change_url(article)).content.decode()


def test_unpublishing_what_is_not_public_changes_nothing(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    assert "It is not public now." in desk.get(unpublish_url(article)).content.decode()
    assert messages_of(desk.post(unpublish_url(article))) == []


def test_an_article_that_goes_live_later_says_when(at_desk, editor):
    with time_machine.travel("2026-05-03 10:12Z", tick=False) as clock:
        article = publish_article(by=editor)
        clock.move_to("2026-05-01 10:00Z")
        assert (
            "Version 1 goes live 3 May 2026, 10:12 (UTC)."
            in at_desk(editor).get(change_url(article)).content.decode()
        )


def test_pages_of_an_article_that_is_not_there_or_not_ones_own_are_404(at_desk, writer, editor):
    foreign = make_article(owner=editor)
    desk = at_desk(writer)
    for page in ("preview", "unpublish", "publish", "versions", "compare", "restore/1", "links"):
        for key in (foreign.pk, 999_999, "nonsense"):
            assert desk.get(f"/admin/articles/article/{key}/{page}/").status_code == 404, (key, page)
