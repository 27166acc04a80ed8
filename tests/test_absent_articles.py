"""Where readers end who come by an old address, or for an article that was taken off."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import Article, Edition, FormerAddress
from comments.models import Comment
from shows.models import Show
from tests.factories import make_article, publish_article
from tests.factories_comments import TYPED
from tests.writing import change_url, typed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def move(article, slug):
    article.slug = slug
    article.save()
    return article


def test_an_old_address_leads_to_the_new_one_for_good(client):
    article = move(publish_article(slug="first"), "second")
    response = client.get("/articles/first/")
    assert (response.status_code, response.url) == (301, "/articles/second/")
    assert not response.cookies
    assert client.get(article.get_absolute_url()).status_code == 200


def test_however_often_it_moved_one_step_is_enough(client):
    article = publish_article(slug="first")
    for slug in ("second", "third", "fourth"):
        move(article, slug)
    assert {client.get(f"/articles/{slug}/").url for slug in ("first", "second", "third")} == {
        "/articles/fourth/"
    }


def test_moving_back_leaves_no_loop(client):
    article = move(move(publish_article(slug="first"), "second"), "first")
    assert client.get("/articles/first/").status_code == 200
    assert client.get("/articles/second/").url == article.get_absolute_url()
    assert FormerAddress.objects.count() == 1


def test_pages_below_an_article_move_with_it(client):
    move(publish_article(slug="first"), "second")
    assert client.get("/articles/first/comments/").url == "/articles/second/comments/"


def test_a_comment_that_is_posted_to_the_old_address_is_not_lost(client):
    article = move(publish_article(slug="first"), "second")
    headers = {"sec-fetch-site": "same-origin"}
    response = client.post("/articles/first/comments/", TYPED, headers=headers)
    assert response.status_code == 308
    client.post(response.url, TYPED, headers=headers)
    assert Comment.objects.get().article == article


def test_a_draft_leaves_no_address_behind(client):
    move(make_article(slug="first"), "second")
    assert client.get("/articles/first/").status_code == 404
    assert not FormerAddress.objects.exists()


def test_an_address_of_wordpress_leads_to_its_article(client):
    article = publish_article(slug="imported")
    FormerAddress.objects.create(path="/?p=12", article=article)
    FormerAddress.objects.create(path="/2022/11/imported/", article=article)
    assert client.get("/?p=12").url == client.get("/2022/11/imported/").url == article.get_absolute_url()
    assert client.get("/?p=13").status_code == 200


def test_the_old_address_of_an_unpublished_article_tells_nothing(client):
    article = move(publish_article(slug="first"), "second")
    article.unpublish()
    assert client.get("/articles/first/").status_code == 404


def test_unpublished_for_now_is_not_found(client):
    article = publish_article()
    article.unpublish()
    assert client.get(article.get_absolute_url()).status_code == 404


def test_unpublished_for_good_is_gone_and_points_to_the_show(client):
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    article = publish_article(show=show)
    article.unpublish(absence=Article.Absence.FOR_GOOD)
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert show.get_absolute_url() in response.content.decode()


def test_readers_of_an_unpublished_article_are_sent_to_another_one(client):
    other, article = publish_article(), publish_article()
    article.unpublish(absence=Article.Absence.MOVED, sent_to=other)
    response = client.get(article.get_absolute_url())
    assert (response.status_code, response.url) == (301, other.get_absolute_url())


def test_nobody_is_sent_to_what_is_not_public_itself(client):
    one, two = publish_article(), publish_article()
    one.unpublish(absence=Article.Absence.MOVED, sent_to=two)
    two.unpublish(absence=Article.Absence.MOVED, sent_to=one)
    assert client.get(one.get_absolute_url()).status_code == 404
    assert client.get(two.get_absolute_url()).status_code == 404


def test_it_is_taken_off_at_its_second_by_the_clock_alone(client):
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article()
        article.unpublish(at=NOON + timedelta(minutes=5), absence=Article.Absence.FOR_GOOD)
        clock.shift(299)
        assert client.get(article.get_absolute_url()).status_code == 200
        clock.shift(1)
        assert client.get(article.get_absolute_url()).status_code == 410


def test_an_unpublishing_to_come_can_be_taken_back(client):
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article()
        article.unpublish(at=NOON + timedelta(minutes=5))
        assert article.keep_published() is True
        clock.shift(600)
        assert client.get(article.get_absolute_url()).status_code == 200
        assert article.keep_published() is False


def test_publishing_does_not_forget_an_unpublishing_to_come():
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article()
        article.unpublish(at=NOON + timedelta(minutes=5))
        article.publish()
        clock.shift(300)
        assert not Article.objects.published().exists()


def test_an_unpublished_article_that_is_published_for_later_stays_off_until_then():
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Before")
        article.unpublish()
        article.headline = "After"
        article.save()
        article.publish(at=NOON + timedelta(minutes=5))
        clock.shift(299)
        assert not Edition.objects.live().exists() and not article.is_published
        clock.shift(1)
        assert Edition.objects.live().get().headline == "After" and article.is_published
        article.unpublish()
        assert not Edition.objects.live().exists()


def test_a_version_to_come_is_moved_and_cancelled():
    with time_machine.travel(NOON, tick=False) as clock:
        article = make_article()
        edition = article.publish(at=NOON + timedelta(hours=1))
        assert article.move(edition, NOON + timedelta(hours=2)) is True
        clock.shift(3600)
        assert not article.is_published
        assert article.cancel(edition) is True
        assert article.published_at is None and not article.editions.exists()


def test_what_was_seen_is_neither_moved_nor_cancelled():
    with time_machine.travel(NOON, tick=False) as clock:
        article = make_article()
        edition = article.publish(at=NOON + timedelta(hours=1))
        clock.shift(3601)
        assert article.cancel(edition) is False
        assert article.move(edition, NOON + timedelta(hours=9)) is False
        assert article.is_published


def test_a_version_to_come_stays_or_is_dropped_when_another_is_published():
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="One")
        article.publish(at=NOON + timedelta(hours=1))
        article.publish(at=NOON + timedelta(minutes=1))
        assert [edition.number for edition in article.scheduled_editions] == [3, 2]
        article.publish(drops_scheduled=True)
        assert not article.scheduled_editions.exists()
        clock.shift(7200)
        assert article.live_edition.number == 4


@pytest.mark.parametrize("path", ["/articles/" + "x" * 500 + "/", "/a%00b/", "/articles/%FF/", "/?p=%00"])
def test_odd_addresses_are_just_not_found(client, path):
    assert client.get(path).status_code in (200, 404)


def test_a_former_address_of_another_article_is_taken_over_only_by_a_second_press(at_desk, editor, client):
    other, article = move(publish_article(slug="first", headline="It was here"), "moved"), publish_article()
    desk = at_desk(editor)
    sent = typed(desk, article, slug="first")
    refused = desk.post(change_url(article), sent)
    page = refused.content.decode()
    assert "are led to “It was here”, which had it once" in page
    assert client.get("/articles/first/").url == other.get_absolute_url()
    assert 'name="takes_over" value="first"' in page
    assert desk.post(change_url(article), sent | {"takes_over": "first"}).status_code == 302
    assert client.get("/articles/first/").status_code == 200
