"""What search engines are told of: everything that may be found, once, with its dates and pictures."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from articles.models import Page
from syndication import sitemaps
from tests.factories import (
    make_article,
    make_category,
    make_image,
    make_publication,
    make_tag,
    publish_article,
)
from tests.factories_shows import make_chart_entry, make_credit, make_network, make_show
from tests.hostile_texts import HOSTILE

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
SITE = "https://news.example"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture(autouse=True)
def address_of_the_site(settings):
    settings.SITE_URL = SITE


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200 and not response.cookies, address
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own)


def places(root):
    """{path: when it changed, or None} of an index or a part."""
    return {place.findtext(f"{MAP}loc").removeprefix(SITE): place.findtext(f"{MAP}lastmod") for place in root}


def everything(client):
    """{path: when it changed} of all parts that the index names."""
    found = {}
    for part in places(read(client, "/sitemap.xml")):
        found |= places(read(client, part))
    return found


def test_the_index_leads_to_every_page_that_may_be_found_and_to_no_other(client):
    show = make_show()
    credit = make_credit(show)
    make_chart_entry(week_ending="2022-09-11")
    article = publish_article(show=show)
    tag = make_tag()
    article.tags.add(tag)
    about = Page.objects.create(title="About", slug="about", body="<p>Us.</p>")
    hidden = Page.objects.create(title="Old", slug="old", body="<p>Us.</p>", is_public=False)
    empty = [make_category("Nothing yet"), make_tag("nothing-yet"), make_network("None", slug="none")]
    draft, withdrawn, later = make_article(), publish_article(), make_article()
    withdrawn.unpublish()
    later.publish(at=NOON + timedelta(days=36500))
    author = article.live_edition.edition_authors_in_order[0].author
    found = everything(client)
    rows = [show, show.network, article, tag, article.category, author, about, credit.person]
    lists = {
        "/",
        "/articles/",
        "/shows/",
        "/tracker/",
        "/compare/",
        "/data/",
        "/networks/",
        "/top10/2022-09-11/",
    }
    assert set(found) == {*lists, *(row.get_absolute_url() for row in rows)}
    for row in (hidden, draft, withdrawn, later, *empty):
        assert row.get_absolute_url() not in found
    for path in found:
        assert client.get(path).status_code == 200, path


def test_an_article_tells_its_last_real_change_and_its_pictures(client):
    with time_machine.travel(NOON, tick=False):
        article = publish_article(slug="one", lead_image=make_image())
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        article.headline = "Another"
        article.publish()
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        article.headline = "Another."
        article.publish(is_minor=True)
        article.headline = "What is being written"
        article.save()
    assert everything(client)["/articles/one/"] == "2022-11-11T12:00:00+00:00"
    pictures = [each.text for each in read(client, "/sitemap-articles-0.xml").iter(f"{IMAGE}loc")]
    assert len(pictures) == 1 and pictures[0].startswith(f"{SITE}/media/renditions/")


def test_parts_are_cut_by_number_and_only_those_with_something_are_named(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 4)
    articles = [publish_article() for _ in range(9)]
    for article in articles[2:6]:
        article.unpublish()
    parts = {f"/sitemap-articles-{article.pk // 4}.xml" for article in articles[:2] + articles[6:]}
    assert {path for path in places(read(client, "/sitemap.xml")) if "articles" in path} == parts
    paths = [path for part in parts for path in places(read(client, part))]
    assert sorted(paths) == sorted(article.get_absolute_url() for article in articles[:2] + articles[6:])
    assert all(len(places(read(client, part))) <= 4 for part in parts)


@pytest.mark.parametrize(
    "name", ["articles-7", "articles-9999999999", "nothing-0", "articles-01", "articles--1"]
)
def test_a_part_that_holds_nothing_is_not_there(client, name):
    publish_article()
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_the_news_are_the_last_two_days_at_most_a_thousand(client, monkeypatch):
    make_publication("Cold Open")
    with time_machine.travel(NOON, tick=False):
        for hours in (-49, -47, -1, 1):
            article = make_article(headline=f"Story {hours}")
            article.publish(at=NOON + timedelta(hours=hours))
        root = read(client, "/news-sitemap.xml")
        assert [each.text for each in root.iter(f"{NEWS}title")] == ["Story -1", "Story -47"]
        assert [each.text for each in root.iter(f"{NEWS}name")] == ["Cold Open"] * 2
        assert {each.text for each in root.iter(f"{NEWS}language")} == {"en"}
        assert root.findtext(f".//{NEWS}publication_date") == "2022-11-10T11:00:00+00:00"
        monkeypatch.setattr(sitemaps, "NEWS_LIMIT", 1)
        assert len(places(read(client, "/news-sitemap.xml"))) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_the_news_are_xml_whatever_was_written(client, text):
    make_publication(f"Name {text}"[:60])
    publish_article(headline=f"Headline {text}")
    assert read(client, "/news-sitemap.xml").findtext(f".//{NEWS}title").startswith("Headline ")


def test_an_empty_site_has_an_index_and_no_news(client):
    assert everything(client).keys() == {"/", "/articles/", "/shows/", "/tracker/", "/compare/", "/data/"}
    assert places(read(client, "/news-sitemap.xml")) == {}


@pytest.mark.parametrize("count", [1, 12])
def test_sitemaps_take_as_many_queries_for_twelve_articles_as_for_one(
    client, count, django_assert_max_num_queries
):
    for _ in range(count):
        publish_article(lead_image=make_image(), show=make_show())
    for address, most in [("/sitemap.xml", 11), ("/sitemap-articles-0.xml", 2), ("/sitemap-shows-0.xml", 1)]:
        with django_assert_max_num_queries(most):
            read(client, address)
    with django_assert_max_num_queries(2):
        read(client, "/news-sitemap.xml")


def test_what_did_not_change_is_not_sent_again(client):
    publish_article()
    for address in ("/sitemap.xml", "/sitemap-articles-0.xml", "/news-sitemap.xml"):
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_crawlers_are_told_where_the_sitemaps_are_and_what_is_not_for_them(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /preview/", "Disallow: /search/?"} < set(lines)
    assert f"Sitemap: {SITE}/sitemap.xml" in lines and f"Sitemap: {SITE}/news-sitemap.xml" in lines
