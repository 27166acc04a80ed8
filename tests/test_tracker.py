"""The renewal tracker: every show and where it stands, narrowed and sorted by its address, and as data."""

import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from articles.templatetags.articles import site_address
from shows.models import Outlook
from tests.factories import publish_article
from tests.factories_shows import make_decision, make_network, make_season, make_show

pytestmark = pytest.mark.django_db
# Publication and menu, as on every page.
FRAME = 1
QUERIES = 6


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2022-12-01T12:00:00Z", tick=False):
        yield


def titles(query="", **asked):
    page = Client().get(f"/tracker/{query}", asked)
    assert page.status_code == 200
    return [show.title for show, _key in page.context["rows"]]


@pytest.fixture
def shows():
    netflix, abc = make_network("Netflix"), make_network("ABC")
    over = make_show("The Imperfects", network=netflix, other_titles="Die Unvollkommenen")
    make_season(over, premiered_on="2022-09-08", finale_on="2022-09-08")
    make_decision(over, announced_on="2022-11-08", source_name="ComicBook.com")
    goes_on = make_show("Élite", network=netflix)
    make_season(goes_on, premiered_on="2018-10-05", finale_on="2022-10-15")
    make_decision(goes_on, "renewed", "2022-11-10", season_number=7)
    waits = make_show("Big Sky", network=abc)
    make_season(waits, premiered_on="2020-11-17", finale_on="2022-10-15")
    long_waits = make_show("Alaska Daily", network=abc)
    make_season(long_waits, premiered_on="2022-01-06", finale_on="2022-03-30")
    return {show.title: show for show in (over, goes_on, waits, long_waits)}


def test_the_latest_decisions_stand_first(shows):
    assert titles() == ["Élite", "The Imperfects", "Alaska Daily", "Big Sky"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "awaiting"}, ["Alaska Daily", "Big Sky"]),
        ({"network": "netflix"}, ["Élite", "The Imperfects"]),
        ({"year": "2022"}, ["The Imperfects", "Alaska Daily"]),
        ({"q": "elite"}, ["Élite"]),
        ({"q": "unvollkommenen die"}, ["The Imperfects"]),
        ({"q": "imp  THE"}, ["The Imperfects"]),
        ({"q": "nothing of the kind"}, []),
        ({"network": "netflix", "status": "cancelled", "q": "the"}, ["The Imperfects"]),
        ({"sort": "waiting"}, ["Alaska Daily", "Big Sky", "The Imperfects", "Élite"]),
        ({"sort": "title"}, ["Alaska Daily", "Big Sky", "The Imperfects", "Élite"]),
        ({"sort": "network"}, ["Alaska Daily", "Big Sky", "The Imperfects", "Élite"]),
        ({"sort": "year"}, ["The Imperfects", "Alaska Daily", "Big Sky", "Élite"]),
        ({"status": "wrong", "sort": "wrong", "year": "x", "page": "\0"}, None),
        ({"q": "\0", "page": "9" * 40}, None),
    ],
)
def test_the_address_narrows_and_sorts(shows, asked, found):
    every = ["Élite", "The Imperfects", "Alaska Daily", "Big Sky"]
    assert titles(**asked) == (every if found is None else found)


def test_a_row_tells_status_date_source_forecast_and_coverage(shows):
    show = shows["The Imperfects"]
    for day, step in (("2022-10-01", 6), ("2022-10-20", 3), ("2023-01-01", 8)):
        Outlook.objects.create(show=show, step=step, dated_on=day)
    publish_article(show=show)
    publish_article().also_about.add(show)
    publish_article(show=show, at=datetime(2023, 1, 1, tzinfo=UTC))
    page = " ".join(Client().get("/tracker/?q=imperfects").content.decode().split())
    for said in ("Cancelled", "Netflix, 8 Nov 2022", "ComicBook.com", "Cancellation likely", "20 Oct 2022"):
        assert said in page
    assert "2 stories" in page
    assert "day 247" not in page
    assert "No decision yet (day 246)" in Client().get("/tracker/?q=alaska").content.decode()


def test_networks_are_counted_over_all_shows(shows):
    counts = Client().get("/tracker/?q=elite").context["board"].networks
    told = [(each.name, each.total, [count for _status, count in each.counts]) for each in counts]
    assert told == [("ABC", 2, [2, 0, 0, 0]), ("Netflix", 2, [0, 1, 1, 0])]


def test_the_same_as_json(shows):
    answer = Client().get("/tracker/shows.json?network=netflix&status=cancelled").json()
    assert answer["as_of"] == "2022-12-01"
    assert answer["shows"] == [
        {
            "title": "The Imperfects",
            "address": site_address(shows["The Imperfects"].get_absolute_url()),
            "network": "Netflix",
            "first_premiered_on": "2022-09-08",
            "status": "cancelled",
            "status_text": "Cancelled",
            "days_waiting": None,
            "decision": {
                "outcome": "cancelled",
                "season": None,
                "announced_on": "2022-11-08",
                "announced_by": "Netflix",
                "source": "ComicBook.com",
                "source_address": "https://example.com/news",
            },
            "forecast": None,
            "stories": 0,
        }
    ]


def test_the_same_as_a_table_that_no_spreadsheet_takes_for_a_formula(shows):
    make_show("=1+1", slug="formula")
    Outlook.objects.create(show=shows["Big Sky"], step=6, dated_on="2022-11-20")
    answer = Client().get("/tracker/shows.csv?sort=title")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["title"] for row in rows] == ["'=1+1", "Alaska Daily", "Big Sky", "The Imperfects", "Élite"]
    assert (rows[2]["days_waiting"], rows[2]["forecast_step"], rows[2]["forecast"]) == (
        *("47", "6"),
        "Renewal likely",
    )
    assert rows[3]["announced_on"] == "2022-11-08"


@pytest.mark.parametrize("count", [3, 250])
@pytest.mark.parametrize(("address", "most"), [("", QUERIES), ("shows.json", QUERIES - FRAME)])
def test_it_takes_as_many_queries_however_many_shows(django_assert_max_num_queries, count, address, most):
    network = make_network("Netflix")
    for number in range(count):
        make_show(f"Show {number}", network=network)
    with django_assert_max_num_queries(most):
        Client().get(f"/tracker/{address}")


def test_pages_follow_each_other():
    for number in range(101):
        make_show(f"Show {number:03}")
    assert titles(sort="title", page="2") == ["Show 100"]
    page = Client().get("/tracker/?sort=title&page=2").content.decode()
    assert "Page 2 of 2" in page
    assert 'rel="prev"' in page
    assert 'content="noindex, follow"' in page


def test_without_shows_it_says_so():
    assert "No shows are on record yet." in Client().get("/tracker/").content.decode()
