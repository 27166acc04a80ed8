"""`import_tvmaze`: what becomes of TVmaze's shows on record, and what an editor's word is worth."""

from datetime import date

import pytest
import time_machine

from shows.models import Credit, Genre, Network, Person, Season, Show
from tests.factories_shows import make_credit, make_decision, make_network, make_season, make_show
from tests.factories_tvmaze import (
    CAST,
    CW,
    cast_of,
    maze_episode,
    maze_part,
    maze_season,
    maze_show,
    run_import,
)
from tests.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db
TWO_SEASONS = [maze_season(), maze_season(2, "2023-10-01", None, None)]


@pytest.fixture
def imported(tmp_path):
    return lambda *contents, **options: run_import(tmp_path, *contents, **options)


def everything():
    """All that an import may write, as it stands."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Show, Season, Network, Genre, Person, Credit)
    ]


def test_a_new_show_comes_with_its_seasons_and_cast(imported):
    said = imported(maze_show(seasons=TWO_SEASONS, cast=CAST))
    assert "New: The Imperfects (2022, Netflix): 2 seasons, 3 parts." in said
    show = Show.objects.get()
    assert (show.title, show.slug, show.language, show.imdb_id, show.tvmaze_id) == (
        "The Imperfects",
        "the-imperfects",
        "en",
        "tt0000501",
        501,
    )
    assert show.synopsis == "Three young people & a scientist.\n\nThey hunt a cure."
    assert show.website == "https://www.netflix.com/title/81320960"
    assert sorted(show.genres.values_list("name", flat=True)) == ["Drama", "Science-Fiction"]
    assert list(show.seasons.values_list("number", "premiered_on", "finale_on", "episode_count")) == [
        (1, date(2022, 9, 8), date(2022, 9, 8), 10),
        (2, date(2023, 10, 1), None, None),
    ]
    assert cast_of(show) == [
        ("Italia Ricci", "Sydney Burke", 1),
        ("Rhys Nicholson", "Dr Sarkov", 2),
        ("A Host", "", 3),
    ]


def test_the_second_run_changes_nothing_and_says_so(imported):
    content = maze_show(seasons=TWO_SEASONS, cast=CAST)
    imported(content)
    before = everything()
    assert imported(content) == "1 show read. Nothing was changed.\n"
    assert everything() == before


def test_what_is_empty_is_filled_and_named(imported):
    show = make_show(network=None, tvmaze_id=501)
    make_season(show, 1, premiered_on="2022-09-08")
    said = imported(maze_show(seasons=TWO_SEASONS, cast=CAST))
    assert (
        "Filled: The Imperfects (2022): IMDb; language; website; synopsis; network; genres; "
        "season 2; season 1, finale; season 1, episodes; 3 parts." in said
    )
    show.refresh_from_db()
    assert (show.network.name, show.language, show.seasons.count()) == ("Netflix", "en", 2)


def test_what_an_editor_wrote_stays_and_is_reported(imported):
    show = make_show(tvmaze_id=501, synopsis="In our own words.", language="fr", imdb_id="tt0000501")
    show.genres.add(Genre.objects.create(name="Coming of age", slug="coming-of-age"))
    make_season(show, 1, premiered_on="2022-09-09", finale_on="2022-09-09", episode_count=9)
    said = imported(maze_show(name="Imperfects", seasons=[maze_season()], webChannel=None, network=CW))
    for kept in [
        "title: the record says “The Imperfects”, TVmaze says “Imperfects”.",
        "language: the record says “fr”, TVmaze says “en”.",
        "synopsis: the record says “In our own words.”, TVmaze says “Three young people & a scientist. They",
        "network: the record says “Netflix”, TVmaze says “The CW”.",
        "genres: the record says “Coming of age”, TVmaze says “Drama, Science-Fiction”.",
        "season 1, premiere: the record says “2022-09-09”, TVmaze says “2022-09-08”.",
        "season 1, episodes: the record says “9”, TVmaze says “10”.",
    ]:
        assert f"Kept: The Imperfects (2022, Netflix), {kept}" in said
    show.refresh_from_db()
    assert (show.title, show.synopsis, show.language) == ("The Imperfects", "In our own words.", "fr")
    assert show.seasons.get().episode_count == 9
    assert not Network.objects.filter(name="The CW").exists()
    assert "8 fields were kept as they are" in said


def test_overwriting_takes_tvmazes_word_and_reports_each_change(imported):
    show = make_show(tvmaze_id=501, synopsis="In our own words.", slug="our-address")
    make_season(show, 1, premiered_on="2022-10-09", finale_on="2022-10-09", episode_count=9)
    make_credit(show, "Italia Ricci", role="cast", character="Dr Burke")
    content = maze_show(name="Imperfects", seasons=[maze_season()], cast=[maze_part()], network=CW)
    said = imported(content, overwrite=True)
    for changed in [
        "title: from “The Imperfects” to “Imperfects”.",
        "synopsis: from “In our own words.” to “Three young people",
        "network: from “Netflix” to “The CW”.",
        "season 1, premiere: from “2022-10-09” to “2022-09-08”.",
        "season 1, finale: from “2022-10-09” to “2022-09-08”.",
        "part of Italia Ricci: from “Dr Burke” to “Sydney Burke”.",
    ]:
        assert f"Changed: The Imperfects (2022, Netflix), {changed}" in said
    show.refresh_from_db()
    assert (show.title, show.slug, show.network.name) == ("Imperfects", "our-address", "The CW")
    assert show.seasons.get().premiered_on == date(2022, 9, 8)
    assert cast_of(show) == [("Italia Ricci", "Sydney Burke", 1)]
    assert imported(content, overwrite=True) == "1 show read. Nothing was changed.\n"


def test_a_synopsis_saved_by_a_form_is_the_same_text(imported):
    content = maze_show(seasons=[maze_season()])
    imported(content)
    show = Show.objects.get()
    Show.objects.update(synopsis=show.synopsis.replace("\n", "\r\n"))
    assert imported(content) == "1 show read. Nothing was changed.\n"


def test_a_channel_of_the_web_is_a_streamer_and_a_network_is_looked_up_by_name(imported):
    the_cw = make_network("the cw", kind="broadcaster")
    imported([maze_show(), maze_show(502, "Other", network=CW), maze_show(503, "Nowhere", webChannel=None)])
    assert Show.objects.get(tvmaze_id=502).network == the_cw
    assert Show.objects.get(tvmaze_id=503).network is None
    netflix = Network.objects.get(name="Netflix")
    assert (netflix.kind, netflix.website) == ("streamer", "https://www.netflix.com/")


def test_a_genre_spelled_otherwise_is_no_second_one(imported):
    Genre.objects.create(name="Science fiction", slug="sf")
    imported(maze_show())
    assert set(Genre.objects.values_list("name", flat=True)) == {"Science fiction", "Drama"}


def test_without_seasons_the_premiere_is_the_first_seasons(imported):
    imported(maze_show())
    assert list(Season.objects.values_list("number", "premiered_on", "finale_on")) == [
        (1, date(2022, 9, 8), None)
    ]


def test_shows_without_seasons_are_counted_and_the_way_to_them_is_said(imported):
    said = imported([maze_show(), maze_show(502, "Other"), maze_show(503, "Whole", seasons=[])])
    assert "2 shows came without their seasons: import each by its TVmaze number" in said


def test_a_show_whose_seasons_are_years_gets_no_first_season(imported):
    imported(maze_show(type="Talk Show"))
    assert not Season.objects.exists()


@pytest.mark.parametrize(
    ("status", "last"),
    [("Running", (2, date(2023, 1, 1), None, None)), ("Ended", (2, date(2023, 1, 1), date(2023, 1, 8), 2))],
)
def test_episodes_tell_of_seasons_that_are_over_and_no_more(imported, status, last):
    episodes = [
        maze_episode(1, 1, "2022-09-08"),
        maze_episode(1, 2, "2022-09-15"),
        maze_episode(1, None, "2022-12-24"),
        maze_episode(2, 1, "2023-01-01"),
        maze_episode(2, 2, "2023-01-08"),
    ]
    imported(maze_show(episodes=episodes, status=status))
    assert list(Season.objects.values_list("number", "premiered_on", "finale_on", "episode_count")) == [
        (1, date(2022, 9, 8), date(2022, 9, 15), 2),
        last,
    ]


def test_a_day_that_does_not_fit_to_the_records_other_day_is_left_out(imported):
    make_season(make_show(tvmaze_id=501), 1, premiered_on="2022-10-01")
    said = imported(maze_show(seasons=[maze_season()]))
    assert "season 1, finale 2022-09-08: it does not fit to the record's other day." in said
    assert Season.objects.get().finale_on is None


def test_what_the_record_cannot_hold_is_left_out_and_said(imported):
    said = imported(
        maze_show(language="Klingon", officialSite="ftp://example.com/", externals={"imdb": "nm0000501"})
    )
    assert "Left out: The Imperfects, language: “Klingon” has no code that is known here" in said
    assert "Left out: The Imperfects, website “ftp://example.com/”" in said
    assert "Left out: The Imperfects, IMDb “nm0000501”: An IMDb number looks like tt1234567." in said
    show = Show.objects.get()
    assert (show.language, show.website, show.imdb_id) == ("", "", "")


def test_endings_are_pointed_out_and_recorded_by_nobody_but_an_editor(imported):
    make_decision(make_show("Decided", tvmaze_id=502), "cancelled")
    ended = [maze_show(status="Ended"), maze_show(502, "Decided", status="Ended")]
    said = imported(ended)
    assert "no decision on record says so: The Imperfects." in said
    assert not Show.objects.get(tvmaze_id=501).decisions.exists()


def test_a_trial_says_what_it_would_do_and_does_nothing(imported):
    said = imported(maze_show(cast=CAST), dry_run=True)
    assert "New: The Imperfects" in said and "It was a trial" in said
    assert not any(everything())


def test_the_answer_of_a_search_holds_shows_too(imported):
    imported([{"score": 0.9, "show": maze_show()}])
    assert Show.objects.get().tvmaze_id == 501


@needs_shared_data
@time_machine.travel("2026-11-23T12:00:00Z", tick=False)
def test_tvmazes_own_file_is_taken_whole_and_only_once(imported):
    content = (SHARED_DATA / "tvmaze" / "tvmaze-shows-20.2024.json").read_bytes()
    assert "20 shows read: 20 new" in imported(content)
    assert Show.objects.count() == 20 and Network.objects.count() == 11
    dome = Show.objects.with_label().get(imdb_id="tt1553656")
    assert dome.label == "Under the Dome (2013, CBS)"
    assert dome.synopsis.startswith("Under the Dome is the story of a small town")
    before = everything()
    assert "20 shows read. Nothing was changed." in imported(content)
    assert everything() == before
