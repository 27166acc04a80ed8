"""`import_tvmaze`: which show on record, and which person, is meant; and what becomes of the cast."""

import pytest

from shows.models import Credit, Person, Show
from tests.factories_shows import make_credit, make_season, make_show
from tests.factories_tvmaze import CAST, cast_of, maze_part, maze_season, maze_show, run_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(tmp_path):
    return lambda *contents, **options: run_import(tmp_path, *contents, **options)


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


def test_people_are_known_by_their_number_whatever_show_they_play_in(imported):
    said = imported(maze_show(cast=[maze_part()]), maze_show(502, "Other", cast=[maze_part(name="I. Ricci")]))
    assert "name of a person: the record says “Italia Ricci”, TVmaze says “I. Ricci”." in said
    assert Person.objects.get().name == "Italia Ricci"
    assert Credit.objects.count() == 2


def test_somebody_of_several_parts_is_one_person_and_namesakes_are_two(imported):
    imported(maze_show(cast=[maze_part(), maze_part(character="A Clone"), maze_part(72), maze_part(73)]))
    assert Credit.objects.count() == 4
    assert sorted(Person.objects.values_list("slug", "tvmaze_id")) == [
        ("italia-ricci", 71),
        ("italia-ricci-2", 72),
        ("italia-ricci-3", 73),
    ]


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


def test_it_takes_as_many_queries_a_show_however_many_play_in_it(imported, django_assert_max_num_queries):
    show = maze_show(cast=[maze_part(100 + n, f"Person {n}", f"Part {n}") for n in range(40)])
    imported(show)
    with django_assert_max_num_queries(16):
        imported(show)
