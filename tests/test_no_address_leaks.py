"""No page, feed, header or log tells an e-mail or network address, or a hash by which one could be found out.

The crawl begins at every public address that the URL map knows and follows every link. A pattern with
arguments that is not named in `ARGUMENTS` fails the test: say there how a reader comes to it.
"""

import base64
import hashlib
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Author, Page, PreviewLink, Series
from articles.previews import path_of
from comments.models import Ban, Comment, CommentPolicy, Report, Subscription
from comments.privacy.links import token_for
from comments.tokens import email_key, kept_token, link_token, mail_token
from datasets.tables import TABLES
from follows import tokens as follow_tokens
from follows.models import Follow
from tests.conftest import PASSWORD, make_person
from tests.crawling import address, links_in, patterns
from tests.factories import make_image, make_publication, make_tag, publish_article
from tests.factories_comments import make_comment, post_comment
from tests.factories_shows import make_the_imperfects
from tests.leaks import NETWORKS, READERS, STAFF, keyed, leaks, told
from visitors.networks import Network

pytestmark = pytest.mark.django_db
MOST_PAGES = 500


@pytest.fixture
def site(settings, tmp_path):
    """A site where every kind of page has something on it, by readers and staff with seeded addresses."""
    settings.VAR_DIR = tmp_path
    make_publication("Cold Open")
    show = make_the_imperfects()
    owner = make_person("gorse", group="Editors", first_name="Ed")
    writer = make_person("peat", group="Writers", first_name="Wren")
    for person, email in zip((owner, writer), STAFF, strict=True):
        User.objects.filter(pk=person.pk).update(email=email)
    article = publish_article(show=show, owner=owner, by=owner, lead_image=make_image())
    article.tags.add(make_tag())
    Author.objects.filter(articleauthor__article=article).update(user=writer)
    Page.objects.create(
        title="Privacy", slug="privacy", body='<p><a href="/comments/your-data/">Data</a></p>'
    )
    CommentPolicy(posts_an_hour=100_000, threads_per_page=1).save()
    comments = comments_on(article)
    for n, reader in enumerate(READERS):
        key, at = Network(NETWORKS[n % 3]).keys[0], timezone.now() if n % 2 else None
        Follow.objects.create(show=show, email=reader, address_key=key, confirmed_at=at)
    Ban.objects.create(kind="email", value=READERS[3].casefold())
    Ban.objects.create(kind="domain", value="brambleworth.example")
    return {"article": article, "show": show, "comment": comments[0], "author": Author.objects.get()}


def comments_on(article):
    comments = []
    for n in range(12):
        comment = make_comment(
            article,
            parent=comments[-1] if n % 4 else None,
            status=["approved", "approved", "approved", "pending", "spam", "rejected"][n % 6],
            name=f"Reader {n}",
            email=READERS[n % 4],
            address=NETWORKS[n % 3],
            address_key=Network(NETWORKS[n % 3]).keys[0],
            is_confirmed=n % 2 == 0,
            reasons=[{"check": "words", "words": [READERS[n % 4]]}],
            body=f"Thought {n}, ||which gives it away||.",
        )
        comments.append(comment)
        thread = comment.thread or comment
        if not Subscription.objects.filter(thread=thread, email=READERS[n % 4]).exists():
            Subscription.objects.create(thread=thread, comment=comment, email=READERS[n % 4])
    key = Network(NETWORKS[0]).keys[0]
    Report.objects.create(comment=comments[0], reason="other", details="Hm", address_key=key)
    make_comment(article, name="", email=READERS[0], badge="author", posted_by=article.owner)
    return comments


def slug_of(what):
    return lambda site: [{"slug": getattr(site[what], "slug")}]  # noqa: B009


def each_comment(site):
    return [{"slug": site["article"].slug, "pk": pk} for pk in Comment.objects.values_list("pk", flat=True)]


def token(make):
    """The arguments of a private page by a function of a comment: every comment's, and a forged one."""

    def arguments(site):
        return [{"token": make(comment)} for comment in Comment.objects.all()] + [{"token": "forged"}]

    return arguments


def follow_token(purpose):
    """The arguments of a page that a mail to a follower leads to: every follower's, and a forged one."""

    def arguments(site):
        tokens = [follow_tokens.mail_token(purpose, follow.pk) for follow in Follow.objects.all()]
        return [{"token": token} for token in [*tokens, "forged"]]

    return arguments


def own_token(make):
    def arguments(site):
        return [{"slug": site["article"].slug, **kwargs} for kwargs in token(make)(site)]

    return arguments


def preview_of_draft(site):
    expires_at = timezone.now() + timedelta(days=1)
    link = PreviewLink.objects.create(
        article=site["article"], for_whom=READERS[0], expires_at=expires_at, created_by_name=STAFF[0]
    )
    return [{"token": path_of(link).split("/")[2]}]


