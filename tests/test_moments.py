"""Moments that move: another time for a version, another first date, and who is told when it is live."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from logbook.models import Entry
from mailing.models import Mail
from tests.factories import make_article, publish_article
from tests.writing import page_of, rewrite

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def url(article, name):
    return f"/admin/articles/article/{article.pk}/{name}/"


def scheduled_update(at, **fields):
    """A live article with a second version that is still to come."""
    article = publish_article(headline="Before", **fields)
    edition = rewrite(article, headline="After").publish(at=at, by=fields.get("owner"))
    return article, edition


def headline_of(client, article):
    page = client.get(article.get_absolute_url()).content.decode()
    return "After" if "After" in page else "Before"


def test_a_scheduled_version_gets_another_time_and_goes_live_then(at_desk, editor, client, clock):
    article, edition = scheduled_update(NOON + timedelta(hours=4))
    desk = at_desk(editor)
    assert f"versions/{edition.pk}/move/" in page_of(desk, article, "versions")
    response = desk.post(url(article, f"versions/{edition.pk}/move"), {"at": "2026-05-05T13:00"}, follow=True)
    assert "Version 2 goes live 5 May 2026, 13:00 (UTC), not 5 May 2026, 16:00 (UTC)." in (
        response.content.decode()
    )
    clock.shift(3599)
    assert headline_of(client, article) == "Before"
    clock.shift(1)
    assert headline_of(client, article) == "After"
    assert Entry.objects.about(article).get().action == Entry.Action.RESCHEDULED


def test_a_moment_that_has_passed_is_refused_and_the_version_stays_where_it_was(at_desk, editor, clock):
    article, edition = scheduled_update(NOON + timedelta(hours=4))
    response = at_desk(editor).post(url(article, f"versions/{edition.pk}/move"), {"at": "2026-05-05T11:59"})
    assert "That moment has passed." in response.content.decode()
    assert article.scheduled_editions.get().published_at == NOON + timedelta(hours=4)


def test_what_went_live_meanwhile_is_not_moved(at_desk, editor, clock, client):
    article, edition = scheduled_update(NOON + timedelta(minutes=1))
    clock.shift(120)
    response = at_desk(editor).post(
        url(article, f"versions/{edition.pk}/move"), {"at": "2026-05-06T12:00"}, follow=True
    )
    assert "Too late: readers see that version already." in response.content.decode()
    assert headline_of(client, article) == "After"


@pytest.mark.parametrize("name", ["versions/{}/move", "first-published"])
def test_moments_are_for_those_who_publish(at_desk, writer, clock, name):
    article, edition = scheduled_update(NOON + timedelta(hours=4), owner=writer)
    response = at_desk(writer).post(url(article, name.format(edition.pk)), {"at": "2026-05-05T13:00"})
    assert response.status_code == 403


def test_an_editor_sets_the_date_of_first_publication(at_desk, editor, client, clock):
    article = publish_article(headline="From the old site")
    response = at_desk(editor).post(url(article, "first-published"), {"at": "2022-11-08T09:30"})
    assert response.status_code == 302
    page = client.get(article.get_absolute_url()).content.decode()
    assert "8 Nov 2022" in page and "2022-11-08T09:30:00" in page
    assert Entry.objects.about(article).get().detail.startswith("First published 8 Nov 2022, 09:30 (UTC)")


def test_publishing_again_keeps_the_date_that_an_editor_set(at_desk, editor, client, clock):
    article = publish_article(headline="From the old site")
    at_desk(editor).post(url(article, "first-published"), {"at": "2022-11-08T09:30"})
    clock.shift(3600)
    article.refresh_from_db()
    rewrite(article, headline="After").publish()
    assert "8 Nov 2022" in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2026-05-06T12:00", "the first cannot be later"),
        ("yesterday", "Enter a valid date/time."),
        ("", "This field is required."),
    ],
)
def test_a_first_date_that_cannot_be_is_refused_with_a_sentence(at_desk, editor, clock, at, sentence):
    article = publish_article()
    response = at_desk(editor).post(url(article, "first-published"), {"at": at})
    assert sentence in response.content.decode()
    article.refresh_from_db()
    assert article.published_at == NOON


def test_a_draft_has_no_date_of_first_publication(at_desk, editor, clock):
    article = make_article()
    response = at_desk(editor).post(url(article, "first-published"), {"at": "2022-11-08T09:30"})
    assert "publish it first" in response.content.decode()
    article.refresh_from_db()
    assert article.published_at is None


@pytest.mark.django_db(transaction=True)
class TestNotices:
    """Mails about what is due: tasks that wait for its moment, and look before they tell."""

    def test_whoever_scheduled_it_and_whose_it_is_are_told_once_it_is_live(
        self, queue, editor, writer, clock
    ):
        article = publish_article(headline="Before", owner=writer)
        rewrite(article, headline="After").publish(at=NOON + timedelta(hours=1), by=editor)
        queue.work()
        assert not Mail.objects.exists()
        clock.shift(3601)
        queue.work()
        assert {mail.key for mail in Mail.objects.all()} == {
            f"live-{article.live_edition.pk}-to-user-{person.pk}" for person in (editor, writer)
        }

    def test_nobody_is_told_of_what_was_taken_back(self, queue, editor, clock):
        article, edition = scheduled_update(NOON + timedelta(hours=1), owner=editor)
        article.cancel(edition)
        clock.shift(3601)
        queue.work()
        assert not Mail.objects.exists()

    def test_a_version_that_was_moved_is_told_of_once_and_not_before(self, queue, editor, clock):
        article, edition = scheduled_update(NOON + timedelta(hours=1), owner=editor)
        article.move(edition, NOON + timedelta(hours=2))
        clock.shift(3601)
        queue.work()
        assert not Mail.objects.exists()
        clock.shift(3600)
        queue.work()
        assert Mail.objects.count() == 1

    def test_nobody_is_told_that_an_unpublished_article_is_live(self, queue, editor, clock):
        article, _edition = scheduled_update(NOON + timedelta(hours=1), owner=editor)
        article.unpublish(at=NOON + timedelta(minutes=30))
        clock.shift(3601)
        queue.work()
        assert not Mail.objects.exists()
