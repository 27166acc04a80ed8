"""What pages tell machines: schema.org's data, OpenGraph, and one address for every page."""

import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Page, Panel, Series
from pictures.crops import crop_url
from syndication import structured, structured_shows
from syndication.templatetags import syndication as tags
from tests.factories import (
    make_article,
    make_category,
    make_image,
    make_publication,
    make_tag,
    picture_file,
    publish_article,
)
from tests.factories_comments import make_comment
from tests.factories_shows import make_season, make_show, make_the_imperfects
from tests.hostile_texts import HOSTILE

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
SITE = "https://news.example"


@pytest.fixture(autouse=True)
def address_of_the_site(settings):
    settings.SITE_URL = SITE


class Head(HTMLParser):
    """What a page tells machines: `meta` by name as lists, `links` by rel, and the `data` by type."""

    def __init__(self, page):
        super().__init__()
        self.meta, self.links, self.data, self.is_data, self.running = {}, {}, {}, False, []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name")
            self.meta.setdefault(name, []).append(attributes.get("content"))
        elif tag == "link":
            self.links.setdefault(attributes["rel"], []).append(attributes["href"])
        elif tag == "script":
            self.is_data = attributes.get("type") == "application/ld+json"
            self.running += [] if self.is_data or "src" in attributes else [attributes]

    def handle_data(self, text):
        if self.is_data:
            found = json.loads(text)
            assert found["@context"] == "https://schema.org"
            self.data |= {thing["@type"]: thing for thing in found["@graph"]}
            self.is_data = False


def head(client, address):
    response = client.get(address)
    assert response.status_code == 200 and not response.cookies
    return Head(response.content.decode())


def steps(head):
    return [
        (item["name"], item["item"].removeprefix(SITE))
        for item in head.data["BreadcrumbList"]["itemListElement"]
    ]


@pytest.fixture
def article():
    """An article with everything that machines are told of one."""
    make_publication(
        "Cold Open", publisher="Cold Open Ltd", social_profiles="https://social.example/coldopen"
    )
    show = make_the_imperfects()
    show.imdb_id = "tt1234567"
    show.save()
    with time_machine.travel(NOON, tick=False):
        article = make_article(
            headline="One & done", standfirst="In short.", slug="one", show=show,
            series=Series.objects.create(name="Endings", slug="endings"),
            lead_image=make_image(alt_text="The cast"), authors=["Ada Writer", "Ben Critic"],
        )  # fmt: skip
        article.also_about.add(make_show("Devil in Ohio", slug="devil"))
        article.tags.add(make_tag("sequels"), make_tag("budgets"))
        Panel.objects.create(parent=article, ordering=60, region="main", kind="viewership", season_number=1)
        article.publish()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        article.publish(correction="The day was wrong.")
    make_comment(article)
    make_comment(article)
    make_comment(article, status="pending")
    return article


def test_an_article_is_told_in_full(client, article):
    told = head(client, "/articles/one/").data["NewsArticle"]
    assert (told["headline"], told["description"]) == ("One & done", "In short.")
    assert told["mainEntityOfPage"] == told["url"] == f"{SITE}/articles/one/"
    assert told["datePublished"] == "2022-11-10T12:00:00+00:00"
    assert told["dateModified"] == "2022-11-11T12:00:00+00:00"
    assert [(row["name"], row["url"]) for row in told["author"]] == [
        ("Ada Writer", f"{SITE}/authors/ada-writer/"),
        ("Ben Critic", f"{SITE}/authors/ben-critic/"),
    ]
    assert told["publisher"]["name"] == "Cold Open Ltd"
    assert told["publisher"]["sameAs"] == ["https://social.example/coldopen"]
    assert told["articleSection"] == "Streaming" and sorted(told["keywords"]) == ["budgets", "sequels"]
    assert told["commentCount"] == 2 and told["inLanguage"] == "en-gb"
    assert told["isPartOf"]["name"] == "Endings"
    assert told["correction"] == [
        {"@type": "CorrectionComment", "text": "The day was wrong.", "datePublished": "2022-11-11"}
    ]
    assert [address.rpartition("/")[2] for address in told["image"]] == [
        f"{ratio}-1200-50-50.jpg" for ratio in ("16x9", "4x3", "1x1")
    ]
    for address in told["image"]:
        assert client.get(address.removeprefix(SITE)).status_code == 200
    shows = [(row["@type"], row["name"]) for row in told["about"]]
    assert shows == [("TVSeries", "The Imperfects"), ("TVSeries", "Devil in Ohio"), ("TVSeason", "Season 1")]
    assert told["about"][0]["sameAs"] == ["https://www.imdb.com/title/tt1234567/"]
    assert told["about"][2]["partOfSeries"]["name"] == "The Imperfects"