# Lists of articles, each with a feed.
LISTS = {
    "shows/<slug:slug>/": slug_of("show"),
    "authors/<slug:slug>/": slug_of("author"),
    "categories/<slug:slug>/": lambda site: [{"slug": site["article"].category.slug}],
    "tags/<slug:slug>/": lambda site: [{"slug": make_tag().slug}],
    "series/<slug:slug>/": lambda site: [
        {"slug": Series.objects.get_or_create(name="Endings", slug="endings")[0].slug}
    ],
}
ARGUMENTS = LISTS | {f"{route}feed/": arguments for route, arguments in LISTS.items()}
ARGUMENTS |= {
    "media/<path:path>": lambda site: [{"path": "originals/none.png"}],
    "sitemap-<slug:kind>-<sitemap_part:number>.xml": lambda site: [{"kind": "articles", "number": 0}],
    "social/<card_edition:edition>-<card_key:key>.jpg": lambda site: [
        {"edition": site["article"].live_edition.pk, "key": "0" * 20}
    ],
    "api/v1/articles/<slug:slug>/": slug_of("article"),
    "api/v1/articles/<slug:slug>/comments/": slug_of("article"),
    "api/v1/shows/<slug:slug>/": slug_of("show"),
    "shows/<slug:slug>/calendar.ics": slug_of("show"),
    "data/v1/<dataset:name>.<data_format:kind>": lambda site: [
        {"name": name, "kind": kind} for name in TABLES for kind in ("csv", "json")
    ],
    "networks/<slug:slug>/": lambda site: [{"slug": site["show"].network.slug}],
    "networks/<slug:slug>/calendar.ics": lambda site: [{"slug": site["show"].network.slug}],
    "people/<slug:slug>/": lambda site: [{"slug": row.person.slug} for row in site["show"].credits.all()],
    "top10/<day:day>/": lambda site: [{"day": date(2022, 9, 18)}],
    "top10/<day:day>/<country:country>/": lambda site: [{"day": date(2022, 9, 18), "country": "CA"}],
    "articles/<slug:slug>/": slug_of("article"),
    "preview/<str:token>/": preview_of_draft,
    "-/<own_kind:kind>/<own_id:pk>/": lambda site: [{"kind": "article", "pk": site["article"].pk}],
    "pages/<slug:slug>/": lambda site: [{"slug": "privacy"}],
    "articles/<slug:slug>/comments/": slug_of("article"),
    "articles/<slug:slug>/comments/token/": slug_of("article"),
    "articles/<slug:slug>/comments/feed/": slug_of("article"),
    "articles/<slug:slug>/comments/held/": slug_of("article"),
    "articles/<slug:slug>/comments/held/<str:token>/": own_token(link_token),
    "articles/<slug:slug>/comments/own/<str:token>/": own_token(kept_token),
    "articles/<slug:slug>/comments/<int:pk>/": each_comment,
    "articles/<slug:slug>/comments/<int:pk>/reply/": each_comment,
    "articles/<slug:slug>/comments/<int:pk>/report/": each_comment,
    "articles/<slug:slug>/comments/<int:pk>/thread/": each_comment,
    "comments/confirm/<str:token>/": token(lambda comment: mail_token("confirm", comment.pk)),
    "comments/unsubscribe/<str:token>/": token(lambda comment: mail_token("unsubscribe", comment.pk)),
    "shows/<slug:slug>/follow/": slug_of("show"),
    "shows/<slug:slug>/decisions/feed/": slug_of("show"),
    "follows/confirm/<str:token>/": follow_token("confirm"),
    "follows/unsubscribe/<str:token>/": follow_token("unsubscribe"),
    "comments/your-data/<str:token>/": lambda site: [
        {"token": token_for(reader.casefold())} for reader in READERS
    ],
}
# For staff alone: without a login they lead to it, and a moderator's mail is for a moderator.
STAFF_ONLY = re.compile(r"admin/|comments/decide/")


def first_addresses(site):
    """Every pattern's addresses; of the newsroom those without arguments, as a stranger meets them."""
    for route in patterns():
        if "<" not in route:
            yield f"/{route}"
        elif route in ARGUMENTS:
            yield from (address(route, arguments) for arguments in ARGUMENTS[route](site))


def test_the_search_for_addresses_finds_what_it_looks_for():
    mail, digest = READERS[0], hashlib.sha256(READERS[0].lower().encode())
    assert leaks(f"<a href='mailto:{mail}'>") and leaks(f"x={mail.upper()}")
    assert leaks(mail.replace("@", "%40")) and leaks(mail.replace("@", "&#64;"))
    assert leaks(digest.hexdigest().upper()) and leaks(base64.b64encode(digest.digest()).decode())
    gravatar = hashlib.md5(mail.strip().lower().encode(), usedforsecurity=False).hexdigest()
    assert leaks(f"https://avatar.example/{gravatar}?d=mm") and leaks("from 203.0.113.77")
    assert leaks(email_key(mail.casefold())) and not leaks("Reader 1 thinks so.")


def test_every_public_address_pattern_is_crawled():
    with_arguments = {route for route in patterns() if "<" in route and not STAFF_ONLY.match(route)}
    assert with_arguments == set(ARGUMENTS)


