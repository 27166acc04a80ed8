"""The sample goes into an empty site once, whole, and the way the newsroom would have put it there."""

from io import StringIO

import pytest
from django.core.management import call_command
from PIL import Image as PillowImage

from articles.models import Article, Category, Edition, MenuEntry, Publication
from comments.models import Comment
from samples.illustrations import PICTURES
from samples.loading import COUNTED, has_content
from shows.models import ChartEntry, Decision, Rating, Show


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch):
    """Pictures of one colour each: drawing and scaling the real ones takes seconds."""
    shades = {name: (number * 9, 60, 90) for number, name in enumerate(PICTURES)}
    monkeypatch.setattr(
        "samples.loading.articles.draw", lambda name: PillowImage.new("RGB", (32, 18), shades[name])
    )


@pytest.fixture
def sample(db):
    return load_sample()


def load_sample():
    said = StringIO()
    call_command("load_sample", stdout=said)
    return said.getvalue()


def counts():
    return {model: model.objects.count() for model in (*COUNTED, Edition, MenuEntry)}


def test_loading_says_what_was_loaded(sample):
    assert sample.startswith("Loaded ")
    assert f"{Show.objects.count()} shows" in sample
    assert f"{Article.objects.count()} articles" in sample


def test_loading_twice_changes_nothing(sample):
    before = counts()
    Show.objects.filter(slug="the-imperfects").update(synopsis="Edited by somebody.")
    assert "nothing was changed" in load_sample()
    assert counts() == before
    assert Show.objects.get(slug="the-imperfects").synopsis == "Edited by somebody."


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Publication, {"name": "The Evening Reel"}),
        (Show, {"title": "Our own", "slug": "our-own"}),
        (Category, {"name": "Renewals", "slug": "renewals"}),
    ],
)
def test_a_site_with_content_of_its_own_is_left_alone(db, model, values):
    model.objects.create(**values)
    assert "content already" in load_sample()
    assert model.objects.count() == 1
    assert not Article.objects.exists()


def test_a_loading_that_fails_leaves_the_site_empty(db, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("samples.loading.load_comments", fail)
    with pytest.raises(RuntimeError):
        load_sample()
    assert not has_content()


def test_the_imperfects_is_cancelled_and_its_neighbours_are_what_is_known_of_them(sample):
    shows = {show.slug: show for show in Show.objects.with_status()}
    assert shows["the-imperfects"].status == "cancelled"
    assert "8 Nov 2022" in str(shows["the-imperfects"].status_reason)
    assert shows["the-order"].status == "cancelled"
    assert shows["cobra-kai"].status == "ended"
    assert shows["devil-in-ohio"].status == "ended"
    assert shows["the-i-land"].status == "ended"
    assert shows["wu-assassins"].status == "unknown"
    assert shows["manifest"].status == "ended"


def test_every_decision_and_rating_has_a_source(sample):
    assert not Decision.objects.filter(source_name="").exists()
    assert not Rating.objects.filter(source_url="").exists()


def test_the_chart_holds_the_run_and_the_tenth_place_of_the_week_after_it(sample):
    run = ChartEntry.objects.filter(season__show__slug="the-imperfects").order_by("week_ending")
    assert [entry.rank for entry in run] == [3, 4, 9]
    last = run.with_next_tenth().last()
    assert last.next_tenth_hours == 9_130_000


def test_readers_see_what_is_published_and_the_desk_has_more(sample):
    live = Edition.objects.live()
    assert live.count() == Article.objects.count() - 1
    draft = Article.objects.get(published_at=None)
    assert draft.newest_edition is None
    ahead = [article.slug for article in Article.objects.published() if article.has_unpublished_changes()]
    assert ahead == ["gone-by-the-third-week"]


def test_the_story_of_the_imperfects_was_published_and_updated(sample):
    article = Article.objects.get(slug="the-imperfects-cancelled-one-season")
    assert article.published_at.date().isoformat() == "2022-11-10"
    first, second = article.editions.order_by("number")
    assert first.standfirst != second.standfirst
    assert article.live_edition == second
    assert second.byline == "Imogen Tarrant and Callum Adeyemi"


def test_replies_hang_in_the_thread_of_what_they_answer_and_come_after_it(sample):
    replies = Comment.objects.exclude(parent=None).select_related("parent", "article")
    assert max(reply.depth for reply in replies) >= 3
    for reply in replies:
        assert reply.article_id == reply.parent.article_id
        assert reply.thread_id == (reply.parent.thread_id or reply.parent_id)
        assert reply.depth == reply.parent.depth + 1
        assert reply.created_at > reply.parent.created_at


def test_comments_come_after_their_article_and_are_decided_unless_they_wait(sample):
    for comment in Comment.objects.select_related("article"):
        assert comment.created_at > comment.article.published_at
        decided = [event.created_at for event in comment.events.filter(to_status=comment.status)]
        assert decided == ([comment.moderated_at] if comment.moderated_at else [])
        assert (comment.moderated_at is None) == (comment.status == Comment.Status.PENDING)


def test_the_draft_belongs_to_the_writer_where_there_is_one(writer):
    load_sample()
    assert Article.objects.get(published_at=None).owner == writer


def test_a_comment_of_the_sample_is_reported_and_waits_for_an_answer(sample):
    assert Comment.objects.filter(reports__settled_at=None, reports__isnull=False).distinct().count() == 1
