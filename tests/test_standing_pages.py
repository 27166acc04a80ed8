"""Standing pages, the menu, and the publication's own name."""

import re

import pytest

from articles.models import MenuEntry, Page, Publication
from tests.factories import (
    make_category,
    make_publication,
    publish_article,
)
from tests.factories_shows import make_show
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_a_standing_page_is_read_while_it_is_public():
    page = Page.objects.create(title="About us", slug="about", body="<p>Who we are.</p>")
    assert "Who we are." in read("/pages/about/")
    page.is_public = False
    page.save()
    read("/pages/about/", status=404)


def test_the_menu_hides_what_has_nothing_behind_it():
    publication = make_publication(menu=("front", "archive", "shows"))
    full, empty = make_category("Full"), make_category("Empty")
    hidden = Page.objects.create(title="Hidden", slug="hidden", body="<p>x</p>", is_public=False)
    for fields in (
        {"category": full},
        {"category": empty},
        {"page": hidden},
        {"url": "https://example.com/"},
    ):
        MenuEntry.objects.create(publication=publication, position=9, **fields)

    def entries():
        return re.findall(r"<li><a [^>]*>([^<]+)</a></li>", read("/").split("</header>")[0])

    assert entries() == ["Front page", "https://example.com/"]
    publish_article(category=full)
    make_show()
    assert entries() == ["Front page", "All articles", "Shows", "Full", "https://example.com/"]


def test_readers_see_the_publications_name_and_the_place_where_they_are():
    make_publication("Cold Open", tagline="Television news")
    publish_article()
    page = read("/articles/")
    assert "<title>All articles – Cold Open</title>" in page
    assert '<a href="/articles/" aria-current="page">All articles</a>' in page
    assert "Cliffhanger" not in page


def test_the_publication_is_one_row():
    Publication(name="First").save()
    Publication(name="Second").save()
    assert Publication.objects.count() == 1 and Publication.current().name == "Second"
