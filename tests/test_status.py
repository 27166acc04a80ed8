"""What a show's status is on a day, as a table; and that SQL and Python never tell two stories."""

import os
from dataclasses import asdict
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shows.models import Decision, Season, Show, shows_with_status
from shows.status import Status, lapsed_on
from tests.factories_shows import SOURCE, make_decision, make_season, make_show

S1 = {"number": 1, "premiered_on": "2022-03-01", "finale_on": "2022-04-01"}
S2 = {"number": 2, "premiered_on": "2023-03-01", "finale_on": "2023-04-01"}
AIRED = [S1]

# (what it shows, seasons, decisions as (outcome, announced_on, further fields), day, status)
CASES = [
    ("nothing is known", [], [], "2022-01-01", "upcoming"),
    ("a season without dates", [{"number": 1}], [], "2022-01-01", "upcoming"),
    ("the day before the premiere", AIRED, [], "2022-02-28", "upcoming"),
    ("the day of the premiere", AIRED, [], "2022-03-01", "running"),
    ("the day of the finale", AIRED, [], "2022-04-01", "running"),
    ("the day after the finale", AIRED, [], "2022-04-02", "awaiting"),
    ("24 months less a day after the finale", AIRED, [], "2024-03-31", "awaiting"),
    ("24 months after the finale", AIRED, [], "2024-04-01", "unknown"),
    ("an unknown finale", [S1 | {"finale_on": None}], [], "2030-01-01", "running"),
    ("an unknown premiere", [S1 | {"premiered_on": None}], [], "2022-05-01", "awaiting"),
    ("the next season is dated", [S1, S2], [], "2022-09-01", "running"),
    ("ordered decides nothing", AIRED, [("ordered", "2021-01-01", {})], "2022-05-01", "awaiting"),
    ("removed decides nothing", AIRED, [("removed", "2022-05-01", {})], "2022-06-01", "awaiting"),
    ("cancelled while it airs", AIRED, [("cancelled", "2022-03-10", {})], "2022-03-11", "cancelled"),
    ("cancelled tomorrow", AIRED, [("cancelled", "2022-05-02", {})], "2022-05-01", "awaiting"),
    ("cancelled today", AIRED, [("cancelled", "2022-05-02", {})], "2022-05-02", "cancelled"),
    ("cancelled without a date", AIRED, [("cancelled", None, {})], "2022-05-02", "cancelled"),
    ("ended", AIRED, [("ended", "2022-05-02", {})], "2030-01-01", "ended"),
    ("renewed", AIRED, [("renewed", "2022-05-02", {"season_number": 2})], "2022-06-01", "renewed"),
    (
        "renewed, and the promised season has begun",
        [S1, S2],
        [("renewed", "2022-05-02", {"season_number": 2})],
        "2023-03-01",
        "running",
    ),
    (
        "renewed, and the eve of the promised season",
        [S1, S2],
        [("renewed", "2022-05-02", {"season_number": 2})],
        "2023-02-28",
        "renewed",
    ),
    (
        "renewed for the season after the next",
        [S1, S2],
        [("renewed", "2022-05-02", {"season_number": 3})],
        "2023-05-01",
        "renewed",
    ),
    (
        "renewed for a season without dates while a later one has begun",
        [S1, {"number": 2}, S2 | {"number": 3}],
        [("renewed", "2022-05-02", {"season_number": 2})],
        "2023-05-01",
        "awaiting",
    ),
    (
        "renewed without a number is kept by the first season after it",
        [S1, S2],
        [("renewed", "2022-05-02", {})],
        "2023-03-15",
        "running",
    ),
    (
        "renewed without a number is not kept by a season before it",
        AIRED,
        [("renewed", "2022-03-01", {})],
        "2023-03-15",
        "renewed",
    ),
    (
        "a final season to come",
        AIRED,
        [("final_season", "2022-05-02", {"season_number": 2})],
        "2022-06-01",
        "final_season",
    ),
    (
        "the final season airs",
        [S1, S2],
        [("final_season", "2022-05-02", {"season_number": 2})],
        "2023-03-15",
        "running",
    ),
    (
        "the final season is over",
        [S1, S2],
        [("final_season", "2022-05-02", {"season_number": 2})],
        "2023-04-02",
        "ended",
    ),
    (
        "the final season is long over",
        [S1, S2],
        [("final_season", "2022-05-02", {})],
        "2033-04-02",
        "ended",
    ),
    (
        "revived, until it premieres",
        AIRED,
        [("cancelled", "2022-05-02", {}), ("revived", "2022-06-02", {"season_number": 2})],
        "2022-07-01",
        "revived",
    ),
    (
        "revived, and back",
        [S1, S2],
        [("cancelled", "2022-05-02", {}), ("revived", "2022-06-02", {"season_number": 2})],
        "2023-03-15",
        "running",
    ),
    (
        "the latest counts, whatever was recorded last",
        AIRED,
        [("cancelled", "2022-06-02", {}), ("renewed", "2022-05-02", {"season_number": 2})],
        "2022-07-01",
        "cancelled",
    ),
    (
        "of two on one day the one recorded later counts",
        AIRED,
        [("renewed", "2022-05-02", {"season_number": 2}), ("cancelled", "2022-05-02", {})],
        "2022-07-01",
        "cancelled",
    ),
    (
        "an undated decision is older than a dated one",
        AIRED,
        [("renewed", "2022-05-02", {"season_number": 2}), ("cancelled", None, {})],
        "2022-07-01",
        "renewed",
    ),
]


