"""The audit's own checks: each finds what is wrong in a page made wrong."""

import pytest

from audit import crawl, machines
from tests.factories import make_category, make_image, make_publication, picture_file, publish_article
from tests.reading import read

BASE = "http://site.example"


def page(path, body, kind="text/html; charset=utf-8", status=200):
    return crawl.Page(f"{BASE}{path}", f"{BASE}{path}", status, kind, body.encode())


def site(*pages):
    return {each.asked: each for each in pages}


def test_a_link_that_is_not_answered_and_one_to_no_element_are_found():
    front = page("/", '<a href="/gone/">1</a> <a href="/articles/#top">2</a> <a href="/articles/#end">3</a>')
    pages = site(front, page("/gone/", "", status=404), page("/articles/", '<p id="top">'))
    assert crawl.dead_links(pages, BASE) == [
        f"{BASE}/: its link to {BASE}/articles/#end leads to no element",
        f"{BASE}/: its link to {BASE}/gone/ is answered with 404",
    ]


def test_a_crawl_follows_pages_pictures_and_sitemaps_and_leaves_other_sites_alone(
    monkeypatch,
):
    answers = site(
        page("/", '<a href="/articles/">1</a> <a href="/admin/">2</a> <a href="https://else.example/">3</a>'),
        page("/articles/", '<img src="/media/a.png"><source srcset="/media/b.png 400w, /media/c.png 800w">'),
        page("/sitemap.xml", f"<loc>{BASE}/shows/</loc>", "application/xml"),
        *(page(path, "", "image/png") for path in ("/media/a.png", "/media/b.png", "/shows/")),
    )
    monkeypatch.setattr(crawl, "fetch", answers.__getitem__)
    pages = crawl.crawl(BASE, ["/", "/sitemap.xml"])
    assert set(pages) == set(answers)


@pytest.mark.django_db
def test_an_article_says_what_machines_need_and_what_it_leaves_out_is_found(settings):
    settings.SITE_URL = BASE
    make_publication()
    wide = make_image(file=picture_file((1600, 900)))
    article = publish_article(headline="A story", category=make_category("Cable"), lead_image=wide)
    html = read(article.get_absolute_url())
    assert machines.said_badly([page(article.get_absolute_url(), html)]) == []
    for part, instead, said in (
        ('"headline"', '"x"', "its NewsArticle lacks headline"),
        ('"NewsArticle"', '"x"', "it says nothing as NewsArticle"),
        ('"og:title"', '"x"', "its card lacks og:title"),
        ("/4x3-", "/x-", "it has no picture of 4x3"),
        (f'"url":"{BASE}/authors/', f'"x":"{BASE}/', "its author Ada Writer has no page"),
    ):
        broken = page(article.get_absolute_url(), html.replace(part, instead))
        assert machines.said_badly([broken]) == [f"{broken.asked}: {said}"]
    (found,) = machines.said_badly([page("/articles/x/", html.replace('"@context"', "@context"))])
    assert "does not parse" in found


@pytest.mark.django_db
def test_a_feed_that_lacks_something_is_found(settings):
    settings.SITE_URL = BASE
    make_publication()
    publish_article(headline="A story")
    kind, xml = "application/atom+xml; charset=utf-8", read("/feed/")
    assert machines.bad_feeds([page("/feed/", xml, kind)]) == []
    assert machines.bad_feeds([page("/feed/", xml.replace("updated>", "when>"), kind)])
    assert "mismatched tag" in machines.bad_feeds([page("/feed/", xml.replace("</entry>", ""), kind)])[0]


def test_a_sitemap_of_another_site_or_of_dead_addresses_is_found():
    rows = "".join(
        f"<url><loc>{address}</loc></url>" for address in (f"{BASE}/gone/", "https://else.example/")
    )
    sitemap = page(
        "/sitemap.xml",
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>',
        "application/xml",
    )
    assert machines.bad_sitemaps(site(sitemap, page("/gone/", "", status=410)), BASE) == [
        f"{BASE}/sitemap.xml: {BASE}/gone/ is answered with 410",
        f"{BASE}/sitemap.xml: 'https://else.example/' is not of this site",
    ]
