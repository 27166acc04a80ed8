"""Which season a chart's title means: found by itself, remembered, made, or left to people."""

import io

import pytest

from shows.models import ChartEntry, ChartTitle, Show
from shows.netflix_top10 import Import
from shows.netflix_top10.matching import make_shows, match_titles, told_season
from shows.titles import folded
from tests.factories_shows import make_chart_entry, make_season, make_show
from tests.top10_files import imported, line, tsv

pytestmark = pytest.mark.django_db
TWO = [line(), line(weekly_rank="2", show_title="Devil in Ohio", season_title="N/A")]


@pytest.mark.parametrize(
    ("show", "season", "told"),
    [
        ("Cobra Kai", "Cobra Kai: Season 5", 5),
        ("Stranger Things", "Stranger Things 4", 4),
        ("Money Heist", "Money Heist: Part 5", ""),
        ("The Queen's Gambit", "The Queen’s Gambit: Limited Series", None),
        ("Wednesday", "", None),
        ("Élite", "Elite: Season 6", 6),
        ("1899", "1899: Season 1", 1),
        ("Love, Death & Robots", "Love Death and Robots: Volume 3", ""),
    ],
)
def test_a_seasons_title_tells_its_number(show, season, told):
    assert told_season(show, season) == told


def test_titles_are_alike_without_case_accents_and_marks():
    assert folded("L’Été & Moi!") == folded("LETE and moi")


def test_titles_are_matched_through_titles_and_other_titles():
    season = make_season(make_show("Los imperfectos", other_titles="Les Imparfaits\nThe Imperfects"))
    report = imported(tsv(TWO))
    assert report["matched"]["titles"] == [["The Imperfects", "The Imperfects: Season 1"]]
    assert report["unmatched"]["titles"] == [["Devil in Ohio", ""]]
    assert ChartEntry.objects.get(rank=1).season == season
    imported(tsv([line(week="2022-09-18")]))
    assert season.chart_entries.count() == 2


def test_two_shows_of_one_title_are_told_apart_by_their_premieres():
    make_season(make_show("Ghosts", slug="ghosts"), premiered_on="2023-01-05")
    earlier = make_season(make_show("Ghosts", slug="ghosts-2019"), premiered_on="2019-04-15")
    imported(tsv([line(show_title="Ghosts", season_title="Ghosts: Season 1")]))
    assert ChartEntry.objects.get().season == earlier


def test_where_two_may_be_meant_nobody_guesses():
    for slug in ("ghosts", "ghosts-us"):
        make_season(make_show("Ghosts", slug=slug), premiered_on="2019-04-15")
    imported(tsv([line(show_title="Ghosts", season_title="Ghosts: Season 1")]))
    assert ChartEntry.objects.get().season is None


def test_films_are_matched_to_nothing():
    make_season(make_show("The Imperfects"))
    imported(tsv([line(category="Films (English)", season_title="N/A")]))
    assert (ChartEntry.objects.get().season, ChartTitle.objects.count()) == (None, 0)


def test_a_match_is_remembered_for_lines_to_come():
    imported(tsv(TWO))
    season = make_season(make_show("Something else"))
    ChartTitle.objects.get(show_title="Devil in Ohio").match(season)
    imported(tsv([line(week="2022-09-18", show_title="Devil in Ohio", season_title="N/A")]))
    assert season.chart_entries.count() == 2


def test_what_is_matched_while_a_file_is_imported_holds_for_its_lines():
    season = make_season(make_show("Something else"))
    imported(tsv([line()]))
    found = Import(io.BytesIO(tsv([line(week="2022-09-18")])), None)
    ChartTitle.objects.get().match(season)
    found.store()
    assert season.chart_entries.count() == 2


def test_shows_recorded_later_are_found():
    imported(tsv(TWO))
    season = make_season(make_show("The Imperfects"), premiered_on="2022-09-08")
    late = make_season(make_show("Devil in Ohio"), premiered_on="2023-01-01")
    assert match_titles() == 1
    assert (season.chart_entries.count(), late.chart_entries.count()) == (1, 0)


def test_unmatched_titles_become_shows():
    imported(
        tsv(
            [
                line(show_title="Élite", season_title="Elite: Season 6"),
                line(weekly_rank="2", show_title="Élite", season_title="Elite: Season 5"),
                line(weekly_rank="3", show_title="Devil in Ohio", season_title="N/A"),
                line(weekly_rank="4", show_title="Money Heist", season_title="Money Heist: Part 5"),
            ]
        )
    )
    assert make_shows(ChartTitle.objects.all()) == 3
    show = Show.objects.get(title="Élite")
    assert (show.slug, [season.number for season in show.seasons.all()]) == ("elite", [5, 6])
    assert show.seasons.get(number=6).chart_entries.count() == 1
    assert [str(title) for title in ChartTitle.objects.unmatched()] == ["Money Heist: Part 5"]


def test_a_typed_line_takes_the_season_of_its_title():
    season = make_season(make_show("The Imperfects"))
    imported(tsv([line()]))
    typed = make_chart_entry(
        week_ending="2022-09-18", show_title="The Imperfects", season_title="The Imperfects: Season 1"
    )
    assert typed.season == season