def parameters():
    return [pytest.param(*case[1:], id=case[0]) for case in CASES]


def record(show, seasons, decisions):
    for season in seasons:
        make_season(show, **season)
    for outcome, announced_on, fields in decisions:
        make_decision(show, outcome, announced_on, **fields)
    return show


@pytest.mark.django_db
@pytest.mark.parametrize(("seasons", "decisions", "on", "status"), parameters())
def test_the_status_follows_from_decisions_and_dates(seasons, decisions, on, status):
    show, on = record(make_show(), seasons, decisions), date.fromisoformat(on)
    assert show.status_at(on) == status
    assert Show.objects.with_status(on).get().status == status


@pytest.mark.django_db
def test_a_limited_series_ends_with_its_finale():
    show = record(make_show(format="limited"), AIRED, [])
    for on, status in [("2022-04-01", "running"), ("2022-04-02", "ended"), ("2030-01-01", "ended")]:
        assert show.status_at(date.fromisoformat(on)) == status
        assert Show.objects.with_status(date.fromisoformat(on)).get().status == status


@pytest.mark.django_db
def test_the_status_changes_with_the_calendar_alone():
    show = record(make_show(), AIRED, [])
    told = {}
    for on in ["2022-02-01", "2022-03-15", "2022-04-02", "2022-05-18", "2024-04-01"]:
        with time_machine.travel(f"{on}T12:00:00Z", tick=False):
            told[on] = Show.objects.with_status().get().status_text, Show.objects.get(pk=show.pk).status_text
    assert told == {
        "2022-02-01": ("Coming soon", "Coming soon"),
        "2022-03-15": ("Airing", "Airing"),
        "2022-04-02": ("No decision yet (day 1)", "No decision yet (day 1)"),
        "2022-05-18": ("No decision yet (day 47)", "No decision yet (day 47)"),
        "2024-04-01": ("Not known", "Not known"),
    }


@pytest.mark.django_db
@time_machine.travel("2023-01-01T23:30:00Z", tick=False)
def test_today_is_the_newsrooms_today(settings):
    show = record(make_show(), [], [("cancelled", "2023-01-02", {})])
    assert Show.objects.with_status().get(pk=show.pk).status == Status.UPCOMING
    settings.TIME_ZONE = "Europe/Berlin"
    assert Show.objects.with_status().get(pk=show.pk).status == Status.CANCELLED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome", "announced_on", "fields", "text", "css", "reason"),
    [
        ("cancelled", "2022-11-08", {}, "Cancelled", "cancelled", "Cancelled: Netflix, 8 Nov 2022"),
        (
            "renewed",
            "2022-11-01",
            {"precision": "month", "season_number": 3},
            "Renewed for season 3",
            "renewed",
            "Renewed for season 3: Netflix, November 2022",
        ),
        (
            "cancelled",
            "2022-01-01",
            {"precision": "year"},
            "Cancelled",
            "cancelled",
            "Cancelled: Netflix, 2022",
        ),
        (
            "revived",
            "2022-11-08",
            {"season_number": 2},
            "Revived for season 2",
            "renewed",
            "Revived for season 2: Netflix, 8 Nov 2022",
        ),
        ("ended", None, {}, "Ended", "ended", "Ended: Netflix, date not known"),
        ("final_season", "2022-11-08", {}, "Final season", "renewed", "Final season: Netflix, 8 Nov 2022"),
    ],
)
def test_a_decided_status_says_who_decided_and_when(outcome, announced_on, fields, text, css, reason):
    show = record(make_show(), AIRED, [(outcome, announced_on, fields)])
    show = Show.objects.with_status(date(2022, 12, 1)).get(pk=show.pk)
    assert (show.status_text, show.status_css, show.status_reason) == (text, css, reason)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "css", "reason"),
    [
        ("2022-02-01", "running", "Coming soon: season 1 premieres on 1 Mar 2022"),
        ("2022-03-15", "running", "Airing: season 1 ends on 1 Apr 2022"),
        ("2022-04-03", "awaiting", "No decision yet (day 2): season 1 ended on 1 Apr 2022"),
        ("2025-04-03", "unknown", "Not known: season 1 ended on 1 Apr 2022"),
    ],
)
def test_a_status_by_dates_names_the_date(on, css, reason):
    record(make_show(), AIRED, [])
    show = Show.objects.with_status(date.fromisoformat(on)).get()
    assert (show.status_css, show.status_reason) == (css, reason)