def test_a_chart_that_names_no_season_is_about_the_one_that_it_draws(client):
    article = make_article(slug="one", show=make_the_imperfects())
    Panel.objects.create(parent=article, ordering=60, region="main", kind="viewership")
    article.publish()
    about = head(client, "/articles/one/").data["NewsArticle"]["about"]
    assert [row["@type"] for row in about] == ["TVSeries", "TVSeason"] and about[1]["seasonNumber"] == 1


def test_an_article_has_a_card_for_social_networks(client, article):
    meta = head(client, "/articles/one/").meta
    assert meta["og:site_name"] == ["Cold Open"] and meta["og:locale"] == ["en_GB"]
    assert meta["og:type"] == ["article"] and meta["og:title"] == ["One & done"]
    assert meta["article:published_time"] == ["2022-11-10T12:00:00+00:00"]
    assert meta["article:modified_time"] == ["2022-11-11T12:00:00+00:00"]
    assert meta["article:author"] == [f"{SITE}/authors/ada-writer/", f"{SITE}/authors/ben-critic/"]
    assert meta["article:section"] == ["Streaming"] and sorted(meta["article:tag"]) == ["budgets", "sequels"]
    assert meta["twitter:card"] == ["summary_large_image"]
    assert meta["robots"] == ["max-image-preview:large"]


def test_the_picture_that_the_editor_chose_is_the_cards_with_its_size_and_words(client):
    chosen = make_image(alt_text="A poster", file=picture_file(size=(2000, 1000), colour="#123456"))
    meta = head(client, publish_article(lead_image=make_image(), social_image=chosen).get_absolute_url()).meta
    assert meta["og:image"] == [f"{SITE}{crop_url(chosen, '16x9')}"]
    assert meta["og:image:alt"] == ["A poster"]
    assert (meta["og:image:width"], meta["og:image:height"]) == (["1200"], ["675"])


def test_a_bare_article_leaves_out_what_it_does_not_have(client):
    article = publish_article()
    told = head(client, article.get_absolute_url()).data["NewsArticle"]
    assert not {"image", "about", "keywords", "isPartOf", "correction", "description"} & set(told)
    assert told["commentCount"] == 0


def test_the_way_to_a_page_is_told(client, article):
    assert steps(head(client, "/articles/one/")) == [
        ("Cold Open", "/"),
        ("Streaming", "/categories/streaming/"),
        ("One & done", "/articles/one/"),
    ]
    assert steps(head(client, "/tags/sequels/")) == [("Cold Open", "/"), ("sequels", "/tags/sequels/")]
    way = [("Cold Open", "/"), ("Shows", "/shows/"), ("The Imperfects", "/shows/the-imperfects/")]
    assert steps(head(client, "/shows/the-imperfects/")) == way
    Page.objects.create(title="About", slug="about", body="<p>Us.</p>")
    assert steps(head(client, "/pages/about/")) == [("Cold Open", "/"), ("About", "/pages/about/")]


