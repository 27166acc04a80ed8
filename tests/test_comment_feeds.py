"""Feeds of comments: valid for any text, without addresses, and not sent twice."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from comments.models import Comment
from comments.text import tidied
from tests.factories import make_publication, publish_article
from tests.factories_comments import make_comment

from .shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def article():
    return publish_article(headline="One season and out")


def feed_of(article):
    return f"{article.get_absolute_url()}comments/feed/"


def entries(client, address):
    """Each entry as {tag: text}, with its link, of a feed that parses as XML."""
    response = client.get(address)
    assert response.status_code == 200 and not response.cookies
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    found = []
    for entry in feed.iter(f"{ATOM}entry"):
        texts = {child.tag.removeprefix(ATOM): child.text for child in entry}
        texts["name"] = entry.find(f"{ATOM}author/{ATOM}name").text
        found.append(texts | {"link": entry.find(f"{ATOM}link").get("href")})
    return found


def test_a_feed_tells_the_newest_approved_comments_by_absolute_addresses(client, article, settings):
    settings.SITE_URL = "https://news.example"
    for n in range(60):
        make_comment(article, body=f"Comment {n}.", created_at=NOON + timedelta(minutes=n // 2))
    make_comment(article, status="pending", body="Held.")
    make_comment(publish_article(), body="Elsewhere.")
    found = entries(client, feed_of(article))
    assert [entry["summary"] for entry in found] == [f"<p>Comment {n}.</p>" for n in range(59, 9, -1)]
    newest = Comment.objects.get(body="Comment 59.")
    assert found[0]["link"] == found[0]["id"] == f"https://news.example{newest.get_absolute_url()}"
    assert found[0]["title"] == f"{newest.name} on “One season and out”"
    assert "news.example" in client.get(feed_of(article)).content.decode().split("<entry>")[0]


def test_the_sites_feed_has_what_is_published_only(client, article):
    make_publication("Cold Open")
    make_comment(article, body="Here.")
    withdrawn = publish_article()
    make_comment(withdrawn, body="Withdrawn.")
    withdrawn.unpublish()
    assert [entry["summary"] for entry in entries(client, "/comments/feed/")] == ["<p>Here.</p>"]
    assert "Comments on Cold Open" in client.get("/comments/feed/").content.decode()
    assert client.get(feed_of(withdrawn)).status_code == 404


def test_a_feed_tells_no_address_and_no_spoiler(client, article):
    make_comment(article, name="", email="mara@reader.example", body="The killer is ||the doctor||.")
    make_comment(article, body="It was the doctor.", is_spoiler=True)
    for address in (feed_of(article), "/comments/feed/"):
        feed = client.get(address).content.decode()
        assert "reader.example" not in feed and "the doctor" not in feed
        assert feed.count("[spoiler]") == 2 and "<name>Anonymous</name>" in feed


def test_a_feed_that_did_not_change_is_not_sent_again(client, article):
    make_comment(article)
    address = feed_of(article)
    first = client.get(address)
    assert first.content == client.get(address).content
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    make_comment(article)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_the_same_each_time(client, article):
    assert entries(client, feed_of(article)) == []
    assert client.get(feed_of(article)).content == client.get(feed_of(article)).content


def test_an_article_names_its_feed(client, article):
    page = client.get(article.get_absolute_url()).content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" title="Comments on One season and out" href="{feed_of(article)}">' in page  # fmt: skip # noqa: E501


def test_a_feed_is_xml_whatever_was_stored(client):
    article = publish_article(headline="A & B <c> \ufffe")
    for text in ("]]>", "<b>&amp;", "\x00\x0b\x1f", "\ufffe\uffff", "\U0001f9d1\u200d\U0001f680", "&#0;"):
        # As an import may have stored it.
        make_comment(article, name=f"N{text}".replace("\x00", ""), body=f"Body {text}".replace("\x00", ""))
    assert len(entries(client, feed_of(article))) == len(entries(client, "/comments/feed/")) == 6


@needs_shared_data
@pytest.mark.parametrize("name", ["owasp-xss-payloads.json", "naughty-strings.json"])
def test_known_payloads_leave_a_feed_and_a_page_whole(client, article, name):
    texts = json.loads((SHARED_DATA / "hostile" / name).read_text())
    texts = [text for text in map(tidied, filter(lambda text: isinstance(text, str), texts)) if text]
    for start in range(0, len(texts), 50):
        Comment.objects.all().delete()
        for text in texts[start : start + 50]:
            make_comment(article, body=text, name=text[:200])
        assert len(entries(client, feed_of(article))) == len(texts[start : start + 50])
        page = client.get(article.get_absolute_url()).content.decode()
        assert page.count('class="said"') == len(texts[start : start + 50])
        for tag in page.split('class="thread"')[1].split('class="respond"')[0].split("<")[1:]:
            assert not tag.startswith(("script", "img", "svg", "iframe", "body", "object", "style")), tag[:80]