@pytest.mark.django_db
def test_a_status_without_any_date_says_so():
    assert make_show().status_reason == "Coming soon: no premiere is known"
    show = record(make_show(), [{"number": 1, "premiered_on": "2022-03-01"}], [])
    assert show.status_reason == "Airing: season 1 premiered on 1 Mar 2022, its finale is not known"


@pytest.mark.django_db
def test_an_ended_show_names_the_final_season_as_the_reason():
    show = record(make_show(), [S1, S2], [("final_season", "2022-05-02", {"season_number": 2})])
    assert show.standing_at(date(2023, 5, 1)).status_reason == "Ended: final season, Netflix, 2 May 2022"


@pytest.mark.django_db
def test_a_promise_that_was_kept_is_not_given_as_the_reason():
    record(make_show(), [S1, S2], [("renewed", "2022-05-02", {"season_number": 2})])
    show = Show.objects.with_status(date(2023, 3, 15)).get()
    assert (show.status_outcome, show.status_on, show.status_source_name) == (None, None, None)


@pytest.mark.django_db
def test_the_status_of_all_shows_is_that_of_today():
    record(make_show(), AIRED, [("cancelled", "2022-05-02", {})])
    for day, status in (("2022-05-01", Status.AWAITING), ("2022-05-02", Status.CANCELLED)):
        with time_machine.travel(f"{day}T12:00Z", tick=False):
            assert shows_with_status().get().status == status


@pytest.mark.django_db
def test_shows_are_filtered_by_status(django_assert_num_queries):
    over, waiting = record(make_show("A"), AIRED, [("cancelled", "2022-05-02", {})]), make_show("B")
    record(waiting, AIRED, [])
    with django_assert_num_queries(1):
        assert list(shows_with_status(date(2022, 6, 1)).filter(status="awaiting")) == [waiting]
    assert list(Show.objects.with_status(date(2022, 6, 1)).filter(status=Status.CANCELLED)) == [over]
    assert Show.objects.with_status(date(2022, 6, 1)).filter(status=Status.CANCELLED).count() == 1


@pytest.mark.parametrize(
    ("on", "lapsed"),
    [("2024-02-29", "2022-02-28"), ("2024-03-01", "2022-03-01"), ("2022-12-31", "2020-12-31")],
)
def test_a_wait_lapses_after_24_months_of_the_calendar(on, lapsed):
    assert lapsed_on(date.fromisoformat(on)) == date.fromisoformat(lapsed)


# How many examples of six shows each. After a change to the status try more: EXAMPLES=2000 pytest …
EXAMPLES = int(os.environ.get("EXAMPLES", 25))
DAY_ONE = date(2020, 2, 20)
# A narrow range of days, so that dates often meet; wide enough for the 24 months.
days = st.sampled_from([*range(12), 365, 740, 741, 742, 1470]).map(lambda n: DAY_ONE + timedelta(days=n))
numbers = st.lists(st.integers(1, 4), max_size=4, unique=True)
spans = st.tuples(st.none() | days, st.none() | days).filter(lambda span: None in span or span[0] <= span[1])
decisions = st.lists(
    st.tuples(st.sampled_from(Decision.Outcome.values), st.none() | days, st.none() | st.integers(1, 5)),
    max_size=4,
)
histories = st.tuples(st.booleans(), numbers, st.lists(spans, min_size=4, max_size=4), decisions)


def show_of(is_limited, numbers, spans, decisions):
    """A show with this history, written by as few statements as will do."""
    show = make_show(format="limited" if is_limited else "series")
    Season.objects.bulk_create(
        Season(show=show, number=number, premiered_on=premiered_on, finale_on=finale_on)
        for number, (premiered_on, finale_on) in zip(numbers, spans, strict=False)
    )
    Decision.objects.bulk_create(
        Decision(
            show=show,
            outcome=outcome,
            announced_on=announced_on,
            precision="day" if announced_on else "unknown",
            season_number=season_number,
            **SOURCE,
        )
        for outcome, announced_on, season_number in decisions
        if announced_on or season_number or outcome not in Decision.PROMISES
    )
    return show


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=st.lists(histories, min_size=6, max_size=6), on=days)
def test_sql_and_python_agree_on_every_history(histories, on):
    shows = [show_of(*history) for history in histories]
    annotated = Show.objects.with_status(on).in_bulk([show.pk for show in shows])
    for show in shows:
        told, expected = annotated[show.pk], asdict(Show.objects.get(pk=show.pk).standing_at(on))
        assert {name: getattr(told, name) for name in expected} == expected
        assert told.status_reason
