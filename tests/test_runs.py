"""Runs through the charts compared with each other, and networks' waits: the arithmetic, done by hand."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from shows.models import ChartRun, Network
from shows.runs import refresh_runs
from shows.tasks import follow_the_record
from tests.factories_shows import make_chart_entry, make_decision, make_network, make_season, make_show

pytestmark = pytest.mark.django_db

# Twelve seasons of one year, in millions of hours: four weeks each, None is off the list, where the tenth
# place had 10, 9, 8 and 7. By hand: from the peak of weeks 1 and 2 to the lowest week after it.
RUNS = {
    # title: (weeks, drop in percent, at least, by half)
    "Held": ((40, 36, 30, 24), "40.00", False, False),
    "Halved exactly": ((40, 36, 30, 20), "50.00", False, False),
    "A little more than half": ((40, 36, 30, 19), "52.50", False, True),
    "Fell at once": ((100, 40, 30, 20), "80.00", False, True),
    "Grew first": ((20, 50, 40, 30), "40.00", False, False),
    "Grew and fell": ((20, 50, 30, 12), "76.00", False, True),
    "Came back": ((60, 20, 50, 55), "66.67", False, True),
    "Never below": ((30, 30, 35, 40), "0.00", False, False),
    "Left in week 4": ((40, 36, 30, None), "82.50", True, True),
    "Left in week 3": ((30, 28, None, None), "76.67", True, True),
    "Left in week 2": ((12, None, None, None), "41.67", True, None),
    "Small, left in week 4": ((12, 13, 9, None), "46.15", True, None),
}


@pytest.fixture
def charts():
    for week, hours in enumerate((10, 9, 8, 7)):
        make_chart_entry(
            week_ending=ending(week), rank=10, hours_viewed=hours, show_title="Tenth", weeks_listed=9
        )
    for number, (title, (weeks, *_told)) in enumerate(RUNS.items()):
        season = make_season(make_show(title, slug=f"show-{number}"), premiered_on="2022-09-08")
        for week, hours in enumerate(weeks):
            if hours is not None:
                rank = 11 + number
                make_chart_entry(season, week_ending=ending(week), rank=rank, hours_viewed=hours)
    refresh_runs()


def ending(week):
    return date(2022, 9, 11) + timedelta(weeks=week)


def test_twelve_runs_fell_as_far_as_by_hand(charts):
    told = {
        run.show_title: (str(run.drop_percent), run.is_at_least, run.fell_by_half)
        for run in ChartRun.objects.with_first_month()
    }
    assert told == {title: tuple(by_hand) for title, (_weeks, *by_hand) in RUNS.items()}


def test_each_is_compared_with_the_others_of_its_year(charts):
    run = ChartRun.objects.get(show_title="Grew and fell")
    # Less fell: 0, 40, 40, 41.67, 46.15, 50, 52.5, 66.67; by more than half: five others.
    assert (run.compared_with, run.fell_further_than, run.others_fell_by_half) == (11, 8, 5)
    assert run.percentile == 72
    assert ChartRun.objects.get(show_title="Never below").percentile == 0


def test_a_run_of_another_year_or_list_is_not_compared(charts):
    for number, fields in enumerate([{"week_ending": "2021-09-12"}, {"category": "tv_non_english"}]):
        season = make_season(make_show("Elsewhere", slug=f"elsewhere-{number}"), premiered_on="2021-09-09")
        make_chart_entry(season, **{"week_ending": "2022-09-11", "hours_viewed": 9, **fields})
    refresh_runs()
    assert ChartRun.objects.get(show_title="Held").compared_with == 11


def test_an_unmatched_title_has_a_first_month_where_its_first_week_is_known():
    for title, listed in (("From its start", 1), ("From its third week", 3)):
        for week, hours in enumerate((100, 90, 80, 40)):
            make_chart_entry(
                show_title=title, week_ending=ending(week), hours_viewed=hours, weeks_listed=listed + week
            )
    refresh_runs()
    drops = dict(ChartRun.objects.values_list("show_title", "drop_percent"))
    assert {title: drop and int(drop) for title, drop in drops.items()} == {
        "From its start": 60,
        "From its third week": None,
    }


def test_the_show_page_tells_how_its_first_month_compares(charts, client):
    page = " ".join(client.get("/shows/show-5/").content.decode().split())
    assert (
        "Of the 11 other seasons of TV (English) that began in 2022 and of which the lists tell it, 5 did; "
        "72 % fell less than this one." in page
    )


def test_the_command_prints_the_table(charts):
    said = StringIO()
    call_command("first_month_drops", "--year", "2022", stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[1].split()[:8] == ["≥", "82.50", "%", "yes", "11", "of", "11", "TV"]
    assert lines[-1] == "6 of 12 seasons fell by more than half in their first month."
    said = StringIO()
    call_command("first_month_drops", "--csv", "--list", "tv_non_english", stdout=said)
    assert len(said.getvalue().splitlines()) == 1


def decided(network, finale, announced, number=1, **fields):
    show = make_show(f"{network} {finale} {announced}", slug=f"s-{finale}-{announced}", network=network)
    make_season(show, number, premiered_on=finale, finale_on=finale)
    make_decision(show, announced_on=announced, **fields)
    return show


def test_a_networks_wait_is_the_median_from_finale_to_decision():
    network = make_network("Netflix")
    for days in (10, 20, 30, 40):
        decided(network, "2022-01-01", f"{date(2022, 1, 1) + timedelta(days=days)}")
    follow_the_record.enqueue()
    network.refresh_from_db()
    assert (network.median_wait_days, network.decided_seasons) == (None, 4)
    decided(network, "2022-01-01", "2022-03-02")
    decided(network, "2022-01-01", "2022-02-01", precision="month")
    decided(network, "2022-01-01", "2022-01-05", outcome="ordered")
    decided(network, "2022-01-01", "2021-12-25")
    follow_the_record.enqueue()
    network.refresh_from_db()
    # 10, 20, 30, 40 and 60: known to the month, about nothing, and before the premiere count for nothing.
    assert (network.median_wait_days, network.decided_seasons) == (30, 5)


def test_of_two_decisions_about_a_season_the_first_counts_and_the_next_season_has_its_own(client):
    network = make_network("Netflix")
    for number in range(4):
        decided(network, f"2020-01-0{number + 1}", "2020-01-11")
    show = decided(network, "2022-01-01", "2022-01-08", outcome="renewed", season_number=2)
    make_decision(show, announced_on="2022-03-01")
    make_season(show, 2, premiered_on="2023-01-01", finale_on="2023-01-01")
    make_decision(show, announced_on="2023-01-02")
    follow_the_record.enqueue()
    # 10, 9, 8, 7, then 7 and 1.
    assert Network.objects.get().decided_seasons == 6
    page = client.get(show.get_absolute_url()).content.decode()
    assert "8 days after the finale (median of 6 seasons)" in page
