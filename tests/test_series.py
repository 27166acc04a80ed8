"""A series: readers of one part find the next."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import Series
from tests.factories import publish_article
from tests.writing import change_url, typed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


@pytest.fixture
def series():
    return Series.objects.create(name="Ten finales", slug="ten-finales", description="One a week.")


@pytest.fixture
def parts(series):
    """Three parts; the third is still to come."""
    with time_machine.travel(NOON, tick=False) as clock:
        one = publish_article(headline="Part one", series=series)
        clock.shift(timedelta(days=7))
        two = publish_article(headline="Part two", series=series)
        publish_article(headline="Part three", series=series, at=NOON + timedelta(days=14))
        yield one, two


def links(client, article):
    """What stands before and after an article in its series."""
    page = client.get(article.get_absolute_url()).content.decode()
    return [
        name
        for rel in ("prev", "next")
        for name in ("Part one", "Part two", "Part three")
        if f'rel="{rel}"' in page and f">{name}</a>" in page.split(f'rel="{rel}"')[1][:120]
    ]


def test_each_part_leads_to_the_next_and_the_one_before(client, parts):
    one, two = parts
    assert links(client, one) == ["Part two"]
    assert links(client, two) == ["Part one"]


def test_a_part_that_is_to_come_is_found_from_its_moment_on(client, parts):
    with time_machine.travel(NOON + timedelta(days=14), tick=False):
        assert links(client, parts[1]) == ["Part one", "Part three"]


def test_an_unpublished_part_is_passed_over(client, parts):
    one, two = parts
    two.unpublish()
    assert links(client, one) == []


def test_the_series_has_a_page_with_its_published_parts(client, parts):
    page = client.get("/series/ten-finales/").content.decode()
    assert "Ten finales" in page and "One a week." in page
    assert "Part one" in page and "Part two" in page and "Part three" not in page


def test_the_series_is_filed_in_the_writing_screen(at_desk, editor, client, series):
    article = publish_article(headline="Alone")
    desk = at_desk(editor)
    desk.post(change_url(article), typed(desk, article, series=str(series.pk)))
    assert "Ten finales" in client.get(article.get_absolute_url()).content.decode()


def test_an_article_of_no_series_says_nothing_of_one(client):
    assert "series" not in client.get(publish_article().get_absolute_url()).content.decode().casefold()
