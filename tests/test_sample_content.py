"""What stands in a site with the sample content, which is loaded once for all tests here."""

from datetime import date

import pytest
from django.db import transaction

from articles.models import Article, Edition
from comments.models import Comment
from shows.models import ChartEntry, Decision, Rating, Show
from tests.sampling import load_sample
from tracker.forecasts import Asked, ForecastBoard

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def sample(django_db_setup, django_db_blocker):
    """In a transaction around those of the tests, which is rolled back after the last of them."""
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        load_sample()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def test_the_imperfects_is_cancelled_and_its_neighbours_are_what_is_known_of_them():
    shows = {show.slug: show for show in Show.objects.with_status()}
    assert shows["the-imperfects"].status == "cancelled"
    assert "8 Nov 2022" in str(shows["the-imperfects"].status_reason)
    assert shows["the-order"].status == "cancelled"
    assert shows["cobra-kai"].status == "ended"
    assert shows["devil-in-ohio"].status == "ended"
    assert shows["the-i-land"].status == "ended"
    assert shows["wu-assassins"].status == "unknown"
    assert shows["manifest"].status == "ended"


def test_every_decision_and_rating_has_a_source():
    assert not Decision.objects.filter(source_name="").exists()
    assert not Rating.objects.filter(source_url="").exists()


def test_forecasts_are_right_and_wrong_and_enough_to_be_scored():
    score = ForecastBoard(Asked(), on=date(2026, 11, 30)).score
    assert dict(score.counts) == {
        "open": 1,
        "right": 21,
        "wrong": 5,
        "replaced": 1,
        "withdrawn": 1,
        "undecided": 1,
    }
    assert sum(each.share is not None for each in score.steps) == 4


def test_the_chart_holds_the_run_and_the_tenth_place_of_the_week_after_it():
    run = ChartEntry.objects.filter(season__show__slug="the-imperfects").order_by("week_ending")
    assert [entry.rank for entry in run] == [3, 4, 9]
    (left,) = ChartEntry.objects.tenth_places([("tv_english", date(2022, 10, 2))]).values()
    assert left.hours_viewed == 9_130_000


def test_readers_see_what_is_published_and_the_desk_has_more():
    live = Edition.objects.live()
    assert live.count() == Article.objects.count() - 1
    draft = Article.objects.get(published_at=None)
    assert draft.newest_edition is None
    ahead = [article.slug for article in Article.objects.published() if article.has_unpublished_changes()]
    assert ahead == ["gone-by-the-third-week"]


def test_the_story_of_the_imperfects_was_published_and_updated():
    article = Article.objects.get(slug="the-imperfects-cancelled-one-season")
    assert article.published_at.date().isoformat() == "2022-11-10"
    first, second = article.editions.order_by("number")
    assert first.standfirst != second.standfirst
    assert article.live_edition == second
    assert second.byline == "Imogen Tarrant and Callum Adeyemi"


def test_replies_hang_in_the_thread_of_what_they_answer_and_come_after_it():
    replies = Comment.objects.exclude(parent=None).select_related("parent", "article")
    assert max(reply.depth for reply in replies) >= 3
    for reply in replies:
        assert reply.article_id == reply.parent.article_id
        assert reply.thread_id == (reply.parent.thread_id or reply.parent_id)
        assert reply.depth == reply.parent.depth + 1
        assert reply.created_at > reply.parent.created_at


def test_comments_come_after_their_article_and_are_decided_unless_they_wait():
    for comment in Comment.objects.select_related("article"):
        assert comment.created_at > comment.article.published_at
        decided = [event.created_at for event in comment.events.filter(to_status=comment.status)]
        assert decided == ([comment.moderated_at] if comment.moderated_at else [])
        assert (comment.moderated_at is None) == (comment.status == Comment.Status.PENDING)


def test_a_comment_of_the_sample_is_reported_and_waits_for_an_answer():
    assert Comment.objects.filter(reports__settled_at=None, reports__isnull=False).distinct().count() == 1
