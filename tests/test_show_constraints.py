"""What the record refuses, in the database and with a sentence for the editor."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shows.links import is_web_address
from shows.models import ChartEntry, Decision, Rating, Season, Show
from tests.factories_shows import (
    dated,
    make_chart_entry,
    make_credit,
    make_decision,
    make_person,
    make_rating,
    make_season,
    make_show,
)

pytestmark = pytest.mark.django_db


def refused(row, sentence):
    """The row is refused by validation with the sentence, and by the database."""
    with pytest.raises(ValidationError, match=sentence):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_season_number_stands_once_in_a_show():
    season = make_season(make_show(), 1)
    refused(Season(show=season.show, number=1), "already has a season of this number")


def test_seasons_are_numbered_from_one():
    refused(Season(show=make_show(), number=0), "numbered from 1")


def test_a_finale_is_not_before_its_premiere():
    days = {"premiered_on": date(2022, 9, 8), "finale_on": date(2022, 9, 7)}
    refused(Season(show=make_show(), number=1, **days), "finale cannot be before the premiere")


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "cancelled", "precision": "day"},
        {"outcome": "cancelled", "precision": "unknown", "announced_on": "2022-11-08"},
    ],
)
def test_a_decision_has_a_date_or_says_that_it_is_unknown(fields):
    refused(Decision(show=make_show(), **dated(fields)), "or say that it is unknown")


@pytest.mark.parametrize("outcome", ["renewed", "final_season", "revived"])
def test_a_promise_needs_a_season_or_a_date(outcome):
    refused(
        Decision(show=make_show(), outcome=outcome, precision="unknown"), "needs a season number or a date"
    )
    Decision(show=make_show(), outcome=outcome, precision="unknown", season_number=2).full_clean()


def test_a_decision_about_season_zero_is_refused():
    refused(
        Decision(show=make_show(), outcome="cancelled", precision="unknown", season_number=0),
        "numbered from 1",
    )


@pytest.mark.parametrize(
    ("precision", "stored"), [("day", "2022-11-08"), ("month", "2022-11-01"), ("year", "2022-01-01")]
)
def test_a_date_is_stored_as_the_first_day_of_what_is_known(precision, stored):
    decision = make_decision(make_show(), announced_on="2022-11-08", precision=precision)
    decision.refresh_from_db()
    assert decision.announced_on == date.fromisoformat(stored)


@pytest.mark.parametrize(("score", "scale"), [("10.1", 10), ("-0.1", 10), ("100.5", 100)])
def test_a_score_stays_in_its_scale(score, scale):
    rating = Rating(show=make_show(), source="imdb", score=score, scale=scale, as_of_on=date(2023, 5, 3))
    refused(rating, "must lie between 0 and the end of its scale")


def test_a_source_is_read_once_a_day():
    rating = make_rating(make_show())
    again = {"source": "imdb", "score": "7.0", "scale": 10, "as_of_on": rating.as_of_on}
    refused(Rating(show=rating.show, **again), "This source's score of the show on this day")
    season = make_season(rating.show)
    make_rating(rating.show, season=season)
    refused(Rating(show=rating.show, season=season, **again), "This source's score of the season on this day")


def line(**fields):
    fields = {"category": "tv_english", "week_ending": date(2022, 9, 11), "show_title": "Another", **fields}
    return ChartEntry(**fields)


def test_a_rank_stands_once_in_its_list():
    make_chart_entry(rank=3)
    refused(line(rank=3), "already has a line at this rank")
    line(rank=3, category="tv_non_english").full_clean()
    line(rank=3, territory="CA").full_clean()


@pytest.mark.parametrize("fields", [{"rank": 0}, {"rank": 1, "hours_viewed": -1}, {"rank": 1, "views": -1}])
def test_ranks_and_figures_are_not_negative(fields):
    refused(line(**fields), "numbered from 1|cannot be negative")


def test_a_territory_is_the_world_or_a_country():
    with pytest.raises(ValidationError, match="two-letter code"):
        line(rank=1, territory="europe").full_clean()


@pytest.mark.parametrize(("name", "value"), [("imdb_id", "tt1234567"), ("wikidata_id", "Q42")])
def test_a_number_elsewhere_belongs_to_one_show(name, value):
    make_show(**{name: value})
    refused(Show(title="B", slug="b", **{name: value}), "Another show already has this")
    make_show("C")
    make_show("D")


def test_a_credit_stands_once():
    credit = make_credit(make_show())
    again = type(credit)(show=credit.show, person=make_person(), role="creator")
    refused(again, "already has this credit")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//evil.example",
        "http://user:pw@evil.example",
        "ftp://a.example",
        "http://[",
        "",
    ],
)
def test_only_plain_web_addresses_become_links(address):
    assert not is_web_address(address)


def test_an_address_with_a_user_name_is_refused_beside_its_field():
    with pytest.raises(ValidationError) as refusal:
        make_show(website="https://me@example.com/").full_clean()
    assert "website" in refusal.value.error_dict


def test_shows_of_one_title_are_told_apart_by_year_and_network(django_assert_num_queries):
    show = make_show("The Order")
    make_season(show, 2, premiered_on="2020-06-18")
    make_season(show, 1, premiered_on="2019-03-07")
    assert str(show) == "The Order (2019, Netflix)"
    assert str(make_show("The Order", network=None)) == "The Order"
    with django_assert_num_queries(1):
        assert [each.label for each in Show.objects.with_label().order_by("pk")] == [
            "The Order (2019, Netflix)",
            "The Order",
        ]
