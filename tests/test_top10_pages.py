"""The weekly lists as pages: who rose and fell, is new or back, and left; by country; and of all time."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from shows.models import ChartEntry
from shows.tasks import follow_the_record
from tests.factories_shows import make_chart_entry, make_season, make_show
from tests.reading import read
from tests.top10_files import COUNTRIES, LAYOUTS, POPULAR, imported, line, tsv

pytestmark = pytest.mark.django_db
FRAME = 1


def listed(week, *titles, weeks=(), hours=(), columns=LAYOUTS[7], **fields):
    """Lines of one list by rank."""
    return tsv(
        [
            line(
                week=week,
                weekly_rank=str(rank),
                show_title=title,
                season_title=f"{title}: Season 1",
                weekly_hours_viewed=str(hours[rank - 1] if hours else 1_000_000 * (20 - rank)),
                cumulative_weeks_in_top_10=str(weeks[rank - 1] if weeks else 1),
                **fields,
            )
            for rank, title in enumerate(titles, start=1)
        ],
        columns,
    )


@pytest.fixture
def two_weeks():
    imported(listed("2022-09-11", "Up", "Down", "Same", "Left", hours=(9, 8, 7, 6)))
    imported(
        listed(
            "2022-09-18", "Down", "Up", "Same", "New", "Back", weeks=(5, 2, 3, 1, 4), hours=(16, 4, 7, 3, 2)
        )
    )


def test_each_place_tells_what_became_of_its_rank(two_weeks):
    week = Client().get("/top10/2022-09-18/").context["week"]
    (of_tv,) = week.lists
    told = [(place.title[:-10], place.move_text, place.change) for place in of_tv.places]
    assert told == [
        ("Down", "up 1", 100),
        ("Up", "down 1", Decimal("-55.56")),
        ("Same", "same place", 0),
        ("New", "new", None),
        ("Back", "back", None),
    ]
    assert [row.show_title for row in of_tv.left] == ["Left"]


def test_the_page_reads_so(two_weeks):
    make_season(make_show("Nothing of it"))
    page = read("/top10/2022-09-18/")
    assert "Week of 12 Sep 2022 to 18 Sep 2022." in page
    assert "Left: Season 1 (4th)" in page
    assert 'href="/top10/2022-09-11/"' in page
    assert "Week after" not in page
    assert "Week after" in read("/top10/2022-09-11/")


def test_without_the_week_before_nobody_is_said_to_be_back():
    imported(listed("2022-09-18", "New", "Old", weeks=(1, 4)))
    (of_tv,) = Client().get("/top10/2022-09-18/").context["week"].lists
    assert [place.move_text for place in of_tv.places] == ["new", ""]


def test_where_another_unit_counts_there_is_no_change():
    imported(listed("2023-06-11", "Both"))
    imported(listed("2023-06-18", "Both", columns=LAYOUTS[9], weekly_views="5000000"))
    (of_tv,) = Client().get("/top10/2023-06-18/").context["week"].lists
    assert (of_tv.places[0].figure, of_tv.places[0].change) == (5_000_000, None)


def test_only_columns_that_are_there_are_explained():
    imported(listed("2022-09-11", "Up"))
    told = read("/top10/2022-09-11/")
    assert "Change is against the week before." in told
    assert "Weeks are those in the list so far" in told
    ChartEntry.objects.update(weeks_listed=None, hours_viewed=None)
    plain = read("/top10/2022-09-11/")
    assert "Change is against" not in plain
    assert "Weeks are those" not in plain


def test_matched_titles_lead_to_their_shows():
    make_season(make_show("Up", slug="up"))
    imported(listed("2022-09-11", "Up", "Unknown"))
    page = read("/top10/2022-09-11/")
    assert '<a href="/shows/up/">Up: Season 1</a>' in page
    assert "Unknown: Season 1" in page


def test_the_newest_week_stands_at_the_charts_own_address(two_weeks):
    page = read("/top10/")
    assert "Week of 12 Sep 2022 to 18 Sep 2022." in page
    assert 'rel="canonical" href="http://127.0.0.1:8000/top10/2022-09-18/"' in page


def test_any_day_of_a_week_leads_to_its_sunday(two_weeks):
    answer = Client().get("/top10/2022-09-14/")
    assert (answer.status_code, answer["Location"]) == (302, "/top10/2022-09-18/")


@pytest.mark.parametrize("day", ["2022-10-02", "2022-13-01", "9999-12-31", "0000-00-00", "2022-09-18/zz"])
def test_weeks_and_countries_that_are_not_on_record_are_not_found(two_weeks, day):
    assert Client().get(f"/top10/{day}/").status_code == 404


def test_a_country_has_its_lists_and_the_world_counts_its_countries(two_weeks):
    for code, name, titles in (("CA", "Canada", ("Up", "Same")), ("CL", "Chile", ("Up",))):
        place = {"category": "TV", "country_iso2": code, "country_name": name}
        imported(listed("2022-09-18", *titles, columns=COUNTRIES, **place))
    page = read("/top10/2022-09-18/ca/")
    assert "Netflix Top 10 in Canada" in page
    assert "Lists by country have ranks only." in page
    assert 'href="/top10/2022-09-18/cl/"' in page
    counts = ChartEntry.objects.worldwide().filter(week_ending="2022-09-18").order_by("rank")
    assert list(counts.values_list("countries", flat=True)) == [0, 2, 1, 0, 0]
    assert set(
        ChartEntry.objects.worldwide().filter(week_ending="2022-09-11").values_list("countries", flat=True)
    ) == {None}
    # A revised worldwide list has its countries again.
    imported(listed("2022-09-18", "Same", "Up"))
    assert list(counts.values_list("countries", flat=True)) == [1, 2]


def test_a_line_that_is_typed_later_is_counted_by_the_worker(two_weeks):
    place = {"category": "TV", "country_iso2": "CA", "country_name": "Canada"}
    imported(listed("2022-09-18", "Typed", columns=COUNTRIES, **place))
    entry = make_chart_entry(
        week_ending="2022-09-18", rank=9, show_title="Typed", season_title="Typed: Season 1"
    )
    follow_the_record.enqueue()
    entry.refresh_from_db()
    assert entry.countries == 1


def test_of_each_list_of_all_time_the_newest_is_shown():
    make_season(make_show("The Imperfects", slug="the-imperfects"))
    imported(tsv([line()]))
    imported(tsv([line(), line(category="Films (English)")], POPULAR), date(2022, 10, 4))
    imported(tsv([line(hours_viewed_first_28_days="7")], POPULAR), date(2022, 10, 11))
    page = " ".join(read("/top10/all-time/").split())
    assert "In its first 28 days, as of 11 Oct 2022." in page
    assert "In its first 28 days, as of 4 Oct 2022." in page
    assert page.count('<a href="/shows/the-imperfects/">The Imperfects: Season 1</a>') == 1
    assert "TV (English)</h2>" in page and "Films (English)</h2>" in page
    assert "The most popular of all time" in read("/top10/")


def test_before_anything_is_imported_the_charts_say_so():
    assert "No weekly lists are on record yet." in read("/top10/")
    assert Client().get("/top10/all-time/").status_code == 404


@pytest.mark.parametrize("weeks", [1, 5])
def test_a_week_takes_as_many_queries_however_much_is_on_record(django_assert_num_queries, weeks):
    for number in range(weeks):
        day = date(2022, 9, 18 - 7 * (number % 2)) if number < 2 else date(2021, 1, 3 + 7 * number)
        imported(listed(day.isoformat(), *(f"Show {rank}" for rank in range(10))))
    place = {"category": "TV", "country_iso2": "CA", "country_name": "Canada"}
    imported(listed("2022-09-18", "Show 1", columns=COUNTRIES, **place))
    # The frame, the lines, the weeks, the countries, whether there is a list of all time.
    with django_assert_num_queries(FRAME + 4):
        Client().get("/top10/2022-09-18/")
