"""Pages of comments that a process remembers: asked for once, and never other than the database has them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.drawing import Artist
from comments.models import Comment, CommentPolicy
from comments.threads import Discussion, Thread
from pagestore import by_heart
from pagestore.readings import Readings
from tests.factories import publish_article
from tests.factories_comments import make_comment, post_comment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_numbers")]
NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def article():
    """One with two conversations, of one and of sixty replies."""
    article = publish_article()
    for number, replies in enumerate([1, 60]):
        root = make_comment(article, body=f"Conversation {number}", created_at=NOON + timedelta(days=number))
        for n in range(replies):
            moment = root.created_at + timedelta(minutes=n + 1)
            make_comment(article, body=f"Answer {number}.{n}", parent=root, created_at=moment)
    return article


def said(pattern):
    return Comment.objects.get(body=pattern)


def read(article):
    """What three pages show: the article's, the long conversation's first and its last."""
    root = Comment.objects.get(article=article, body__startswith="Conversation 1")
    first = Thread(article, root)
    moment, pk = first.following.split("-")
    cursor = datetime.fromtimestamp(int(moment) / 1_000_000, UTC), int(pk)
    return [(page.html, page.count, page.following) for page in (Discussion(article), first)] + [
        Thread(article, root, cursor=cursor).html
    ]


CHANGES = {
    "edited": lambda: Comment.objects.filter(body="Answer 0.0").update(body="Answer 0.0, put better"),
    "taken down": lambda: Comment.objects.filter(body="Answer 1.3").update(status="spam"),
    "renamed": lambda: Comment.objects.filter(body="Conversation 0").update(name="Ada"),
    "beyond what is shown": lambda: Comment.objects.filter(body="Answer 1.55").delete(),
    "moved": lambda: Comment.objects.filter(body="Answer 1.20").update(created_at=NOON + timedelta(days=9)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_they_are_what_is_read_anew(article, change, settings):
    before = read(article)
    assert read(article) == before
    assert CHANGES[change]()
    after = read(article)
    settings.DEBUG = True
    assert after == read(article) and after != before


def test_another_policy_is_another_page(article):
    assert "avatar" in Discussion(article).html
    CommentPolicy(show_avatars=False, threads_per_page=5, first_page="newest").save()
    page = Discussion(article)
    assert "avatar" not in page.html and page.html.index("Conversation 1") < page.html.index("Conversation 0")


def test_what_is_remembered_costs_one_query(article, django_assert_num_queries):
    policy = CommentPolicy.current()
    assert Discussion(article, policy=policy).html
    with django_assert_num_queries(1):
        page = Discussion(article, policy=policy)
        assert page.html and page.count == 63 and not page.following


def test_of_a_changed_discussion_only_the_changed_thread_is_drawn(article, monkeypatch):
    assert Discussion(article).html
    Comment.objects.filter(body="Answer 0.0").update(body="Answer 0.0, put better")
    drawn, draw = [], Artist.comment

    def noting(self, row, *more):
        drawn.append(row.body)
        return draw(self, row, *more)

    monkeypatch.setattr(Artist, "comment", noting)
    assert "put better" in Discussion(article).html
    assert drawn == ["Conversation 0", "Answer 0.0, put better"]


def read_by(queries):
    """The tables that a request's queries read; of the numbers of tables it asks by name."""
    return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(query["sql"] for query in queries)))


def test_further_pages_find_the_article_as_it_is(client, article):
    address = reverse("comments:thread", args=[article.slug, said("Conversation 1").pk])
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= 5 and "articles_edition" not in read_by(captured)
    type(article).objects.update(withdrawn_at=NOON)
    assert client.get(address).status_code == 404


CLOSED = {
    "the article": lambda article: type(article).objects.update(comments_mode="closed"),
    "the policy": lambda article: CommentPolicy(close_after_days=0).save(),
    "its withdrawal": lambda article: type(article).objects.update(withdrawn_at=NOON),
}


@pytest.mark.parametrize("closed", CLOSED)
def test_who_has_taken_a_comment_takes_no_other_once_they_are_closed(client, closed):
    article = publish_article()
    type(article).objects.update(published_at=NOON)
    assert post_comment(client, article, comment="One.").status_code == 303
    CLOSED[closed](article)
    assert post_comment(client, article, comment="Another.").status_code in (403, 404)


def test_numbers_of_a_moment_ago_keep_nothing_old(article, monkeypatch):
    monkeypatch.setattr(by_heart, "_readings", Readings(believed_for=60))
    assert Discussion(publish_article()).html == ""
    for n in range(3):
        Comment.objects.filter(parent=None).update(body=f"Said for the {n}th time")
        assert f"Said for the {n}th time" in Discussion(article).html
        assert Discussion(article).html == Discussion(article).html


def test_the_next_comment_asks_for_neither_article_nor_rules(client):
    article, asked = publish_article(), []
    for n in (1, 2):
        with CaptureQueriesContext(connection) as captured:
            assert post_comment(client, article, email=f"r{n}@reader.example").status_code == 303
        asked.append(read_by(captured) & {"articles_article", "comments_commentpolicy"})
    assert asked == [{"articles_article", "comments_commentpolicy"}, set()]
