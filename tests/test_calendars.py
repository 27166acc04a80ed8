"""Calendars of premieres, finales and decisions, as calendar programs read them."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from tests.factories_shows import make_decision, make_network, make_season, make_show

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2023-01-15T12:00:00Z", tick=False):
        yield


@pytest.fixture
def show():
    show = make_show("The Imperfects; or, not", network=make_network("Netflix"))
    make_season(show, premiered_on="2022-09-08", finale_on="2022-11-01")
    make_decision(
        show, announced_on="2022-11-08", source_name="ComicBook.com", source_url="https://example.com/a"
    )
    other = make_show("Elsewhere", network=make_network("ABC"))
    make_season(other, premiered_on="2020-01-01", finale_on="2020-01-01")
    make_season(other, 2, premiered_on="2023-03-01")
    return show


def events(address):
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_a_show_has_all_that_is_known_of_it(show):
    found = events(f"/shows/{show.slug}/calendar.ics")
    assert {summary: event.decoded("dtstart") for summary, event in found.items()} == {
        "The Imperfects; or, not: season 1 premieres": date(2022, 9, 8),
        "The Imperfects; or, not: season 1 ends": date(2022, 11, 1),
        "Netflix cancels The Imperfects; or, not": date(2022, 11, 8),
    }
    decision = found["Netflix cancels The Imperfects; or, not"]
    assert decision["description"] == "Source: ComicBook.com https://example.com/a"
    assert decision["url"] == f"http://127.0.0.1:8000{show.get_absolute_url()}"
    assert decision.decoded("dtend") == date(2022, 11, 9)


def test_the_site_and_a_network_begin_a_year_ago(show):
    assert set(events("/calendar.ics")) == {
        *events(f"/shows/{show.slug}/calendar.ics"),
        "Elsewhere: season 2 premieres",
    }
    assert set(events("/networks/abc/calendar.ics")) == {"Elsewhere: season 2 premieres"}


def test_a_season_released_at_once_is_one_event_and_a_vague_or_coming_decision_none(show):
    other = make_show("Wednesday")
    make_season(other, premiered_on="2022-11-23", finale_on="2022-11-23")
    make_decision(other, "renewed", "2023-01-01", season_number=2, precision="month")
    make_decision(other, "cancelled", "2023-02-01")
    assert list(events(f"/shows/{other.slug}/calendar.ics")) == ["Wednesday: season 1, all episodes"]


def test_it_is_the_same_bytes_until_something_changes(show):
    address = f"/shows/{show.slug}/calendar.ics"
    first = Client().get(address)
    with time_machine.travel("2023-01-16T12:00:00Z", tick=False):
        second = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 304
    keys = [event["uid"] for event in events(address).values()]
    assert len(set(keys)) == 3
    make_decision(show, "revived", "2023-01-10", season_number=2)
    assert {event["uid"] for event in events(address).values()} > set(keys)


def test_an_unknown_show_has_no_calendar():
    assert Client().get("/shows/nothing/calendar.ics").status_code == 404
    assert Client().get("/networks/nothing/calendar.ics").status_code == 404


def test_pages_lead_to_their_calendars(show):
    for address, calendar in (
        (show.get_absolute_url(), f"/shows/{show.slug}/calendar.ics"),
        ("/networks/netflix/", "/networks/netflix/calendar.ics"),
        ("/tracker/", "/calendar.ics"),
    ):
        page = Client().get(address).content.decode()
        assert page.count(f'href="{calendar}"') == 2
