"""Hostile texts in every field and address: shown as text, or refused; never an error of ours.

What a browser makes of them is in `test_hostile_comments_browser.py`.
"""

from itertools import batched
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from comments.forms import CommentForm
from comments.models import Comment, CommentPolicy, Report
from comments.text import tidied
from comments.tokens import kept_token
from tests.factories import make_publication, publish_article
from tests.factories_comments import TYPED, address_of, make_comment
from tests.hostile import OWN, Markup, payloads, plain, wired

pytestmark = pytest.mark.django_db
OURS = {"sec-fetch-site": "same-origin"}
TEXTS = [wired(text) for text in payloads()]
# For fields that take one of few words, where the others would only meet the same refusal.
SOME = [wired(text) for text in OWN] + TEXTS[::20]


def together(texts, most):
    """The texts in as few as have at most so many characters each."""
    whole = ""
    for text in texts:
        if whole and len(whole) + len(text) >= most:
            yield whole
            whole = ""
        whole = f"{whole}\n{text}" if whole else text
    yield whole


@pytest.fixture
def article():
    make_publication("Cold Open")
    CommentPolicy(posts_an_hour=1_000_000, threads_per_page=10_000, hold_at_links=0).save()
    return publish_article(headline="One season and out")


def post(article, number, **typed):
    """A post of the reader with this number, so that no limit of one reader's is met."""
    fields = {**TYPED, "email": f"reader{number}@reader.example", **typed}
    return Client().post(address_of(article), fields, headers=OURS)


def shown(page):
    """A page, read; fails where it would run or load anything."""
    markup = Markup(page)
    assert markup.dangers == []
    return markup


def test_every_hostile_comment_and_name_is_stored_whole_and_shown_as_text(article):
    usual = shown(Client().get(article.get_absolute_url()).content.decode()).tags
    for number, text in enumerate(TEXTS):
        told = text.replace("\0", "")
        hidden = {"form_token": told, "confirmation": told, "remember": told, "notify": told}
        response = post(article, number, comment=f"{text}\n{number}.", name=f"{text} {number}", **hidden)
        assert response.status_code in {303, 422}, text
        if response.status_code == 422:
            assert len(text) > 200, text
            shown(response.content.decode())
    comments = list(Comment.objects.order_by("pk"))
    assert len(comments) >= 0.95 * len(TEXTS)
    stored = {comment.body for comment in comments}
    assert {tidied(f"{text}\n{n}.") for n, text in enumerate(TEXTS) if len(text) < 200} <= stored
    Comment.objects.update(status="approved")

    page = shown(Client().get(article.get_absolute_url()).content.decode())

    spoilers = {"details", "summary"}
    assert page.tags - usual <= {
        "p",
        "br",
        "a",
        "time",
        "article",
        "b",
        "bdi",
        "span",
        "ol",
        "ul",
        "li",
        *spoilers,
    }
    whole = page.text.replace("|", "")
    for comment in comments:
        assert plain(comment.name) in whole, comment.name
        for part in comment.body.split("||"):
            assert plain(part) in whole, comment.body


def test_hostile_addresses_websites_parents_and_traps_are_refused_or_kept_as_text(article):
    everywhere = [{"email": text, "website": text, "parent": text} for text in TEXTS]
    # The form is asked about each; what it refuses is sent many at a time, for the page costs far more.
    policy = CommentPolicy.current()
    everywhere += [{"website": text} for text in TEXTS]
    taken = [
        typed
        for typed in everywhere
        if CommentForm({**TYPED, **typed}, article=article, policy=policy).is_valid()
    ]
    refused = [{"email": text, "website": text, "parent": text} for text in together(TEXTS, 1000)]
    alone = [{field: text} for text in SOME for field in ("website", "subject")]
    for number, typed in enumerate([*taken, *refused, *alone]):
        response = post(article, number, **typed)
        assert response.status_code in {303, 422}, typed
        assert response.status_code == 303 or typed not in taken, typed
        if response.status_code == 422:
            page = shown(response.content.decode())
            assert all(plain(text) in page.text.replace("|", "") for text in typed.values()), typed
    for comment in Comment.objects.exclude(website=""):
        assert comment.website.startswith(("http://", "https://")) and "@" not in comment.website


