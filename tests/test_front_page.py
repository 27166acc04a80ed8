"""The front page: the lead, the latest, and what was decided of late."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.factories import make_image, make_publication, publish_article
from tests.factories_shows import make_decision, make_show, make_the_imperfects
from tests.reading import NOON, headlines, read, stories

pytestmark = pytest.mark.django_db


def test_an_empty_site_says_so_and_breaks_nothing():
    assert "Nothing is published yet." in read("/")
    assert "Nothing is published here yet." in read("/articles/")
    assert read("/shows/")


def test_the_newest_story_leads_and_the_others_follow():
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        stories(4, lead_image=make_image())
        page = read("/")
    lead, rest = page.split('class="cards"')
    assert "Story 3" in lead and headlines(rest) == ["Story 2", "Story 1", "Story 0"]
    assert 'fetchpriority="high"' in lead and 'fetchpriority="high"' not in rest


def test_the_front_page_tells_the_latest_decisions_newest_first():
    make_the_imperfects()
    make_decision(make_show("Cobra Kai"), "final_season", "2023-01-20", season_number=6)
    make_decision(make_show("Removed Show"), "removed", "2024-01-01")
    make_decision(make_show("Undated Show"), "cancelled", None)
    with time_machine.travel(datetime(2024, 6, 1, tzinfo=UTC), tick=False):
        board = read("/").split('class="board"')[1]
    assert board.index("Cobra Kai") < board.index("The Imperfects")
    assert "Final season" in board and "8 Nov 2022" in board
    assert "Removed Show" not in board and "Undated Show" not in board


def test_the_front_page_takes_at_most_eight_queries(django_assert_max_num_queries, client):
    make_publication()
    for number in range(10):
        show = make_show(f"Show {number}")
        make_decision(show, "cancelled", "2022-11-08")
        publish_article(lead_image=make_image(), show=show)
    with django_assert_max_num_queries(8):
        page = client.get("/").content.decode()
    assert page.count('class="card"') == 9 and page.count("status-cancelled") >= 16
