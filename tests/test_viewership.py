"""A season's weeks in a chart: the run, its changes, what the first month says, and the picture of it."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from shows.figures import change_percent, compact, signed_percent
from shows.models import ChartEntry
from shows.record import Record
from shows.viewership import FirstMonth, first_month, lists_missed, weekly_run
from shows.weekly_chart import BASELINE, TALLEST, ViewershipChart
from tests.factories_shows import (
    make_chart_entry,
    make_run,
    make_season,
    make_show,
    make_the_imperfects,
)

pytestmark = pytest.mark.django_db


def lines_of(season):
    """The lines of a season, and the tenth places of the lists that it missed."""
    entries = list(ChartEntry.objects.filter(season=season))
    return entries, ChartEntry.objects.tenth_places(lists_missed(entries))


def run_of(season):
    entries, tenths = lines_of(season)
    return weekly_run(entries, season.premiered_on, tenths)


def drawn(season):
    return ViewershipChart(season, *lines_of(season))


def month_of(season):
    entries, tenths = lines_of(season)
    return first_month(entries, season.premiered_on, tenths)


def told_of(season):
    """(whether it fell by half, the week of the peak), or None where nothing can be told."""
    month = month_of(season)
    return month and (month.fell_by_half, month.peak_week)


def season_with(*hours, premiered_on="2022-09-08", first_week="2022-09-11", title="A show"):
    """A season with one line a week; None is a week that it was not in the list."""
    season = make_season(make_show(title), premiered_on=premiered_on)
    season.refresh_from_db()
    for number, figure in enumerate(hours):
        if figure is not None:
            week = date.fromisoformat(first_week) + timedelta(days=7 * number)
            make_chart_entry(season, week_ending=week, rank=3, hours_viewed=figure)
    return season


@pytest.fixture
def imperfects():
    return make_the_imperfects().seasons.get()


def test_the_imperfects_read_as_published(imperfects):
    told = [
        (week.week_ending.isoformat(), week.rank, week.hours, week.change_percent, week.at_most)
        for week in run_of(imperfects)
    ]
    assert told == [
        ("2022-09-11", 3, 24_070_000, None, None),
        ("2022-09-18", 4, 35_020_000, Decimal("45.49"), None),
        ("2022-09-25", 9, 12_760_000, Decimal("-63.56"), None),
        ("2022-10-02", None, None, None, 9_130_000),
    ]


def test_the_week_of_the_premiere_counts_the_days_since_it(imperfects):
    assert [(week.days, week.is_partial) for week in run_of(imperfects)][:2] == [(4, True), (7, False)]


@pytest.mark.parametrize(
    ("premiered_on", "days"), [("2022-09-05", 7), ("2022-09-11", 1), ("2022-08-01", 7), (None, 7)]
)
def test_a_premiere_on_monday_or_in_another_week_leaves_the_week_whole(premiered_on, days):
    assert run_of(season_with(1000, premiered_on=premiered_on))[0].days == days


def test_the_tenth_by_views_is_no_bound_for_hours():
    season = make_season(make_show(), premiered_on="2023-06-08")
    make_chart_entry(season, week_ending="2023-06-11", rank=2, hours_viewed=200)
    make_chart_entry(week_ending="2023-06-18", rank=10, hours_viewed=90, views=3)
    assert [(week.is_off_list, week.at_most) for week in run_of(season)] == [(False, None), (True, None)]
    assert month_of(season) is None


def test_off_the_list_is_said_only_where_the_next_list_is_on_record(imperfects):
    ChartEntry.objects.filter(rank=10).delete()
    assert [week.is_off_list for week in run_of(imperfects)] == [False, False, False]


def test_the_tenth_place_of_another_list_is_no_bound(imperfects):
    ChartEntry.objects.filter(rank=10).update(category="tv_non_english")
    assert len(run_of(imperfects)) == 3


def test_the_run_is_two_queries(imperfects, django_assert_num_queries):
    with django_assert_num_queries(2):
        run_of(imperfects)


def test_after_a_gap_there_is_nothing_to_compare_with():
    season = season_with(10_000_000, None, 5_000_000)
    make_chart_entry(week_ending="2022-09-18", rank=10, hours_viewed=4_000_000)
    weeks = run_of(season)
    assert [week.is_off_list for week in weeks] == [False, True, False]
    assert weeks[2].change_percent is None


def test_lists_ranked_by_views_are_told_by_views():
    season = make_season(make_show(), premiered_on="2023-06-15")
    make_chart_entry(season, week_ending="2023-06-18", rank=2, hours_viewed=90, views=9_000_000)
    make_chart_entry(season, week_ending="2023-06-25", rank=5, hours_viewed=99, views=4_500_000)
    chart = drawn(season)
    assert (chart.unit, [week.figure for week in chart.weeks]) == ("views", [9_000_000, 4_500_000])
    assert chart.weeks[1].change_percent == -50


def test_a_run_that_began_under_hours_stays_with_hours():
    season = make_season(make_show())
    make_chart_entry(season, week_ending="2023-06-11", rank=2, hours_viewed=200)
    make_chart_entry(season, week_ending="2023-06-18", rank=5, hours_viewed=100, views=7)
    assert [week.figure for week in run_of(season)] == [200, 100]


def test_a_line_without_figures_has_a_rank_and_no_bar():
    season = make_season(make_show())
    make_chart_entry(season, week_ending="2022-09-11", rank=2)
    chart = drawn(season)
    assert (list(chart.bars), chart.weeks[0].rank) == ([], 2)
    assert chart.description == "1 week in the list."


def test_the_first_month_of_the_imperfects_is_a_fall_from_week_two(imperfects):
    month = month_of(imperfects)
    assert month == FirstMonth(True, 35_020_000, 2, 9_130_000, 4, at_most=9_130_000)
    assert month.drop_percent == Decimal("73.93")


# By hand: the peak is the larger of the first two; over half of it must be gone in a later one of the four.
@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ((100, 90, 80, 70), (False, 1)),
        ((100, 90, 80, 50), (False, 1)),
        ((100, 90, 80, 49), (True, 1)),
        ((100, 40), (True, 1)),
        ((100, 40, 90, 90), (True, 1)),
        ((40, 100, 60, 60), (False, 2)),
        ((40, 100, 30, 60), (True, 2)),
        ((100, 100, 60, 60), (False, 1)),
        ((100, 90, 80, 70, 10), (False, 1)),
        ((100, 90, 80), None),
        ((100, 90), None),
        ((None, 90, 10), None),
    ],
)
def test_the_first_month_follows_the_rule(hours, told):
    assert told_of(season_with(*hours)) == told


@pytest.mark.parametrize(
    ("hours", "bounds", "told", "low"),
    [
        ((100, 90, 80), {4: 49}, (True, 1), 49),
        ((100, 90, 80), {4: 51}, (None, 1), 51),
        ((100, 90), {3: 60, 4: 49}, (True, 1), 49),
        ((100, 90), {3: 60, 4: 55}, (None, 1), 55),
        ((100, 90), {3: 60}, None, None),
        ((100,), {2: 40}, (True, 1), 40),
        ((100,), {2: 120, 3: 40}, None, None),
        ((None, 90, 10, 10), {1: 80}, (True, 2), None),
        ((None, 90, 10, 10), {1: 95}, None, None),
    ],
)
def test_off_the_list_it_had_at_most_what_the_tenth_place_had(hours, bounds, told, low):
    season = season_with(*hours)
    for week, hours_of_tenth in bounds.items():
        ends = date(2022, 9, 4) + timedelta(days=7 * week)
        make_chart_entry(week_ending=ends, rank=10, hours_viewed=hours_of_tenth)
    month = month_of(season)
    assert told_of(season) == told
    assert month is None or (month.at_most, month.is_at_least) == (low, low is not None)


def test_without_a_premiere_the_first_month_is_not_known():
    assert month_of(season_with(100, 10, premiered_on=None)) is None


def test_the_tallest_bar_is_the_peak_and_the_fallen_week_is_marked(imperfects):
    bars = list(drawn(imperfects).bars)
    assert [bar.css for bar in bars] == ["part", "", "drop"]
    assert [bar.height for bar in bars] == [113, TALLEST, 60]
    assert all(bar.y + bar.height == BASELINE for bar in bars)


def test_every_column_of_a_short_run_is_labelled(imperfects):
    texts = [label.text.replace("\xa0", " ") for label in drawn(imperfects).labels]
    assert texts == [
        *("24.1 M", "11 Sep", "3rd", "4 days"),
        *("35.0 M", "18 Sep", "4th", "+45 %"),
        *("12.8 M", "25 Sep", "9th", "−64 %"),
        *("2 Oct", "off the list", "≤ 9.1 M"),
    ]


def test_a_long_run_fits_and_is_labelled_sparsely():
    season = season_with(*[1_000_000 * (40 - abs(week - 17)) for week in range(36)])
    chart = drawn(season)
    days = [label.text for label in chart.labels if label.y == BASELINE + 22]
    assert days == ["11 Sep", "8 Jan", "14 May"]
    assert all(float(bar.x[:-1]) + float(bar.width[:-1]) <= 100 for bar in chart.bars)


def test_on_a_phone_the_labels_between_step_back():
    chart = drawn(season_with(*[900_000 - 1000 * week for week in range(7)]))
    days = {label.text: label.css for label in chart.labels if label.y == BASELINE + 22}
    assert [days["11 Sep"], days["18 Sep"], days["23 Oct"]] == ["sub", "sub opt", "sub"]


def test_a_figure_does_not_run_into_a_taller_bar_beside_it():
    chart = drawn(season_with(100, 900, 800, 700, 600))
    figures = {label.text: label.css for label in chart.labels if label.text.isdigit()}
    assert (figures["100"], figures["600"]) == ("opt", "opt")


def panel(show, **context):
    record = Record.for_shows([show.pk])[show.pk]
    return render_to_string("shows/_viewership.html", {"record": record, **context})


def test_the_panel_says_the_same_in_a_picture_and_in_a_table(imperfects):
    html = panel(imperfects.show).replace("\xa0", " ")
    assert 'role="img"' in html and "<title>Hours viewed by week</title>" in html
    for text in ["24,070,000", "35,020,000", "+45.49 %", "12,760,000", "−63.56 %", "at most 9,130,000"]:
        assert text in html
    assert "(four days)" in html
    assert "The first week counts four days only" in html
    assert "Fell by more than half in its first month: yes, from the peak of week two." in html
    assert ">Netflix Top 10</a>" in html
    assert "style=" not in html


@pytest.mark.parametrize("hours", [(90, 60, 30, 7), (1, 1000), (5,), (7, None, 3), tuple(range(1, 40))])
def test_every_bar_is_as_tall_as_its_row_of_the_table_says(hours):
    html = panel(season_with(*hours).show)
    bars = [int(height) for height in re.findall(r'<rect[^>]* height="(\d+)"', html)]
    table = html[html.index("<tbody>") :]
    cells = re.findall(r'<td class="n">\d+</td><td class="n">([\d,]+)</td>', table)
    figures = [int(cell.replace(",", "")) for cell in cells]
    assert figures == [figure for figure in hours if figure is not None]
    assert bars == [max(round(TALLEST * figure / max(figures)), 1) for figure in figures]


def test_a_season_that_left_its_list_is_neither_said_to_have_fallen_nor_not():
    season = season_with(100, 90, 80)
    make_chart_entry(week_ending="2022-10-02", rank=10, hours_viewed=51)
    told = "Fell by more than half in its first month: not known, it left the list with at most 51."
    assert told in panel(season.show)


def test_the_panel_of_a_show_without_entries_says_so():
    assert "No chart entries are known." in panel(make_show())


def test_the_panel_shows_the_season_asked_for_or_the_latest_with_figures():
    show = make_show()
    make_run(make_season(show, 1), ("2021-09-12", 1, 111))
    make_run(make_season(show, 2), ("2022-09-11", 1, 222))
    make_season(show, 3)
    assert "season 2</span>" in panel(show) and "season 1</span>" not in panel(show)
    assert "season 1</span>" in panel(show, season=1)
    assert "season 1</span>" in panel(show, season=show.seasons.get(number=1))
    assert "No chart entries are known." in panel(show, season=3)


def test_figures_are_rounded_not_cut():
    assert [compact(n).replace("\xa0", " ") for n in (24_070_000, 12_760_000, 850_600, 700)] == [
        *("24.1 M", "12.8 M", "851 K", "700")
    ]
    assert compact(999_900).replace("\xa0", " ") == "1.0 M"


def test_changes_are_signed_with_a_real_minus():
    said = [signed_percent(Decimal(n)).replace("\xa0", " ") for n in ("45.49", "-63.56", "0")]
    assert said == ["+45.49 %", "−63.56 %", "0.00 %"]
    assert change_percent(5, 0) is None and change_percent(None, 5) is None