def test_no_public_page_feed_header_or_log_line_tells_an_address(site, caplog):
    caplog.set_level("INFO")
    waiting, seen, statuses = [*first_addresses(site), "/nothing/here/"], set(), {}
    client = Client(headers={"sec-fetch-site": "none"})
    while waiting and len(seen) < MOST_PAGES:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        response = client.get(here)
        statuses.setdefault(response.status_code, []).append(here)
        assert not leaks(told(response)), here
        waiting += [link for link in links_in(response, here) if link not in seen]
        waiting += [response.url] if response.status_code in (301, 302) else []
    assert not waiting, "the crawl did not come to an end"
    assert not [status for status in statuses if status >= 500], statuses
    assert {200, 302, 404, 405, 410} <= set(statuses)
    assert not leaks(caplog.text)


def test_no_answer_to_a_post_tells_an_address_that_was_not_sent_with_it(site, caplog):
    caplog.set_level("INFO")
    article, client = site["article"], Client()
    mine = {"email": "typed@elsewhere.example"}
    answers = {
        303: post_comment(client, article, **mine),
        403: post_comment(client, article, origin_headers={}, **mine),
        409: None,
        422: post_comment(client, article, comment="", **mine),
    }
    Comment.objects.filter(email=mine["email"]).update(created_at="2022-01-01T00:00Z")
    answers[409] = post_comment(client, article, **mine)
    CommentPolicy(posts_an_hour=1).save()
    Comment.objects.update(address_key=Network("127.0.0.1").keys[0])
    answers[429] = post_comment(client, article, comment="One more.", **mine)
    for status, response in answers.items():
        assert response.status_code == status
        assert not leaks(told(response), but=keyed()), status
    held = client.get(answers[303].url)
    assert held.status_code == 200 and not leaks(told(held))
    assert not leaks(caplog.text)


def test_a_reader_who_types_somebody_elses_address_learns_nothing_about_it(site):
    """What was typed stands in the form again; its hash does not, nor does anything else."""
    typed = READERS[0].lower()
    response = post_comment(Client(), site["article"], comment="", email=typed)
    assert response.status_code == 422
    assert leaks(told(response)) <= {typed, "quillfeather"}
    unknown = post_comment(Client(), site["article"], comment="", email="nobody@elsewhere.example")
    assert told(response).replace(typed, "") == told(unknown).replace("nobody@elsewhere.example", "")


def test_the_answers_of_private_pages_tell_no_address(site):
    client = Client(headers={"sec-fetch-site": "same-origin"})
    comment, article, follow = site["comment"], site["article"], Follow.objects.first()
    end = follow_tokens.mail_token("unsubscribe", follow.pk)
    private = [
        (
            reverse("comments:held_list", args=[article.slug]),
            {"token": [kept_token(c) for c in Comment.objects.all()]},
        ),
        (reverse("comments:own", args=[article.slug, kept_token(comment)]), {"comment": ""}),
        (reverse("comments:report", args=[article.slug, comment.pk]), {"reason": "spam"}),
        (reverse("comments:report", args=[article.slug, comment.pk]), {"reason": "?"}),
        (reverse("comments:unsubscribe", args=[mail_token("unsubscribe", 1)]), {"all": "1"}),
        (reverse("follows:follow", args=[site["show"].slug]), {"email": "nobody@elsewhere.example"}),
        (reverse("follows:follow", args=[site["show"].slug]), {"email": ""}),
        (reverse("follows:confirm", args=[follow_tokens.mail_token("confirm", follow.pk)]), {}),
        (
            reverse("follows:unsubscribe", args=[end]),
            {"all": "1"},
        ),
        (reverse("comments:your_data"), {"email": "nobody@elsewhere.example"}),
        (reverse("comments:your_data_of", args=[token_for(READERS[2])]), {"act": "ask", "texts": "keep"}),
        (reverse("comments:your_data_of", args=[token_for(READERS[2])]), {"act": "erase", "texts": "keep"}),
    ]
    for path, fields in private:
        response = client.post(path, fields)
        assert response.status_code in {200, 303, 409, 422}, path
        assert "no-store" in response["Cache-Control"], path
        assert not leaks(told(response)), path


def test_the_page_that_confirms_an_address_tells_the_browser_nothing_but_its_key(site):
    link = reverse("comments:confirm", args=[mail_token("confirm", site["comment"].pk)])
    response = Client(headers={"sec-fetch-site": "same-origin"}).post(link)
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    assert leaks(told(response)) == {email_key(READERS[0].casefold())}


def test_the_door_of_the_newsroom_tells_no_address_of_staff(site):
    client = Client()
    for fields in ({"username": "gorse", "password": "wrong"}, {"username": STAFF[0], "password": PASSWORD}):
        page = told(client.post("/admin/login/", fields))
        assert not leaks(page, but={STAFF[0], "gorsebank"} if fields["username"] == STAFF[0] else ())
    known, unknown = (
        client.post("/admin/password_reset/", {"email": email})
        for email in (STAFF[0], "no@elsewhere.example")
    )
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert not leaks(told(known))
