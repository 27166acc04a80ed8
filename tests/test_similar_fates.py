"""Which seasons had the most similar first month, and what became of them: the arithmetic, done by hand."""

import math
import random
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Panel
from shows.fates import fate_of
from shows.models import ChartRun
from shows.nearness import MOST, REACH, Month, _nearest, _outward
from shows.runs import refresh_runs
from tests.factories import make_article
from tests.factories_shows import make_chart_entry, make_decision, make_season, make_show

pytestmark = pytest.mark.django_db
MONDAY, THURSDAY, FRIDAY = "2022-09-05", "2022-09-08", "2022-09-09"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2023-02-01T12:00:00Z", tick=False):
        yield


def ending(week):
    return date(2022, 9, 11) + timedelta(weeks=week)


def make_listed(title, weeks, *, premiered_on=THURSDAY, show=None, number=1, category="tv_english", **fields):
    """A season with its hours in the list, one figure a week; None is a week off it."""
    show = show or make_show(title, slug=title.lower().replace(" ", "-"), **fields)
    season = make_season(show, number, premiered_on=premiered_on, finale_on=premiered_on)
    for week, hours in enumerate(weeks):
        if hours is not None:
            make_chart_entry(season, week_ending=ending(week), hours_viewed=hours, category=category)
    return season


def make_tenths(*hours):
    for week, figure in enumerate(hours):
        make_chart_entry(week_ending=ending(week), rank=10, hours_viewed=figure, show_title="Tenth")


def nearest_to(season):
    refresh_runs()
    return ChartRun.objects.get(season=season).nearest


def make_fated(title, weeks, outcome="cancelled", **fields):
    season = make_listed(title, weeks, **fields)
    promised = {"season_number": 2} if outcome == "renewed" else {}
    make_decision(season.show, outcome, "2022-11-08", **promised)
    return season


def test_the_nearest_come_first_with_how_near_they_are_and_what_became_of_them():
    own = make_listed("Own", (40, 70, 70, 70))
    make_fated("Twice as much in one week", (40, 70, 70, 140), "renewed")
    make_fated("The same", (40, 70, 70, 70))
    make_fated("Twice as much in all", (80, 140, 140, 140))
    told = [(each["key"], each["factor"], each["fate"]) for each in nearest_to(own)]
    # ln 2 in one of four weeks: the root of its square by four is half of ln 2, so a factor of the root of 2.
    assert told == [
        ("the-same.1", 1.0, "cancelled"),
        ("twice-as-much-in-one-week.1", round(math.sqrt(2), 2), "renewed"),
    ]


def test_a_first_week_counts_by_its_days():
    own = make_listed("Own", (40, 70, 70, 70))
    make_fated("A day less", (30, 70, 70, 70), premiered_on=FRIDAY)
    make_fated("A whole week", (70, 70, 70, 70), premiered_on=MONDAY)
    assert [(each["key"], each["factor"]) for each in nearest_to(own)] == [("a-day-less.1", 1.0)]


def test_a_week_off_the_list_counts_with_the_tenth_place():
    make_tenths(9, 9, 9, 9)
    own = make_listed("Own", (40, 70, 30, None))
    make_fated("Left too", (40, 70, 30, None))
    make_fated("Stayed by a little", (40, 70, 30, 10))
    assert [each["key"] for each in nearest_to(own)] == ["left-too.1", "stayed-by-a-little.1"]


@pytest.mark.parametrize(
    ("weeks", "fields"),
    [
        ((40, None, None, None), {}),
        ((40, 70, 70, None), {"premiered_on": None}),
        ((40, 70, 70), {"category": "tv_non_english"}),
    ],
)
def test_a_first_month_that_is_not_known_is_compared_with_nothing(weeks, fields):
    make_tenths(9, 9, 9, 9)
    assert nearest_to(make_listed("Own", weeks, **fields)) is None


def test_left_out_are_its_own_show_other_lists_limited_series_and_what_nobody_decided():
    month = (40, 70, 70, 70)
    own = make_listed("Own", month)
    make_listed("", month, show=own.show, number=2)
    make_decision(own.show, "cancelled", "2022-11-08")
    make_fated("Elsewhere", month, category="tv_non_english")
    make_fated("Limited", month, format="limited")
    make_listed("Undecided", month)
    assert nearest_to(own) == []


def test_the_search_finds_the_same_as_looking_at_all():
    chance = random.Random(5)  # noqa: S311
    runs = []
    for number in range(300):
        logs = tuple(chance.gauss(3, 0.5) for _ in range(4))
        run = ChartRun(season_id=number)
        run.month = Month("hours", chance.choice([3, 4, 7]), logs)
        runs.append(run)
    by_level = sorted(runs, key=lambda run: (run.month.level, run.season_id))
    for run in runs[:50]:
        others = [each for each in runs if each is not run and each.month.is_like(run.month)]
        reached = sorted(
            (distance, each.season_id)
            for each in others
            if (distance := run.month.distance(each.month)) <= math.log(REACH)
        )
        found = _nearest(run.month, (each for each in _outward(by_level, run.month.level) if each is not run))
        assert [(distance, each.season_id) for distance, each in found] == reached[:MOST]


def test_it_takes_as_many_queries_however_many_runs_there_are(django_assert_num_queries):
    for number in range(2):
        make_fated(f"Show {number}", (40, 70, 70, 70))
    refresh_runs()
    for number in range(2, 12):
        make_fated(f"Show {number}", (40, 70, 70, 70))
    with django_assert_num_queries(8):
        # Six, and a savepoint's two.
        refresh_runs()
    assert len(ChartRun.objects.first().nearest) == MOST


