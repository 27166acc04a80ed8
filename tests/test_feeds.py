"""Feeds of articles and decisions: what a feed reader gets, also of hostile texts, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from articles import lists
from articles.models import Article, Embed, Panel, Picture, PullQuote, Series, Update
from tests.factories import (
    make_article,
    make_category,
    make_image,
    make_publication,
    make_section,
    make_tag,
    publish_article,
)
from tests.factories_shows import make_decision, make_show, make_the_imperfects
from tests.feed_reading import ATOM, Html, entries, read_feed
from tests.hostile_texts import HOSTILE

pytestmark = pytest.mark.django_db

PLACE = {"region": "main"}
NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def address_of_the_site(settings):
    settings.SITE_URL = "https://news.example"


def titles(client, address):
    return [entry["title"] for entry in entries(client, address)]


def test_the_sites_feed_has_the_newest_fifty_first(client):
    make_publication("Cold Open")
    for n in range(52):
        publish_article(headline=f"Story {n}", at=NOON + timedelta(minutes=n))
    assert titles(client, "/feed/") == [f"Story {n}" for n in range(51, 1, -1)]
    root = read_feed(client, "/feed/")
    assert root.findtext(f"{ATOM}title") == "Cold Open"
    assert {link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "https://news.example/",
        "https://news.example/feed/",
    }


def test_each_list_has_a_feed_of_its_own_that_its_page_names(client):
    show, other = make_the_imperfects(), make_show("Another")
    series = Series.objects.create(name="Endings", slug="endings")
    article = publish_article(headline="Story 1", show=show, series=series)
    tag = make_tag("sequels")
    article.tags.add(tag)
    publish_article(headline="Also").also_about.add(show)
    publish_article(
        headline="Story 2", show=other, authors=["Ben Critic"], category=make_category("Broadcast")
    )
    author = article.live_edition.edition_authors_in_order[0].author
    for row, expected in [
        (tag, ["Story 1"]),
        (series, ["Story 1"]),
        (article.category, ["Also", "Story 1"]),
        (author, ["Also", "Story 1"]),
        (show, ["Also", "Story 1"]),
    ]:
        address = f"{row.get_absolute_url()}feed/"
        assert titles(client, address) == expected
        page = client.get(row.get_absolute_url()).content.decode()
        assert f'href="{address}"' in page and 'href="/feed/"' in page
    assert 'href="/decisions/feed/"' in client.get("/").content.decode()


def test_lists_with_very_many_articles_hold_the_same(client, monkeypatch):
    monkeypatch.setattr(lists, "MANY", 2)
    tag = make_tag("sequels")
    for n in range(4):
        publish_article(headline=f"Story {n}", authors=["Ada Writer" if n < 3 else "Ben Critic"]).tags.add(
            tag
        )
    assert titles(client, "/tags/sequels/feed/") == ["Story 3", "Story 2", "Story 1", "Story 0"]
    assert titles(client, "/authors/ada-writer/feed/") == ["Story 2", "Story 1", "Story 0"]


def test_whoever_stood_above_an_older_version_only_is_not_its_author(client):
    article = publish_article(authors=["Ada Writer", "Ben Critic"])
    article.article_authors.filter(author__name="Ben Critic").delete()
    article.publish()
    assert titles(client, "/authors/ben-critic/feed/") == []
    assert len(titles(client, "/authors/ada-writer/feed/")) == 1


@pytest.mark.parametrize("kind", ["categories", "tags", "series", "authors", "shows"])
def test_a_list_that_does_not_exist_has_no_feed(client, kind):
    assert client.get(f"/{kind}/none/feed/").status_code == 404


def test_a_feed_holds_what_is_published_now_and_nothing_else(client):
    draft, later, withdrawn = (
        make_article(headline="Draft"),
        make_article(headline="Later"),
        publish_article(headline="Gone"),
    )
    withdrawn.unpublish()
    with time_machine.travel(NOON, tick=False):
        shown = publish_article(headline="What was published")
        later.publish(at=NOON + timedelta(hours=1))
        shown.headline = draft.headline = "What is being written"
        shown.save()
        assert titles(client, "/feed/") == ["What was published"]
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert titles(client, "/feed/") == ["Later", "What was published"]


def test_an_entry_keeps_its_id_when_the_address_changes_and_tells_real_updates_only(client):
    with time_machine.travel(NOON, tick=False):
        article = publish_article(headline="One", slug="one")
        before = entries(client, "/feed/")[0]
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        article.headline = "One."
        article.publish(is_minor=True)
    article.slug = "two"
    article.save()
    small = entries(client, "/feed/")[0]
    assert (small["id"], small["updated"]) == (before["id"], before["updated"])
    assert small["id"] == f"https://news.example/-/article/{article.pk}/"
    assert small["link"] == "https://news.example/articles/two/"
    assert client.get(f"/-/article/{article.pk}/")["Location"] == "/articles/two/"
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        article.headline = "Two"
        article.publish()
    after = entries(client, "/feed/")[0]
    assert after["published"] == "2022-11-10T12:00:00+00:00"
    assert after["updated"] == "2022-11-10T14:00:00+00:00"


def whole_article(show, **fields):
    """An article with every kind of block, and links of every kind in its text."""
    linked = Article.objects.filter(slug="elsewhere").first() or publish_article(slug="elsewhere")
    article = make_article(show=show, lead_image=make_image(credit="A photographer"), **fields)
    make_section(
        article,
        ordering=20,
        heading="Why",
        body=f'<p><a href="/-/article/{linked.pk}/#s-why">Ours</a> <a href="#s-why">Below</a></p>',
        sources="A paper | https://example.com/",
    )
    PullQuote.objects.create(parent=article, ordering=30, **PLACE, quote="We are done.", attribution="Ada")
    Picture.objects.create(parent=article, ordering=40, **PLACE, image=make_image(), caption="The set")
    Embed.objects.create(
        parent=article, ordering=50, **PLACE, url="https://youtu.be/aaaaaaaaaaa", title="The trailer"
    )
    Panel.objects.create(parent=article, ordering=60, **PLACE, kind="facts")
    Update.objects.create(parent=article, ordering=70, **PLACE, text="It is over.", dated_on=NOON.date())
    article.publish(correction="The day was wrong.")
    return article


def test_the_full_text_has_absolute_addresses_and_nothing_that_runs_or_loads_pages(client):
    whole_article(make_the_imperfects(), standfirst="In short.")
    entry = entries(client, "/feed/")[0]
    html = Html(entry["content"])
    for words in (
        "In short.", "What is known so far.", "Why", "A paper", "We are done.", "The set", "The trailer",
        "It is over.", "The day was wrong.", "Picture: A photographer", "The Imperfects (2022, Netflix)",
    ):  # fmt: skip
        assert words in html.text, words
    assert all(address.startswith("https://") for address in html.addresses)
    assert "https://news.example/articles/elsewhere/#s-why" in html.addresses
    assert "https://youtu.be/aaaaaaaaaaa" in html.addresses
    assert sum("/media/renditions/" in address for address in html.addresses) == 2
    assert not html.tags & {"script", "style", "iframe", "form", "video", "button"}
    assert "style=" not in entry["content"]


def test_a_site_that_wants_visits_gives_the_summary_alone(client, settings):
    settings.FEED_TEXT = "summary"
    publish_article(standfirst="In short & plain.", text="<p>The rest.</p>")
    entry = entries(client, "/feed/")[0]
    assert entry["summary"] == "<p>In short &amp; plain.</p>" and "content" not in entry
    assert "The rest." not in client.get("/feed/").content.decode()


def test_an_entry_names_its_authors_and_where_it_is_filed(client):
    article = publish_article(authors=["Ada Writer", "Ben Critic"])
    article.tags.add(make_tag("sequels"))
    entry = entries(client, "/feed/")[0]
    assert entry["authors"] == ["Ada Writer", "Ben Critic"]
    assert entry["categories"] == ["Streaming", "sequels"]


def test_a_feed_that_did_not_change_is_not_sent_again(client):
    article = publish_article()
    first = client.get("/feed/")
    assert first.content == client.get("/feed/").content
    for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = client.get("/feed/", headers=header)
        assert again.status_code == 304 and again.content == b""
    article.headline = "Another"
    article.save()
    article.publish(is_minor=True)
    assert client.get("/feed/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_the_same_each_time(client):
    assert entries(client, "/feed/") == []
    assert client.get("/feed/").content == client.get("/feed/").content


def test_decisions_stand_newest_first_with_their_source(client):
    show = make_show("The Imperfects")
    make_decision(show, "renewed", "2022-01-05", season_number=2)
    make_decision(show, "cancelled", "2022-11-08", source_name="A <paper>")
    make_decision(show, "ordered", None)
    with time_machine.travel(NOON, tick=False):
        make_decision(show, "revived", "2022-12-24", season_number=3)
        found = entries(client, "/decisions/feed/")
    assert [entry["title"] for entry in found] == [
        "Netflix cancels The Imperfects",
        "Netflix renews The Imperfects for season 2",
    ]
    html = Html(found[0]["summary"])
    assert html.text == "8 Nov 2022: Netflix cancelled The Imperfects. Source: A <paper>"
    assert html.addresses == ["https://example.com/news"]
    assert len({entry["id"] for entry in found}) == 2
    assert found[0]["link"] == f"https://news.example{show.get_absolute_url()}"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_feed_is_xml_whatever_was_written(client, text):
    make_publication(f"Name {text}"[:60])
    show = make_show(f"Show {text}")
    make_decision(show)
    article = whole_article(show, headline=f"Headline {text}", standfirst=f"In short {text}")
    article.tags.add(make_tag(f"tag {text}"))
    for address in ("/feed/", "/decisions/feed/", f"{show.get_absolute_url()}feed/"):
        assert entries(client, address), address
    entry = entries(client, "/feed/")[0]
    assert entry["title"].startswith("Headline ")
    assert not Html(entry["content"]).tags & {"script", "b"}


@pytest.mark.parametrize("count", [1, 12])
def test_a_feed_takes_as_many_queries_for_twelve_articles_as_for_one(
    client, count, django_assert_max_num_queries
):
    show = make_the_imperfects()
    for _ in range(count):
        whole_article(show).tags.add(make_tag())
    with django_assert_max_num_queries(9):
        client.get("/feed/")
    for address in (f"{show.get_absolute_url()}feed/", "/categories/streaming/feed/"):
        with django_assert_max_num_queries(10):
            client.get(address)
    make_decision(show, "renewed", "2021-01-01", season_number=2)
    with django_assert_max_num_queries(2):
        client.get(reverse("syndication:decisions_feed"))
