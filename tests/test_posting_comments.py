"""Posting a comment: what is stored, what is refused, and that nothing typed is ever cut or lost."""

import threading
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Publication
from comments.models import Comment
from tests.factories import make_article, publish_article
from tests.factories_comments import TYPED, address_of, make_comment, post_comment

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
DECOMPOSED = unicodedata.normalize("NFD", "é")


@pytest.fixture
def article():
    return publish_article(headline="One season and out", at=NOON)


def text_of(response):
    return response.content.decode()


def test_a_comment_is_stored_as_typed_and_held(client, article):
    response = post_comment(client, article, comment="Line one\r\nline <b>two</b>", website="example.org")
    comment = Comment.objects.get()
    assert (comment.name, comment.email) == ("Mara", "mara@reader.example")
    assert comment.body == "Line one\nline <b>two</b>"
    assert comment.website == "https://example.org"
    assert comment.status == Comment.Status.PENDING
    assert response.status_code == 303


def test_the_page_after_posting_shows_the_comment_as_held(client, article):
    response = client.get(post_comment(client, article)["Location"])
    assert response.status_code == 200
    assert "Your comment is awaiting moderation." in text_of(response)
    assert "It deserved a second season." in text_of(response)
    assert article.get_absolute_url() in text_of(response)


def test_a_held_comment_is_not_on_the_article(client, article):
    post_comment(client, article)
    page = text_of(client.get(article.get_absolute_url()))
    assert "0 comments" in page
    assert "It deserved a second season." not in page


def test_posting_sets_no_cookie_and_is_never_kept(client, article):
    stored = post_comment(client, article)
    refused = post_comment(client, article, name="")
    for response in (stored, client.get(stored["Location"]), refused):
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies and "Cookie" not in response.get("Vary", "")


def test_the_form_has_the_words_that_everybody_knows(client, article):
    page = text_of(client.get(article.get_absolute_url()))
    for words in (
        "Leave a Comment",
        "Your email address will not be published. Required fields are marked *",
        ">Comment *</label>",
        ">Name *</label>",
        ">Email *</label>",
        ">Website</label>",
        "Save my name, email, and website in this browser for the next time I comment.",
        "Post Comment</button>",
    ):
        assert words in page
    assert "csrfmiddlewaretoken" not in page and "maxlength" not in page
    assert f'action="{address_of(article)}"' in page


def test_house_rules_stand_above_the_form(client, article):
    Publication.objects.create(name="Gazette", house_rules="Be kind.\n\n<No shouting>")
    page = text_of(client.get(article.get_absolute_url()))
    assert page.index("Leave a Comment") < page.index("<p>Be kind.</p>") < page.index("<form")
    assert "&lt;No shouting&gt;" in page


def test_a_refused_comment_keeps_everything_and_says_what_is_wrong(client, article):
    response = post_comment(
        client, article, name=" ", email="mara@", website="ftp://x.example", remember="on"
    )
    page = text_of(response)
    assert response.status_code == 422
    assert not Comment.objects.exists()
    assert "It deserved a second season." in page and 'value="mara@"' in page and "ftp://x.example" in page
    assert "One season and out" in page and article.get_absolute_url() in page
    assert '<p class="error" id="respond-name_error">Please say what to call you.</p>' in page
    assert 'aria-describedby="respond-email_error"' in page and 'id="respond-email_error"' in page
    assert page.count('aria-invalid="true"') == 3
    assert 'name="robots" content="noindex"' in page
    assert "checked" in page


@pytest.mark.parametrize(
    ("field", "limit"), [("comment", 65_525), ("name", 245), ("email", 100), ("website", 200)]
)
def test_a_limit_is_counted_refused_and_never_cut(client, article, field, limit):
    def typed(length):
        start, end = {"email": ("", "@reader.example"), "website": ("https://a.example/", "")}.get(
            field, ("", "")
        )
        return start + "x" * (length - len(start) - len(end)) + end

    # The part of an e-mail address before the @ has a limit of 64 of its own, so it takes a long domain.
    fits = "m@" + ".".join(["x" * 47, "y" * 42, "example"]) if field == "email" else typed(limit)
    assert len(fits) == limit
    too_long = fits.replace("y", "yy", 1) if field == "email" else typed(limit + 1)
    assert post_comment(client, article, **{field: fits}).status_code == 303
    response = post_comment(client, article, **{field: too_long})
    assert response.status_code == 422
    assert too_long in text_of(response)
    assert f"at most {limit:,} are possible" in text_of(response)
    stored = Comment.objects.get()
    assert getattr(stored, "body" if field == "comment" else field) == fits


def test_length_is_counted_as_it_would_be_stored(client, article):
    # Twice as long as sent: decomposed letters, and carriage returns that browsers add.
    text = (DECOMPOSED + "\r\n") * 30_000
    assert len(text) > 65_525
    assert post_comment(client, article, comment=text).status_code == 303
    assert Comment.objects.get().body == "\n".join(["é"] * 30_000)


def test_control_characters_are_removed_and_names_are_one_line(client, article):
    post_comment(client, article, comment="a\x00b\x07c\td\x85", name="Ma\x00ra \n\t of  Leeds")
    comment = Comment.objects.get()
    assert (comment.body, comment.name) == ("abc\td", "Mara of Leeds")


@pytest.mark.parametrize("invisible", ["\u200b\u200d", "\u00a0 \u2003", "\u202e"])
def test_a_comment_of_nothing_visible_is_refused(client, article, invisible):
    assert post_comment(client, article, comment=invisible).status_code == 422
    assert post_comment(client, article, name=invisible).status_code == 422


