"""The record of shows as pages draw it."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from shows.dates import dated_text
from shows.record import Record
from tests.factories_shows import (
    make_credit,
    make_decision,
    make_network,
    make_rating,
    make_season,
    make_show,
    make_the_imperfects,
)

pytestmark = pytest.mark.django_db


def record_of(show, on=None):
    return Record.for_shows([show.pk], on)[show.pk]


def drawn(panel, show):
    return render_to_string(f"shows/_{panel}.html", {"record": record_of(show)}).replace("\xa0", " ")


def everything_said(record):
    """Each panel of a record, drawn, so that a forgotten query would be counted."""
    panels = ("facts", "timeline", "ratings", "viewership")
    return "".join(render_to_string(f"shows/_{panel}.html", {"record": record}) for panel in panels)


@pytest.mark.parametrize("number_of_shows", [1, 4])
def test_any_number_of_shows_takes_two_queries(number_of_shows, django_assert_num_queries):
    shows = [make_the_imperfects()]
    for number in range(1, number_of_shows):
        show = make_show(f"Show {number}")
        season = make_season(show, premiered_on="2020-01-01")
        make_decision(show, network=make_network("ABC"))
        make_rating(show, season=season)
        shows.append(show)
    with django_assert_num_queries(2):
        records = Record.for_shows([show.pk for show in shows])
        for record in records.values():
            everything_said(record)
    assert records.keys() == {show.pk for show in shows}


def test_an_id_that_no_show_has_is_left_out():
    assert Record.for_shows([4711]) == {}


def test_the_record_is_as_of_a_day():
    show = make_the_imperfects()
    assert record_of(show, date(2022, 10, 1)).show.status == "awaiting"
    assert record_of(show, date(2022, 11, 8)).show.status == "cancelled"


def test_the_timeline_tells_premieres_finales_and_decisions_in_order():
    show = make_show()
    make_season(show, 1, premiered_on="2019-03-07", finale_on="2019-03-07")
    make_season(show, 2, premiered_on="2020-06-01", finale_on="2020-06-18")
    make_decision(show, "renewed", "2019-03-28", season_number=2)
    make_decision(show, "ordered", None)
    make_decision(show, "cancelled", "2020-11-01", precision="month")
    assert [(event.kind, event.date_text) for event in record_of(show).timeline] == [
        ("decision", "date not known"),
        ("release", "7 Mar 2019"),
        ("decision", "28 Mar 2019"),
        ("premiere", "1 Jun 2020"),
        ("finale", "18 Jun 2020"),
        ("decision", "November 2020"),
    ]


def test_the_timeline_panel_says_what_and_where_it_can_be_read():
    show = make_show()
    make_season(show, 1, premiered_on="2020-06-01", finale_on="2020-06-18")
    make_decision(show, "cancelled", "2020-11-20", precision="month", note="After one season.")
    make_decision(show, "final_season", "2020-11-20", season_number=2, source_name="", source_url="")
    html = drawn("timeline", show)
    assert "Season 1 premieres" in html and "Season 1 ends" in html
    assert '<time datetime="2020-11">November 2020</time>' in html
    assert '<b>Cancelled</b> by Netflix (<a href="https://example.com/news"' in html
    assert "After one season." in html
    assert "<b>Final season (2)</b>, announced by Netflix" in html


def test_the_timeline_panel_of_an_empty_record_says_so():
    assert "No dates and no decisions are known." in drawn("timeline", make_show())


def test_a_source_that_may_not_be_a_link_is_only_named():
    show = make_show()
    make_decision(show, source_name="A <b>paper</b>", source_url="javascript:alert(1)")
    html = drawn("timeline", show)
    assert "javascript" not in html and "(A &lt;b&gt;paper&lt;/b&gt;)" in html


def test_the_facts_say_what_is_known():
    html = drawn("facts", make_the_imperfects())
    assert "<dd>Shelley Eriksen, Dennis Heaton</dd>" in html
    assert "<dd>1, 10 episodes, from 8 Sep 2022</dd>" in " ".join(html.split()).replace(" </dd>", "</dd>")
    assert "Cancelled: Netflix, 8 Nov 2022" in html
    assert '<span class="status status-cancelled">Cancelled</span>' in html


def test_what_the_record_does_not_know_is_shown_as_not_known():
    assert drawn("facts", make_show(network=None)).count("Not known") == 3


def test_creators_stand_in_their_order_whatever_their_rows_order():
    show = make_show()
    make_credit(show, "Zoe Last", position=3)
    make_credit(show, "Ann First", position=1)
    make_credit(show, "An Actor", role="cast")
    assert record_of(show).show.creators == "Ann First, Zoe Last"


def test_episodes_are_counted_only_where_all_are_known():
    show = make_show()
    make_season(show, 1, premiered_on="2019-03-07", episode_count=10)
    make_season(show, 2, premiered_on="2020-03-07", episode_count=8)
    make_season(show, 3, premiered_on="2030-03-07")
    assert record_of(show, date(2021, 1, 1)).episode_count == 18
    assert record_of(show, date(2031, 1, 1)).episode_count is None


def test_only_the_latest_reading_of_a_source_is_shown():
    show = make_show()
    season = make_season(show)
    make_rating(show, score="6.4", as_of_on="2023-05-03")
    make_rating(show, score="6.1", as_of_on="2022-11-10")
    make_rating(show, score="7.0", season=season)
    assert [(str(rating.score), rating.season) for rating in record_of(show).ratings] == [
        ("6.4", None),
        ("7.0", season),
    ]


def test_ratings_say_scale_votes_date_and_no_score():
    html = drawn("ratings", make_the_imperfects())
    for text in ["6.1/10", "1,500 votes", "79 %", "no score", "3 May 2023", "Rotten Tomatoes, critics"]:
        assert text in html


def test_the_ratings_panel_of_an_empty_record_says_so():
    assert "No ratings are known." in drawn("ratings", make_show())


def test_a_date_is_said_as_exactly_as_it_is_known():
    day = date(2022, 11, 8)
    said = [dated_text(day, precision) for precision in ("day", "month", "year")]
    assert said == ["8 Nov 2022", "November 2022", "2022"]
    assert dated_text(None, "unknown") == "date not known"
