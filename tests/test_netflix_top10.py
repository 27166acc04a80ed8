"""Importing the Netflix Top 10: what is read, what is refused, what a second run changes, what is matched."""

import io
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Count

from shows.models import ChartEntry, ChartTitle, PopularEntry, WeeklyList
from shows.netflix_top10 import Import, Refused, importing
from shows.netflix_top10.telling import told, told_revisions
from tests.factories_shows import make_chart_entry, make_season, make_show
from tests.shared_data import SHARED_DATA, needs_shared_data
from tests.top10_files import COUNTRIES, LAYOUTS, POPULAR, imported, line, packed, run, tsv, xlsx

pytestmark = pytest.mark.django_db
TWO = [line(), line(weekly_rank="2", show_title="Devil in Ohio", season_title="N/A")]


def stored():
    rows = ChartEntry.objects.order_by("-week_ending", "territory", "category", "rank")
    return list(rows.values_list("week_ending", "rank", "show_title", "season_title", "hours_viewed"))


@pytest.mark.parametrize("columns", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("made", [tsv, xlsx, lambda *file: packed(tsv(*file))], ids=["tsv", "xlsx", "gzip"])
def test_all_four_layouts_are_read_alike(columns, made):
    report = imported(made(TWO, columns))
    assert (report["rows"], report["lists"], report["new"]) == (2, 1, 1)
    assert stored() == [
        (date(2022, 9, 11), 1, "The Imperfects", "The Imperfects: Season 1", 24_070_000),
        (date(2022, 9, 11), 2, "Devil in Ohio", "", 24_070_000),
    ]
    assert ChartEntry.objects.filter(views=None, weeks_listed=1, territory="global").count() == 2


def test_columns_are_found_by_name_in_any_order():
    imported(tsv(TWO, LAYOUTS[7][::-1]))
    assert ChartEntry.objects.get(rank=2).show_title == "Devil in Ohio"


def test_views_are_kept_as_published_and_never_computed():
    week = {"week": "2023-06-18", "runtime": "0", "weekly_views": "9000000"}
    imported(tsv([line(**week)], LAYOUTS[12]))
    assert ChartEntry.objects.get().views == 9_000_000


def test_a_zero_before_views_were_published_is_no_figure():
    imported(tsv([line(weekly_views="0")], LAYOUTS[12]))
    assert ChartEntry.objects.get().views is None


def test_a_second_run_changes_nothing():
    content = tsv([*TWO, line(week="2022-09-04")])
    imported(content)
    before = set(ChartEntry.objects.values_list("pk", flat=True))
    report = imported(content)
    assert (report["new"], report["revised"], report["unchanged"]) == (0, 0, 2)
    assert set(ChartEntry.objects.values_list("pk", flat=True)) == before
    assert list(told(report))[-1] == "Nothing differs from what is on record."


def test_a_revised_list_is_replaced_as_a_whole_and_told():
    imported(tsv([*TWO, line(weekly_rank="3", show_title="Gone", season_title="N/A")]))
    report = imported(
        tsv(
            [
                line(weekly_rank="2", weekly_hours_viewed="24070001"),
                line(
                    weekly_rank="1", show_title="Devil in Ohio", season_title="Devil in Ohio: Limited Series"
                ),
                line(weekly_rank="3", show_title="New", season_title="N/A", weekly_hours_viewed="7"),
            ]
        )
    )
    assert [row[1:3] for row in stored()] == [(1, "Devil in Ohio"), (2, "The Imperfects"), (3, "New")]
    assert (report["new"], report["revised"]) == (0, 1)
    ((name, changes),) = told_revisions(report)
    assert name == "TV (English) · 11 Sep 2022"
    assert sorted(changes) == [
        "“Devil in Ohio: Limited Series” comes in at rank 1.",
        "“Devil in Ohio” goes, it was at rank 2.",
        "“Gone” goes, it was at rank 3.",
        "“New” comes in at rank 3.",
        "“The Imperfects: Season 1”: rank 1 → 2, hours 24,070,000 → 24,070,001.",
    ]


def test_a_renamed_line_is_told_as_renamed():
    imported(tsv([line(season_title="N/A")]))
    ((_name, changes),) = told_revisions(imported(tsv([line()])))
    assert changes == ["“The Imperfects” is now called “The Imperfects: Season 1”."]


def test_lists_that_a_file_does_not_hold_stay():
    imported(tsv([line(week="2022-09-04")]))
    imported(tsv([line()]))
    assert len(stored()) == 2


def test_a_list_changed_by_hand_becomes_as_published_again():
    imported(tsv(TWO))
    entry = ChartEntry.objects.get(rank=1)
    entry.hours_viewed = 1
    entry.save()
    assert imported(tsv(TWO))["revised"] == 1
    assert ChartEntry.objects.get(rank=1).hours_viewed == 24_070_000
    ChartEntry.objects.get(rank=2).delete()
    assert imported(tsv(TWO))["revised"] == 1


def test_a_list_without_lines_is_none():
    imported(tsv([line()]))
    ChartEntry.objects.get().delete()
    assert not WeeklyList.objects.exists()
    assert imported(tsv([line()]))["new"] == 1


def test_two_seasons_and_two_films_of_one_title_stand_in_one_list():
    seasons = [line(), line(weekly_rank="2", season_title="The Imperfects: Season 2")]
    films = [
        line(weekly_rank=rank, category="Films", show_title="The Mummy", season_title="N/A") for rank in "12"
    ]
    imported(tsv(seasons))
    content = tsv(films, COUNTRIES)
    imported(content)
    assert ChartEntry.objects.filter(show_title="The Mummy").count() == 2
    assert imported(content)["unchanged"] == 1


def test_lists_by_country_have_ranks_only():
    there = [line(category="TV"), line(category="TV", country_name="Chile", country_iso2="CL")]
    report = imported(tsv(there, COUNTRIES))
    assert report["territories"] == 2
    entry = ChartEntry.objects.get(territory="CL")
    assert (entry.category, entry.hours_viewed) == ("tv", None)
    assert WeeklyList.objects.get(territory="CA").territory_name == "Canada"


def test_the_list_of_all_time_is_kept_for_each_day_that_it_differed():
    first = tsv([line(), line(rank="2", show_title="Other")], POPULAR)
    imported(first, date(2022, 10, 4))
    assert imported(first, date(2022, 10, 11))["unchanged"] == 1
    imported(tsv([line(hours_viewed_first_28_days="1650450001")], POPULAR), date(2022, 10, 18))
    kept = PopularEntry.objects.order_by("as_of_on", "rank").values_list("as_of_on", "rank", "hours_viewed")
    assert list(kept) == [
        (date(2022, 10, 4), 1, 1_650_450_000),
        (date(2022, 10, 4), 2, 1_650_450_000),
        (date(2022, 10, 18), 1, 1_650_450_001),
    ]
    assert PopularEntry.objects.first().days == 28


REFUSED = {
    "a page": (b"<!DOCTYPE html>\n<html><body>Sorry</body></html>", "web page"),
    "null": (b"null", "names no columns"),
    "nothing": (b"", "empty"),
    "a header alone": (tsv([]), "no others"),
    "a column less": (tsv(TWO, LAYOUTS[7][:-1]), "missing: cumulative_weeks_in_top_10"),
    "a short row": (tsv(TWO) + b"2022-09-11\tTV (English)\n", "Line 4 has 2 columns where the first has 7"),
    "no number": (
        tsv([*TWO, line(weekly_rank="3", weekly_hours_viewed="a lot")]),
        "Line 4: “a lot” is no whole",
    ),
    "below nothing": (tsv([line(weekly_hours_viewed="-1")]), "Line 2: “-1” is no whole"),
    "beyond all": (tsv([line(weekly_hours_viewed="9" * 30)]), "Line 2: 9999"),
    "rank 0": (tsv([line(weekly_rank="0")]), "Line 2: 0 is no possible"),
    "a rank twice": (tsv([line(), line(show_title="Other")]), "Line 3: the list has two lines at rank 1"),
    "a list twice": (tsv([line(), line(week="2022-09-04"), line(weekly_rank="2")]), "Line 4: a list goes on"),
    "a Monday": (tsv([line(week="2022-09-12")]), "Line 2: 2022-09-12 is no Sunday"),
    "no date": (tsv([line(week="11/09/2022")]), "Line 2: “11/09/2022” is no date"),
    "no list": (tsv([line(category="Games")]), "Line 2: no list is called “Games”"),
    "no title": (tsv([line(show_title=" ")]), "Line 2: there is no show_title"),
    "a long title": (tsv([line(show_title="x" * 251)]), "Line 2: the title has more than 250"),
    "no country": (tsv([line(category="TV", country_iso2="CAN")], COUNTRIES), "Line 2: “CAN” is no country"),
    "no text": (tsv(TWO) + b"\xff\xfe", "no UTF-8"),
    "half an archive": (packed(tsv(TWO))[:-20], "damaged"),
    "no workbook": (b"PK\x03\x04" + b"0" * 200, "no workbook"),
    "an endless line": (b"week\t" * 50_000, "a line of more than 100000"),
    "an endless row": (tsv(TWO) + b"x" * 200_000, "a line of more than 100000"),
    "an open quote": (tsv(TWO) + b'"', "Line"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_such_file_is_refused_with_nothing_changed(content, why):
    imported(tsv([line(week="2022-09-04")]))
    before = stored()
    with pytest.raises(Refused, match=why.replace("(", r"\(")):
        imported(content)
    assert stored() == before
    assert ChartTitle.objects.count() == 1


def test_a_long_import_leaves_room_for_others_and_can_be_taken_up_again(monkeypatch):
    monkeypatch.setattr(importing, "LINES_AT_ONCE", 2)
    pauses = []
    content = tsv(run(("2022-09-11", 1, 5), ("2022-09-18", 1, 4), ("2022-09-25", 1, 3), ("2022-10-02", 1, 2)))

    def interrupted(seconds):
        pauses.append(ChartEntry.objects.count())
        raise KeyboardInterrupt

    monkeypatch.setattr(importing.time, "sleep", interrupted)
    monkeypatch.setattr(importing.connection, "vendor", "sqlite")
    with pytest.raises(KeyboardInterrupt):
        imported(content)
    assert pauses == [2]
    monkeypatch.setattr(importing.time, "sleep", lambda seconds: None)
    assert imported(content)["new"] == 2
    assert len(stored()) == 4


@needs_shared_data
def test_the_real_files_are_whole_and_nothing_comes_twice(monkeypatch):
    monkeypatch.setattr(importing, "SECONDS_FOR_OTHERS", 0)
    folder = SHARED_DATA / "netflix"
    world, countries = next(folder.glob("*global*")), next(folder.glob("*countries*"))
    season = make_season(make_show("The Imperfects"), premiered_on="2022-09-08")
    for path, rows in ((world, 2_640), (countries, 13_020)):
        assert imported(path.read_bytes())["rows"] == rows
        assert imported(path.read_bytes())["unchanged"] == rows // 10
    assert ChartEntry.objects.count() == 15_660
    lines = season.chart_entries.order_by("week_ending")
    assert list(lines.worldwide().values_list("rank", flat=True)) == [3, 4, 9]
    weeks = lines.exclude(territory="global").values_list("week_ending")
    assert [count for _week, count in weeks.annotate(Count("pk"))] == [42, 58, 7]
    popular = next(folder.glob("*popular*"))
    assert imported(popular.read_bytes(), date(2022, 10, 4))["rows"] == 40


def test_nothing_is_stored_by_looking():
    Import(io.BytesIO(tsv(TWO)), None)
    assert stored() == []
    assert not ChartTitle.objects.exists()


def test_lines_from_before_get_their_lists_and_titles():
    season = make_season(make_show("The Imperfects"))
    make_chart_entry(season, week_ending="2022-09-11", rank=1, season_title="The Imperfects: Season 1")
    make_chart_entry(week_ending="2022-09-11", rank=2)
    WeeklyList.objects.all().delete()
    ChartTitle.objects.all().delete()
    import_module("shows.migrations.0004_lists_and_titles_of_the_lines_that_are_there").make(apps, None)
    assert WeeklyList.objects.get().fingerprint == ""
    assert {title.season for title in ChartTitle.objects.all()} == {season, None}