def test_a_closed_article_takes_no_comment_and_gives_the_text_back(client):
    article = publish_article(comments_mode="closed")
    response = post_comment(client, article)
    assert response.status_code == 403
    assert "Comments are closed." in text_of(response)
    assert "It deserved a second season." in text_of(response)
    assert not Comment.objects.exists()


def test_a_closed_article_says_so_and_keeps_what_stands(client):
    article = publish_article(comments_mode="closed")
    make_comment(article, body="Said before.")
    page = text_of(client.get(article.get_absolute_url()))
    assert "Comments are closed." in page and "Said before." in page
    assert "<form" not in page and ">Reply<" not in page


def test_a_draft_and_a_missing_article_answer_alike(client):
    draft = make_article(headline="Secret")
    withdrawn = publish_article(headline="Gone")
    withdrawn.unpublish()
    answers = [post_comment(client, article) for article in (draft, withdrawn)]
    answers.append(client.post("/articles/never-was/comments/", TYPED))
    assert [response.status_code for response in answers] == [404, 404, 404]
    assert not Comment.objects.exists()


def test_the_address_that_takes_comments_leads_readers_to_them(client, article):
    response = client.get(address_of(article))
    assert response.status_code == 302
    assert response["Location"] == article.get_absolute_url() + "#comments"


def test_a_reply_stands_in_the_thread_of_its_parent(client, article):
    top = make_comment(article)
    middle = make_comment(article, parent=top)
    post_comment(client, article, parent=middle.pk)
    reply = Comment.objects.pending().get()
    assert (reply.parent, reply.thread, reply.depth) == (middle, top, 2)


@pytest.mark.parametrize("kind", ["pending", "elsewhere", "missing", "huge"])
def test_only_an_approved_comment_of_the_article_can_be_answered(client, article, kind):
    parent = {
        "pending": lambda: make_comment(article, status="pending").pk,
        "elsewhere": lambda: make_comment(publish_article()).pk,
        "missing": lambda: 10**6,
        "huge": lambda: 10**30,
    }[kind]()
    before = Comment.objects.count()
    response = post_comment(client, article, parent=parent)
    assert response.status_code == 422
    assert "no longer there" in text_of(response)
    assert "It deserved a second season." in text_of(response)
    assert f'name="parent" value="{parent}"' not in text_of(response)
    assert Comment.objects.count() == before


def test_the_page_of_a_refused_reply_still_answers(client, article):
    parent = make_comment(article, name="Theo")
    page = text_of(post_comment(client, article, parent=parent.pk, email=""))
    assert "Leave a Reply to Theo" in page
    assert f'name="parent" value="{parent.pk}"' in page


def test_the_same_post_within_ten_minutes_is_the_same_post(client, article):
    with time_machine.travel(NOON, tick=False) as clock:
        post_comment(client, article)
        clock.shift(timedelta(minutes=10))
        again = post_comment(client, article, email="MARA@reader.example", comment=TYPED["comment"] + " \r\n")
        assert again.status_code == 303
        assert "It deserved a second season." in text_of(client.get(again["Location"]))
    assert Comment.objects.count() == 1


def test_later_it_is_a_comment_that_was_posted_already(client, article):
    with time_machine.travel(NOON, tick=False) as clock:
        post_comment(client, article)
        clock.shift(timedelta(minutes=10, seconds=1))
        response = post_comment(client, article)
    assert response.status_code == 409
    assert "You have already posted this comment here." in text_of(response)
    assert "It deserved a second season." in text_of(response)
    assert Comment.objects.count() == 1


def test_who_repeats_a_published_comment_from_elsewhere_may_not_change_it(client, article):
    post_comment(client, article)
    Comment.objects.all().moderate(Comment.Status.APPROVED)
    response = post_comment(Client(REMOTE_ADDR="198.51.100.7"), article)
    assert response.status_code == 409
    assert "You have already posted this comment here." in text_of(response)
    assert post_comment(client, article).status_code == 303


@pytest.mark.parametrize("other", ["article", "parent", "comment", "name", "email"])
def test_what_differs_in_anything_is_another_post(client, article, other):
    elsewhere, parent = publish_article(), make_comment(article)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        post_comment(client, article)
        clock.shift(timedelta(seconds=15))
        if other == "article":
            post_comment(client, elsewhere)
        elif other == "parent":
            post_comment(client, article, parent=parent.pk)
        else:
            post_comment(client, article, **{other: "z" + TYPED[other]})
    assert Comment.objects.pending().count() == 2


def test_posting_asks_the_database_little(client, article, django_assert_max_num_queries):
    parent = make_comment(article)
    # All in all, beginning and end of the transaction included; a page takes more to draw.
    with django_assert_max_num_queries(10):
        post_comment(client, article, parent=parent.pk)


@pytest.mark.django_db(transaction=True)
def test_posts_sent_at_once_are_stored_once_and_answered_alike():
    article = publish_article(at=NOON)
    locations, errors = [], []
    together = threading.Barrier(8)

    def typed(n):
        return {"comment": f"Thought {n}.", "email": f"mara{n}@reader.example"}

    def post(n):
        try:
            together.wait(timeout=20)
            locations.append(post_comment(Client(), article, **typed(n))["Location"])
        except Exception as error:  # whatever it is, the test must show it
            errors.append(error)
        finally:
            connection.close()

    for n in range(5):
        threads = [threading.Thread(target=post, args=[n]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []
    assert sorted(Comment.objects.values_list("body", flat=True)) == [f"Thought {n}." for n in range(5)]
    assert len(locations) == 40
    held = reverse("comments:held", args=[article.slug, "x"]).removesuffix("x/")
    assert all(location.startswith(held) for location in locations)