DECISIONS = {
    # name: (decisions of (outcome, announced on, season's number), whether season 2 has begun, what became)
    "cancelled afterwards": ([("cancelled", "2022-11-08", None)], False, "cancelled"),
    "cancelled in the month that it began": ([("cancelled", "2022-09-01", "month")], False, "cancelled"),
    "cancelled, on an unknown day": ([("cancelled", None, None)], False, "cancelled"),
    "renewed before it began": ([("renewed", "2022-08-01", 2)], False, "renewed"),
    "renewed, and cancelled after all": (
        [("renewed", "2022-10-01", 2), ("cancelled", "2022-12-01", None)],
        False,
        "cancelled",
    ),
    "cancelled, and revived": (
        [("cancelled", "2022-10-01", None), ("revived", "2022-11-01", 2)],
        False,
        "renewed",
    ),
    "renewed, and the next cancelled": (
        [("renewed", "2022-10-01", 2), ("cancelled", "2023-01-20", None)],
        True,
        "renewed",
    ),
    "its last season from the start": ([("final_season", "2022-01-01", 1)], False, "ended"),
    "renewed for a last season": ([("final_season", "2022-12-01", 2)], False, "renewed"),
    "ended": ([("ended", "2022-12-01", None)], False, "ended"),
    "the next season followed": ([], True, "renewed"),
    "nothing yet": ([("ordered", "2022-01-01", None), ("cancelled", "2023-03-01", None)], False, None),
    "about the season before": (
        [("renewed", "2022-08-01", 1), ("cancelled", "2022-01-01", None)],
        False,
        None,
    ),
}


@pytest.mark.parametrize("name", DECISIONS)
def test_what_became_of_a_season(name):
    told, has_followed, became = DECISIONS[name]
    show = make_show()
    season = make_season(show, premiered_on=THURSDAY, finale_on=THURSDAY)
    if has_followed:
        make_season(show, 2, premiered_on="2023-01-05")
    for outcome, on, more in told:
        precision = {"precision": more} if more == "month" else {}
        number = {"season_number": more} if isinstance(more, int) else {}
        make_decision(show, outcome, on, **precision, **number)
    seasons = list(show.seasons.all())
    for each in seasons:
        each.show = show
    season.refresh_from_db()
    fate = fate_of(season, seasons, list(show.decisions.all()), date(2023, 2, 1))
    assert (fate and fate.kind) == became


def page_of(season):
    refresh_runs()
    page = Client().get(season.show.get_absolute_url()).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("\xa0", " ").replace("&nbsp;", " ")).split()), page


def test_the_show_page_tells_them_with_date_and_source_and_leads_to_their_curves():
    own = make_fated("Own", (40, 70, 70, 70))
    for number, outcome in enumerate(("renewed", "cancelled", "cancelled")):
        make_fated(f"Other {number}", (40, 70, 70, 70 + number), outcome)
    said, page = page_of(own)
    assert "Seasons whose first month was most like that of season 1" in said
    assert "Other 0 , season 1 8 Nov 2022: Renewed for season 2 by Netflix ( A trade paper ) × 1.00" in said
    assert "that says little" not in said
    assert 'href="/compare/?run=other-0.1&amp;run=other-1.1&amp;run=other-2.1&amp;run=own.1"' in page
    assert Client().get("/compare/?run=other-0.1&run=other-1.1&run=other-2.1&run=own.1").status_code == 200


def test_the_page_says_where_they_are_few_or_none():
    own = make_fated("Own", (40, 70, 70, 70))
    said, _page = page_of(own)
    assert "No other season on record whose fate is known had a first month like it." in said
    make_fated("Other", (40, 70, 70, 70))
    said, _page = page_of(own)
    assert "Only 1 season on record with a known fate comes near; that says little." in said


def test_a_show_whose_first_month_is_not_known_says_nothing_of_it():
    said, _page = page_of(make_listed("Own", (40, 70)))
    assert "whose first month was most like" not in said and "Compare with other seasons" in said


def test_the_following_season_tells_it_where_there_is_no_decision():
    own = make_fated("Own", (40, 70, 70, 70))
    other = make_listed("Other", (40, 70, 70, 70))
    make_season(other.show, 2, premiered_on="2023-01-05")
    assert "Other , season 1 Season 2 followed on 5 Jan 2023" in page_of(own)[0]


def test_what_is_gone_from_the_record_since_is_left_out():
    own = make_fated("Own", (40, 70, 70, 70))
    other = make_fated("Other", (40, 70, 70, 70))
    refresh_runs()
    other.show.delete()
    page = Client().get(own.show.get_absolute_url()).content.decode()
    assert "No other season on record" in page


@pytest.mark.parametrize("others", [1, 5])
def test_the_show_page_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries, others):
    own = make_fated("Own", (40, 70, 70, 70))
    for number in range(others):
        make_fated(f"Other {number}", (40, 70, 70, 70))
    refresh_runs()
    # Ten as in test_show_pages, and two for them.
    with django_assert_num_queries(12):
        Client().get(own.show.get_absolute_url())


def test_an_articles_chart_says_it_in_a_sentence_without_a_query_more(django_assert_num_queries):
    own = make_fated("Own", (40, 70, 70, 70))
    article = make_article(show=own.show)
    Panel.objects.create(parent=article, ordering=900, kind="viewership")
    article.publish()
    for number, outcome in enumerate(("renewed", "cancelled", "cancelled")):
        make_fated(f"Other {number}", (40, 70, 70, 70), outcome)
    with CaptureQueriesContext(connection) as before:
        Client().get(article.get_absolute_url())
    refresh_runs()
    with django_assert_num_queries(len(before)):
        page = Client().get(article.get_absolute_url()).content.decode()
    assert (
        "Of the 3 seasons on record whose first month was most like it: 1 renewed, 2 cancelled."
        in " ".join(page.split())
    )
