"""`import_tvmaze`: what becomes of TVmaze's shows on record, and what an editor's word is worth."""

from datetime import date

import pytest
import time_machine

from shows.models import Credit, Genre, Network, Person, Season, Show
from tests.factories_shows import make_credit, make_decision, make_network, make_season, make_show
from tests.factories_tvmaze import CW, maze_episode, maze_part, maze_season, maze_show, run_import
from tests.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db
TWO_SEASONS = [maze_season(), maze_season(2, "2023-10-01", None, None)]
CAST = [
    maze_part(),
    maze_part(72, "Rhys Nicholson", "Dr Sarkov"),
    maze_part(73, "A Host", "A Host", is_self=True),
]


@pytest.fixture
def imported(tmp_path):
    return lambda *contents, **options: run_import(tmp_path, *contents, **options)


def cast_of(show):
    return [
        (credit.person.name, credit.character, credit.position)
        for credit in show.credits.filter(role="cast").select_related("person").in_order()
    ]


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
        "season 1, finale; season 1, episodes; season 2; 3 parts." in said
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
    imported(maze_show())
    show = Show.objects.get()
    Show.objects.update(synopsis=show.synopsis.replace("\n", "\r\n"))
    assert imported(maze_show()) == "1 show read. Nothing was changed.\n"


@pytest.mark.parametrize(
    "fields", [{"tvmaze_id": 501, "title": "Other"}, {"imdb_id": "tt0000501", "title": "Other"}, {}]
)
def test_a_show_is_known_by_its_numbers_or_by_title_and_year(imported, fields):
    show = make_show(**{"title": "the imperfects", **fields})
    make_season(show, 1, premiered_on="2022-12-24")
    imported(maze_show())
    assert Show.objects.get().tvmaze_id == 501


def test_a_show_is_known_by_another_title(imported):
    show = make_show("Les Imparfaits", other_titles="The Imperfects\nOther")
    make_season(show, 1, premiered_on="2022-09-08")
    said = imported(maze_show())
    assert "Taken to be Les Imparfaits (2022, Netflix), by its title and year." in said
    assert "Kept" not in said and Show.objects.get().title == "Les Imparfaits"


@pytest.mark.parametrize(
    ("fields", "premiere"),
    [({"tvmaze_id": 7}, "2022-09-08"), ({"imdb_id": "tt7777777"}, "2022-09-08"), ({}, "2001-09-08")],
)
def test_a_namesake_is_another_show_with_an_address_of_its_own(imported, fields, premiere):
    show = make_show(slug="the-imperfects", **fields)
    make_season(show, 1, premiered_on=premiere)
    imported(maze_show())
    assert sorted(Show.objects.values_list("slug", flat=True)) == ["the-imperfects", "the-imperfects-2022"]


def test_a_namesake_of_unknown_year_is_not_taken_for_it_but_pointed_out(imported):
    make_show()
    said = imported(maze_show())
    assert Show.objects.count() == 2
    assert "“The Imperfects” is on record without its year" in said and "TVmaze number 501" in said


def test_a_number_that_stands_with_another_show_is_left_out(imported):
    make_show("The owner", imdb_id="tt0000501")
    make_show(tvmaze_id=501)
    said = imported(maze_show())
    assert (
        "Left out: The Imperfects (Netflix), IMDb: another show on record has the number tt0000501." in said
    )
    assert Show.objects.get(tvmaze_id=501).imdb_id == ""


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


def test_people_are_known_by_their_number_whatever_show_they_play_in(imported):
    said = imported(maze_show(cast=[maze_part()]), maze_show(502, "Other", cast=[maze_part(name="I. Ricci")]))
    assert "name of a person: the record says “Italia Ricci”, TVmaze says “I. Ricci”." in said
    assert Person.objects.get().name == "Italia Ricci"
    assert Credit.objects.count() == 2


def test_somebody_credited_on_the_show_already_is_the_same_person(imported):
    show = make_show(tvmaze_id=501)
    make_credit(show, "Italia Ricci", role="cast", character="")
    make_credit(show, "Italia Ricci", role="creator")
    imported(maze_show(cast=[maze_part()]))
    assert Person.objects.get().tvmaze_id == 71
    assert cast_of(show) == [("Italia Ricci", "Sydney Burke", 1)]


def test_a_namesake_from_another_show_is_not_merged_but_pointed_out(imported):
    make_credit(make_show("Elsewhere"), "Italia Ricci", role="cast")
    said = imported(maze_show(cast=[maze_part()]))
    assert sorted(Person.objects.values_list("slug", flat=True)) == ["italia-ricci", "italia-ricci-2"]
    assert "another Italia Ricci is on record, and nobody can tell whether they are one" in said


def test_an_editors_order_of_the_cast_stays_and_what_is_new_comes_last(imported):
    show = make_show(tvmaze_id=501)
    make_credit(show, "Rhys Nicholson", role="cast", character="Dr Sarkov", position=1)
    make_credit(show, "Italia Ricci", role="cast", character="Sydney Burke", position=2)
    new = maze_part(74, "Iñaki Godoy", "Juan")
    content = maze_show(cast=[new, *CAST[:2]])
    said = imported(content)
    assert "order of the cast: the record says “Rhys Nicholson, Italia Ricci”" in said
    names = ["Rhys Nicholson", "Italia Ricci", "Iñaki Godoy"]
    assert [name for name, character, position in cast_of(show)] == names
    assert "Nothing was changed" in imported(content)
    imported(content, overwrite=True)
    assert [name for name, character, position in cast_of(show)] == [names[2], names[1], names[0]]


def test_nobody_is_taken_off_the_record(imported):
    show = make_show(tvmaze_id=501)
    make_credit(show, "A Guest", role="cast", character="Herself")
    make_season(show, 3)
    imported(maze_show(seasons=[maze_season()], cast=[maze_part()]))
    assert show.credits.count() == 2 and show.seasons.count() == 2


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


def test_it_takes_as_many_queries_a_show_however_many_play_in_it(imported, django_assert_max_num_queries):
    show = maze_show(cast=[maze_part(100 + n, f"Person {n}", f"Part {n}") for n in range(40)])
    imported(show)
    with django_assert_max_num_queries(16):
        imported(show)


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
