"""Where nothing is, readers can search, and are shown what has an address like the one they asked for."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from tests.factories import make_article, publish_article
from tests.factories_shows import make_show
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_a_slip_of_the_pen_leads_to_the_articles_and_shows_that_are_alike():
    publish_article(headline="The Imperfects cancelled", slug="the-imperfects-cancelled")
    make_show(title="The Imperfects", slug="the-imperfects")
    page = read("/articles/the-imperfects-canceled/", status=404)
    assert 'href="/articles/the-imperfects-cancelled/"' in page
    assert 'href="/shows/the-imperfects/"' in read("/shows/the-imperfcts/", status=404)
    assert 'action="/search/"' in page


def test_what_is_not_published_is_no_suggestion():
    make_article(headline="The Imperfects cancelled", slug="the-imperfects-cancelled")
    gone = publish_article(headline="The Imperfects again", slug="the-imperfects-again")
    gone.unpublish()
    page = read("/articles/the-imperfects-cancel/", status=404)
    assert "Did you mean" not in page and "again" not in page


def test_no_more_than_five_are_shown():
    for number in range(8):
        publish_article(headline=f"Lighthouse {number}", slug=f"lighthouse-{number}")
    assert read("/articles/lighthouse-9/", status=404).count('<li><a href="/articles/lighthouse-') == 5


@pytest.mark.parametrize(
    "path", ["/a'b*/", "/%00/", "/" + "x" * 3000 + "/", "/👻/", "/.git/config", "/a/b/c.php"]
)
def test_any_address_answers_not_found_and_is_kept_by_nobody(path):
    response = Client().get(path)
    assert response.status_code == 404 and response["Cache-Control"] == "no-store"


def test_without_the_database_the_bare_page_answers(rf):
    from search.missing import not_found

    def broken(*args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(broken):
        response = not_found(rf.get("/articles/lighthouse/"))
    assert response.status_code == 404 and "There is no page" in response.content.decode()


def test_a_missing_page_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        read("/articles/the-imperfects-cancelled/", status=404)
