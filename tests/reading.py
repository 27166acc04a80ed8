"""How a reader reads lists in tests: a page's text, its headlines, and stories to fill it with."""

import re
from datetime import UTC, datetime, timedelta

from django.test import Client

from tests.factories import publish_article

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


def read(address, status=200):
    response = Client().get(address)
    assert response.status_code == status
    return response.content.decode()


def headlines(page):
    return re.findall(r"<h2><a[^>]*>(Story \d+)</a></h2>", page)


def stories(count, **fields):
    """Published stories, the first of which is the oldest; every third shares its moment with the next."""
    for number in range(count):
        at = NOON + timedelta(minutes=number - number % 3)
        publish_article(headline=f"Story {number}", at=at, **fields)