def test_a_show_is_told_with_what_its_record_knows_and_without_others_scores(client, article):
    page = client.get("/shows/the-imperfects/").content.decode()
    told = Head(page).data["TVSeries"]
    assert "aggregateRating" not in page
    assert told["numberOfSeasons"] == 1 and told["numberOfEpisodes"] == 10
    assert told["startDate"] == "2022-09-08" and told["countryOfOrigin"]["name"] == "CA"
    assert [row["name"] for row in told["creator"]] == ["Shelley Eriksen", "Dennis Heaton"]
    assert told["containsSeason"][0]["numberOfEpisodes"] == 10
    bare = make_show("Nothing known", slug="bare", network=None)
    make_season(bare)
    told = head(client, "/shows/bare/").data["TVSeries"]
    assert not {"startDate", "countryOfOrigin", "creator", "description", "image", "genre"} & set(told)


def test_an_author_has_a_profile_and_the_front_page_is_the_site(client, article):
    author = article.live_edition.edition_authors_in_order[0].author
    author.bio = "Writes of charts."
    author.save()
    person = head(client, "/authors/ada-writer/").data["ProfilePage"]["mainEntity"]
    assert (person["name"], person["description"]) == ("Ada Writer", "Writes of charts.")
    assert person["url"] == f"{SITE}/authors/ada-writer/"
    assert "ProfilePage" not in head(client, "/categories/streaming/").data
    site = head(client, "/").data["WebSite"]
    assert (site["name"], site["url"]) == ("Cold Open", f"{SITE}/")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_search_is_told_where_there_is_one(client, monkeypatch, is_there):
    monkeypatch.setattr(structured, "has_search", lambda: is_there)
    action = head(client, "/").data["WebSite"].get("potentialAction")
    assert bool(action) == is_there
    if is_there:
        assert action["target"]["urlTemplate"] == f"{SITE}/search/?q={{words}}"


def test_every_page_has_one_address(client, article):
    Page.objects.create(title="About", slug="about", body="<p>Us.</p>")
    for path in (
        "/", "/articles/", "/articles/one/", "/shows/", "/shows/the-imperfects/", "/tags/sequels/",
        "/categories/streaming/", "/series/endings/", "/authors/ada-writer/", "/pages/about/",
    ):  # fmt: skip
        found = head(client, f"{path}?utm_source=a")
        assert found.links["canonical"] == [f"{SITE}{path}"], path
        assert found.meta["og:url"] == [f"{SITE}{path}"], path
        assert {"og:title", "og:site_name", "og:locale", "twitter:card"} <= set(found.meta), path
        assert found.meta["robots"] == ["max-image-preview:large"], path


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_data_or_begins_a_script(client, text):
    make_publication(f"Name {text}"[:60], tagline=f"Tag {text}")
    show = make_show(f"Show {text}", slug="show")
    category = make_category(f"Category {text}", description=f"Of {text}")
    article = publish_article(
        headline=f"Headline {text}", show=show, category=category, authors=[f"Ada {text}"]
    )
    article.tags.add(make_tag(f"tag {text}"))
    for address in ("/", "/shows/show/", article.get_absolute_url(), category.get_absolute_url()):
        found = head(client, address)
        assert found.data and found.running == [], address
    assert (
        head(client, article.get_absolute_url()).data["NewsArticle"]["headline"] == f"Headline {text}".strip()
    )


def test_the_data_costs_no_query_of_its_own(client, article, monkeypatch):
    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    addresses = ("/articles/one/", "/shows/the-imperfects/", "/", "/tags/sequels/")
    with_data = {address: queries(address) for address in addresses}
    monkeypatch.setattr(tags, "script", lambda *things: "")
    for name in ("news_article", "web_site", "breadcrumbs", "profile_page"):
        monkeypatch.setattr(structured, name, lambda *args: {})
    monkeypatch.setattr(structured_shows, "tv_series", lambda *args: {})
    assert {address: queries(address) for address in addresses} == with_data


def test_chromium_lets_the_data_stand(page, article):
    page.goto("/articles/one/")
    assert page.locator('script[type="application/ld+json"]').count() == 1
    page.goto("/shows/the-imperfects/")
    assert page.locator('script[type="application/ld+json"]').count() == 1