def test_hostile_reports_are_refused_or_stored_whole(article):
    comment = make_comment(article)
    path = reverse("comments:report", args=[article.slug, comment.pk])
    details = list(together(TEXTS, 500))
    sent = [{"reason": "other", "details": text} for text in details]
    sent += [{"reason": text, "details": text, "subject": text} for text in SOME]
    for number, typed in enumerate(sent):
        response = Client().post(
            path, typed, headers=OURS, REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}"
        )
        assert response.status_code in {200, 422}, typed
        shown(response.content.decode())
    stored = set(Report.objects.values_list("details", flat=True))
    assert {tidied(text) for text in details if len(text) <= 500} <= stored


def test_hostile_edits_of_ones_own_comment_are_stored_whole_or_refused(article):
    comment = make_comment(article, status="pending")
    path = reverse("comments:own", args=[article.slug, kept_token(comment)])
    for texts in batched(TEXTS, 20):
        for text in ("\n".join(texts), texts[0]):
            fields = {"comment": text, "version": text, "act": text, "shown": text}
            response = Client().post(path, fields, headers=OURS)
            assert response.status_code in {200, 302, 303, 409, 410, 422}, text
            shown(response.content.decode())


def test_hostile_tokens_and_addresses_lead_nowhere(article):
    names = ["held", "own", "confirm", "unsubscribe", "your_data_of"]
    for number, text in enumerate(SOME):
        name = names[number % len(names)]
        place = [article.slug] if name in {"held", "own"} else []
        token = text.replace("/", "-") or "-"
        path = reverse(f"comments:{name}", args=[*place, "X"]).replace("X", quote(token, safe=""))
        posted = Client().post(path, {"act": text, "texts": text}, headers=OURS)
        for response in (Client().get(path), posted):
            assert response.status_code in {301, 404, 405, 410}, path
            shown(response.content.decode())
    response = Client().post(
        reverse("comments:held_list", args=[article.slug]), {"token": TEXTS}, headers=OURS
    )
    assert response.json()["comments"] == []


def test_hostile_queries_of_readers_pages_are_no_error(article):
    comment = make_comment(article)
    pages = [
        article.get_absolute_url(),
        address_of(article),
        reverse("comments:thread", args=[article.slug, comment.pk]),
        reverse("comments:reply", args=[article.slug, comment.pk]),
        reverse("comments:report", args=[article.slug, comment.pk]),
        reverse("comments:feed", args=[article.slug]),
        reverse("comments:site_feed"),
        reverse("comments:your_data"),
        "/articles/",
        "/newsroom/edit-link/",
    ]
    asked = [(pages[1], text) for text in TEXTS]
    asked += [(pages[number % len(pages)], text) for number, text in enumerate(SOME)]
    for path, text in asked:
        query = {"after": text, "page": text, "path": text, text[:50] or "x": text, "email": text}
        response = Client().get(path, query)
        assert response.status_code in {200, 204, 302, 400, 404}, (path, text)
        if response["Content-Type"].startswith("text/html"):
            shown(response.content.decode())


def test_hostile_questions_about_ones_own_data_are_answered_like_any_other(article, mailoutbox):
    for email in [*SOME, *(f"{text}@reader.example" for text in SOME)]:
        response = Client().post(reverse("comments:your_data"), {"email": email}, headers=OURS)
        assert response.status_code in {200, 422}, email
        shown(response.content.decode())
    assert mailoutbox == []


def test_hostile_queries_of_the_queue_are_no_error(article, at_desk, moderator):
    make_comment(article, status="pending")
    desk = at_desk(moderator)
    fields = ("status", "article", "reader", "order", "p", "_changelist_filters")
    queries = [{"q": text} for text in together(TEXTS, 500)]
    queries += [{fields[number % len(fields)]: text} for number, text in enumerate(SOME)]
    for query in queries:
        response = desk.get("/admin/comments/comment/", query)
        assert response.status_code in {200, 302, 400}, query
        if response.status_code == 200:
            assert "alert(" not in "".join(Markup(response.content.decode()).dangers), query
