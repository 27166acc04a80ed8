"""Archive, category, tag and author: every story once, however far one pages."""

import re

import pytest
from django.urls import reverse

from articles.models import Series
from tests.factories import (
    make_author,
    make_category,
    make_image,
    make_publication,
    make_tag,
    publish_article,
)
from tests.factories_shows import make_show
from tests.reading import headlines, read, stories

pytestmark = pytest.mark.django_db


def follow(address):
    """All headlines of a list, page after page."""
    seen, pages = [], 0
    while address:
        page, pages = read(address), pages + 1
        seen += headlines(page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older and address.split("?")[0] + older[1].replace("&amp;", "&")
    return seen, pages


def test_every_story_stands_once_in_the_archive_also_where_moments_are_shared():
    stories(45)
    seen, pages = follow("/articles/")
    assert seen == [f"Story {number}" for number in reversed(range(45))]
    assert pages == 3


def test_a_story_published_while_somebody_pages_moves_nothing():
    stories(25)
    older = re.search(r'rel="next" href="([^"]+)"', read("/articles/"))[1]
    publish_article(headline="Story 99")
    assert headlines(read("/articles/" + older)) == [f"Story {number}" for number in reversed(range(5))]


@pytest.mark.parametrize("cursor", ["x", "-", "1-x", "99999999999999999-1", "1" * 40, "٣-٣", "%00", "-1-1"])
def test_an_unreadable_cursor_is_the_first_page(cursor):
    stories(2)
    assert headlines(read(f"/articles/?before={cursor}")) == ["Story 1", "Story 0"]


def test_only_the_first_page_of_a_list_is_for_search_engines():
    stories(25)
    first = read("/articles/")
    assert "noindex" not in first and "<title>All articles – " in first
    assert 'rel="canonical"' in first
    older = re.search(r'rel="next" href="([^"]+)"', first)[1]
    second = read("/articles/" + older)
    assert 'name="robots" content="noindex, follow"' in second
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/articles/{older}">' in second
    assert "<title>All articles, up to 10 Nov 2022 – " in second


def test_of_the_shows_only_the_whole_list_is_for_search_engines():
    whole, part = read("/shows/"), read("/shows/?status=ended&utm_source=a")
    assert 'rel="canonical"' in whole and "noindex" not in whole
    assert 'content="noindex, follow"' in part
    assert '<link rel="canonical" href="http://127.0.0.1:8000/shows/?status=ended">' in part


def test_a_story_that_lost_its_category_has_no_empty_label():
    article = publish_article(headline="Story 1")
    article.category = None
    article.save()
    page = read("/articles/")
    assert headlines(page) == ["Story 1"] and '<p class="label">' not in page


def test_a_category_a_tag_and_an_author_list_their_own():
    streaming, tag = make_category("Streaming", description="What streamers decide."), make_tag("sequels")
    mine = publish_article(headline="Story 1", category=streaming, authors=["Ada Writer"])
    mine.tags.add(tag)
    publish_article(headline="Story 2", category=make_category("Broadcast"), authors=["Ben Critic"])
    make_author("Ada Writer").__class__.objects.filter(name="Ada Writer").update(bio="Writes of charts.")
    for row, words in [
        (streaming, "What streamers decide."),
        (tag, "sequels"),
        (make_author(), "Writes of charts."),
    ]:
        page = read(row.get_absolute_url())
        assert headlines(page) == ["Story 1"] and words in page
    for address in ("/categories/none/", "/tags/none/", "/authors/none/"):
        read(address, status=404)


def test_a_list_takes_at_most_five_queries(django_assert_max_num_queries, client):
    make_publication()
    category, tag, author = make_category(), make_tag(), make_author()
    series = Series.objects.create(name="Endings", slug="endings")
    for _ in range(45):
        article = publish_article(lead_image=make_image(), show=make_show(), category=category, series=series)
        article.tags.add(tag)
    lists = [row.get_absolute_url() for row in (category, tag, author, series)]
    for address in (reverse("articles:archive"), *lists):
        older = ""
        for _page in range(2):
            with django_assert_max_num_queries(5, info=address):
                page = client.get(address + older).content.decode()
            assert page.count('class="card"') == 20, address
            older = re.search(r'rel="next" href="([^"]+)"', page)[1]
