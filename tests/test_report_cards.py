"""Networks' report cards: how often they renew, and how many shows were over after one season."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client

from shows.report_cards import report_cards
from tests.factories_shows import make_decision, make_network, make_season, make_show
from tests.reading import read

pytestmark = pytest.mark.django_db
FRAME = 1
TODAY = date(2022, 12, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2022-12-01T12:00:00Z", tick=False):
        yield


def with_seasons(count, title="A show", network="Netflix", **fields):
    """A show with a season in each of the years up to 2022."""
    show = make_show(title, network=network, **fields)
    for number in range(1, count + 1):
        make_season(show, number, premiered_on=f"{2022 - count + number}-02-01")
    return show


def card(network="Netflix", on=TODAY):
    return report_cards(on)[make_network(network).pk]


def counts(network="Netflix"):
    told = card(network)
    return told.renewed, told.cancelled, told.ended


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ")


def test_a_season_that_was_followed_counts_as_renewed_and_the_last_by_its_decision():
    show = with_seasons(3)
    assert counts() == (2, 0, 0)
    make_decision(show, "cancelled", "2022-05-01")
    assert counts() == (2, 1, 0)


def test_a_promise_counts_before_its_season_has_begun():
    make_decision(with_seasons(1), "renewed", "2022-05-01", season_number=2)
    assert counts() == (1, 0, 0)


def test_a_last_season_that_was_announced_is_renewed_before_and_ends_as_planned():
    make_decision(with_seasons(2), "final_season", "2021-05-01", season_number=2)
    assert counts() == (1, 0, 1)


def test_what_nobody_decided_counts_nowhere():
    with_seasons(1)
    with_seasons(1, "Ordered")
    make_decision(make_show("To come"), "cancelled", "2022-05-01")
    assert counts() == (0, 0, 0)


def test_limited_series_are_left_out():
    make_decision(with_seasons(1, format="limited"), "ended", "2022-05-01")
    assert counts() == (0, 0, 0)


def test_decisions_of_days_to_come_count_nothing_yet():
    make_decision(with_seasons(1), "cancelled", "2022-12-05")
    assert counts() == (0, 0, 0)
    assert card(on=date(2022, 12, 5)).cancelled == 1


def test_each_network_counts_by_its_own_last_word():
    show = with_seasons(1, network="NBC")
    make_decision(show, "cancelled", "2022-05-01", network=make_network("NBC"))
    make_decision(show, "revived", "2022-06-01", season_number=2, network=make_network("Netflix"))
    assert (counts("NBC"), counts("Netflix")) == ((0, 1, 0), (1, 0, 0))


def test_a_network_that_takes_its_word_back_counts_by_the_last():
    show = with_seasons(1)
    make_decision(show, "renewed", "2022-05-01", season_number=2)
    make_decision(show, "cancelled", "2022-09-01")
    assert counts() == (0, 1, 0)


def test_one_that_came_back_elsewhere_was_not_over_after_one_season():
    show = with_seasons(2, network="NBC")
    make_decision(show, "cancelled", "2021-05-01")
    over = with_seasons(1, "Over", network="NBC")
    make_decision(over, "cancelled", "2022-05-01")
    told = card("NBC")
    assert (told.first_seasons, told.one_season) == (2, 1)


@pytest.fixture
def eleven():
    """Ten shows decided about after their first season, four of them renewed, and one that waits."""
    for number in range(10):
        show = with_seasons(1, f"Show {number}")
        make_decision(show, "renewed" if number < 4 else "cancelled", "2022-05-01", season_number=2)
    with_seasons(1, "Waiting")


def test_the_shares_and_the_years_that_they_cover(eleven):
    make_decision(with_seasons(3, "Long"), "ended", "2022-05-01")
    told = card()
    # Four of ten and two of the long one's three; six of eleven were over after one.
    assert (told.renewed, told.decided, told.renewed_percent) == (6, 13, 46)
    assert (told.one_season, told.first_seasons, told.one_season_percent) == (6, 11, 55)
    assert (told.first_year, told.last_year) == (2020, 2022)


def test_the_networks_page_tells_its_card(eleven):
    page = text(read("/networks/netflix/"))
    for said in (
        "Renewed 40 % (4 of 10 seasons) 4 renewed, 6 cancelled, 0 ended as planned",
        "Over after one season 60 % (6 of 10 shows)",
        "Decides Too few decisions to say (0 seasons known to the day)",
        "Seasons that began 2022",
    ):
        assert said in page


def test_too_few_say_nothing_but_how_many_they_are():
    for number in range(9):
        make_decision(with_seasons(1, f"Show {number}"), "cancelled", "2022-05-01")
    for address in ("/networks/netflix/", "/networks/"):
        page = text(read(address))
        assert "Too few decisions to say (9 seasons)" in page
        assert "Too few decisions to say (9 shows)" in page
        assert "100 %" not in page


def test_the_table_has_all_networks_those_that_decided_most_first(eleven):
    make_decision(with_seasons(1, "Fox show", network="Fox"), "cancelled", "2022-05-01")
    make_show("Undecided", network="ABC")
    make_network("Nobody")
    page = text(read("/networks/"))
    assert (
        page.index("Netflix Shows: 11 Renewed: 40 % (4 of 10 seasons)")
        < page.index("Fox Shows: 1 Renewed: Too few")
        < page.index("ABC Shows: 1")
    )
    assert "Nobody" not in page


def test_without_networks_it_says_so_and_is_not_for_search_engines():
    page = read("/networks/")
    assert "No networks with shows are on record yet." in page
    assert 'content="noindex, follow"' in page
    assert "/networks/</loc>" not in read("/sitemap-lists.xml")
    make_show()
    assert "/networks/</loc>" in read("/sitemap-lists.xml")


@pytest.mark.parametrize("count", [2, 40])
def test_they_take_as_many_queries_however_many_there_are(django_assert_num_queries, count):
    for number in range(count):
        make_decision(with_seasons(1, network=f"Network {number}"), "cancelled", "2022-05-01")
    with django_assert_num_queries(FRAME + 3):
        Client().get("/networks/")
    with django_assert_num_queries(FRAME + 5):
        Client().get("/networks/network-1/")
