"""A held comment is seen by its author, by links and tokens that die, and by nobody else."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from comments.models import Comment
from comments.tokens import kept_token, link_token
from tests.factories import publish_article
from tests.factories_comments import make_comment, post_comment

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def article():
    return publish_article(at=NOON)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def held_address(comment, token=None):
    return reverse("comments:held", args=[comment.article.slug, token or link_token(comment)])


def ask(client, article, *tokens, headers=None):
    return client.post(reverse("comments:held_list", args=[article.slug]), {"token": tokens}, headers=headers)


def nothing(*, forget):
    return {"comments": [], "own": [], "forget": forget}


def test_the_link_shows_the_comment_for_ten_minutes_and_then_says_what_happens(client, article, clock):
    comment = make_comment(article, status="pending", body="Mine alone.")
    address = held_address(comment)
    clock.shift(timedelta(minutes=10))
    page = client.get(address)
    assert page.status_code == 200 and "Mine alone." in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert 'name="robots" content="noindex"' in page.content.decode()
    clock.shift(timedelta(seconds=1))
    gone = client.get(address)
    assert gone.status_code == 410 and gone["Cache-Control"] == "no-store"
    assert "Mine alone." not in gone.content.decode()
    assert "Nothing is lost" in gone.content.decode()


def test_a_forged_link_shows_nothing(client, article):
    comment = make_comment(article, status="pending")
    token = link_token(comment)
    for forged in (token[:-1] + ("a" if token[-1] != "a" else "b"), kept_token(comment), "x", "1.1:x:y"):
        assert client.get(held_address(comment, forged)).status_code == 404


def test_a_link_of_one_article_does_not_work_on_another(client, article):
    comment = make_comment(article, status="pending")
    other = publish_article()
    assert client.get(reverse("comments:held", args=[other.slug, link_token(comment)])).status_code == 404


def test_once_approved_the_link_leads_to_the_published_comment(client, article):
    comment = make_comment(article, status="pending")
    address = held_address(comment)
    Comment.objects.all().moderate("approved")
    page = client.get(address).content.decode()
    assert "awaiting moderation" not in page
    assert f"{article.get_absolute_url()}#comment-{comment.pk}" in page


@pytest.mark.parametrize("status", ["spam", "rejected"])
def test_once_refused_the_link_shows_it_no_more(client, article, status):
    comment = make_comment(article, status="pending", body="Buy pills")
    address = held_address(comment)
    Comment.objects.all().moderate(status)
    page = client.get(address)
    assert page.status_code == 410 and "Buy pills" not in page.content.decode()


def test_the_browser_that_keeps_the_token_gets_the_comment_in_its_place(client, article):
    parent = make_comment(article)
    mine = make_comment(article, parent=parent, status="pending", body="Mine <alone>.")
    make_comment(article, status="pending", body="Somebody else's.")
    response = ask(client, article, kept_token(mine))
    assert response["Cache-Control"] == "no-store" and not response.cookies
    answer = response.json()
    assert answer["forget"] == []
    [found] = answer["comments"]
    assert found["parent"] == parent.pk
    assert "Mine &lt;alone&gt;." in found["html"]
    assert "Your comment is awaiting moderation." in found["html"]
    assert "Somebody else" not in str(answer)


@pytest.mark.parametrize("status", ["spam", "rejected"])
def test_what_only_the_checks_have_refused_waits_in_its_writers_eyes(client, article, status):
    comment = make_comment(article, status=status, body="Mine alone.")
    page = client.get(held_address(comment))
    assert page.status_code == 200 and "awaiting moderation" in page.content.decode()
    answer = ask(client, article, kept_token(comment)).json()
    assert "Mine alone." in answer["comments"][0]["html"] and answer["forget"] == []
    Comment.objects.all().moderate("pending")
    Comment.objects.all().moderate(status)
    assert client.get(held_address(comment)).status_code == 410


@pytest.mark.parametrize("status", ["approved", "spam", "rejected"])
def test_tokens_of_decided_comments_are_forgotten(client, article, clock, status):
    comment = make_comment(article, status=status, body="Decided.", moderated_at=NOON)
    token = kept_token(comment)
    clock.shift(timedelta(minutes=15))
    assert ask(client, article, token).json() == nothing(forget=[token])


def test_a_kept_token_dies_after_fourteen_days(client, article, clock):
    token = kept_token(make_comment(article, status="pending"))
    clock.shift(timedelta(days=14))
    assert len(ask(client, article, token).json()["comments"]) == 1
    clock.shift(timedelta(seconds=1))
    assert ask(client, article, token).json() == nothing(forget=[token])


def test_forged_tokens_and_those_of_other_articles_show_nothing(client, article):
    mine = make_comment(article, status="pending")
    elsewhere = make_comment(publish_article(), status="pending")
    bad = [link_token(mine), kept_token(elsewhere), "x", ""]
    assert ask(client, article, *bad).json() == nothing(forget=bad)


def test_asking_with_many_tokens_costs_three_queries(client, article, django_assert_num_queries):
    tokens = [kept_token(make_comment(article, status="pending")) for _ in range(20)]
    with django_assert_num_queries(3):
        assert len(ask(client, article, *tokens).json()["comments"]) == 20


def test_no_page_of_readers_tells_an_email_address_or_its_hash(client, article, clock):
    email = "Secret.Person@reader.example"
    known = make_comment(article, email=email)
    held = make_comment(article, email=email, parent=known, status="pending")
    clock.shift(timedelta(seconds=15))
    posted = post_comment(client, article, email=email)
    pages = [
        client.get(article.get_absolute_url()),
        posted,
        client.get(posted["Location"]),
        client.get(held_address(held)),
        ask(client, article, kept_token(held)),
        client.get(known.get_absolute_url()),
        client.get(f"{known.get_absolute_url()}reply/"),
        client.get("/"),
    ]
    digests = [
        hashlib.new(name, spelt.encode()).hexdigest()
        for name in ("md5", "sha1", "sha256")
        for spelt in (email, email.lower())
    ]
    for response in pages:
        told = f"{response.content.decode()} {response.headers}".lower()
        assert email.lower() not in told and "reader.example" not in told
        assert not any(digest in told for digest in digests)
