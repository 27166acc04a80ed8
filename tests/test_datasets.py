"""The record as data: files that keep their columns, what may be done with them, and what they cost."""

import csv
import io
import json
import re

import pytest
import time_machine
from django.test import Client

from articles.models import Publication
from datasets import files
from datasets.tables import TABLES
from shows.models import Outlook, ShowSource
from shows.runs import refresh_runs
from tests.factories import make_publication
from tests.factories_shows import make_chart_entry, make_decision, make_season, make_show, make_the_imperfects
from tests.reading import read

pytestmark = pytest.mark.django_db
# What version 1 promised. A column may be added here, never renamed or taken away.
VERSION_1 = {
    "shows": """id title address network format country language first_premiered_on status status_text
        status_season days_waiting decided_on decided_by source source_address imdb_id tvmaze_id wikidata_id
        taken_from taken_from_licence taken_from_address""",
    "seasons": """id show_id show show_address season premiered_on finale_on episodes taken_from
        taken_from_licence taken_from_address""",
    "decisions": """id show_id show show_address outcome season announced_on announced_by source
        source_address note recorded_on""",
    "forecasts": """id show_id show show_address season step forecast dated_on reason verdict brier
        withdrawn_on withdrawn_reason""",
    "first-months": """season_id show_id show show_address season list first_week last_week weeks best_rank
        fell_by_half drop_percent is_at_least""",
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2023-02-01T12:00:00Z", tick=False):
        yield


@pytest.fixture
def site():
    make_publication(publisher="Cold Open Ltd", data_licence="CC-BY-4.0")
    show = make_the_imperfects()
    Outlook.objects.create(show=show, step=3, dated_on="2022-10-01", reason="Fell.", author_name="Ada Writer")
    refresh_runs()
    return show


def rows_of(name, query=""):
    return json.loads(read(f"/data/v1/{name}.json{query}"))["rows"]


def table_of(name, query=""):
    text = read(f"/data/v1/{name}.csv{query}").removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", VERSION_1)
def test_version_1_keeps_its_columns(site, name):
    wanted = VERSION_1[name].split()
    assert [column.name for column in TABLES[name].columns] == wanted
    assert list(rows_of(name)[0]) == list(table_of(name)[0]) == wanted


def test_every_dataset_is_promised():
    assert TABLES.keys() == VERSION_1.keys()


def test_a_decision_comes_with_date_and_source(site):
    (row,) = rows_of("decisions")
    assert {name: row[name] for name in ("show", "outcome", "announced_on", "announced_by", "source")} == {
        "show": "The Imperfects",
        "outcome": "cancelled",
        "announced_on": "2022-11-08",
        "announced_by": "Netflix",
        "source": "A trade paper",
    }
    assert (row["season"], row["note"], row["recorded_on"]) == (None, None, "2023-02-01")
    assert row["show_address"].endswith("/shows/the-imperfects/")


def test_a_show_stands_as_on_its_page_and_a_forecast_with_what_became_of_it(site):
    (show,) = rows_of("shows")
    assert (show["status"], show["decided_on"], show["days_waiting"]) == ("cancelled", "2022-11-08", None)
    (forecast,) = rows_of("forecasts")
    # Twenty in a hundred for a season that did not come: 0.2 squared.
    assert (forecast["step"], forecast["verdict"], forecast["brier"]) == (3, "right", 0.04)
    assert "Ada" not in json.dumps(forecast)


def test_a_first_month_is_told_as_on_the_page(site):
    (row,) = rows_of("first-months")
    assert (row["fell_by_half"], row["drop_percent"], row["is_at_least"]) == (True, 73.93, True)
    (cells,) = table_of("first-months")
    assert (cells["fell_by_half"], cells["drop_percent"], cells["weeks"]) == ("true", "73.93", "3")


def test_what_is_known_to_the_month_stays_so_and_what_is_to_come_is_not_told(site):
    other = make_show("Other")
    make_decision(other, announced_on="2023-01-01", precision="month")
    make_decision(other, announced_on="2023-03-01")
    assert [row["announced_on"] for row in rows_of("decisions")] == ["2022-11-08", "2023-01"]


def test_rows_from_elsewhere_name_their_source_and_licence(site):
    ShowSource.objects.create(
        show=site,
        name="TVmaze",
        address="https://www.tvmaze.com/shows/1",
        licence="CC BY-SA 4.0",
        licence_url="https://creativecommons.org/licenses/by-sa/4.0/",
        fetched_on="2023-01-01",
    )
    for name in ("shows", "seasons"):
        row = rows_of(name)[0]
        assert (row["taken_from"], row["taken_from_licence"]) == ("TVmaze", "CC BY-SA 4.0")
    assert "come from TVmaze under" in read("/data/")


def test_a_spreadsheet_takes_nothing_for_a_formula(site):
    make_show("=HYPERLINK(A1)")
    assert table_of("shows")[1]["title"] == "'=HYPERLINK(A1)"
    assert rows_of("shows")[1]["title"] == "=HYPERLINK(A1)"


def test_a_file_says_whose_it_is_of_which_day_and_what_may_be_done_with_it(site):
    told = json.loads(read("/data/v1/decisions.json"))
    assert told | {"rows": []} == {
        "version": 1,
        "as_of": "2023-02-01",
        "publisher": "Cold Open Ltd",
        "explained_at": "http://127.0.0.1:8000/data/",
        "licence": {"name": "CC BY 4.0", "address": "https://creativecommons.org/licenses/by/4.0/"},
        "name": "decisions",
        "title": "Decisions",
        "rows": [],
        "next": None,
    }
    response = Client().get("/data/v1/decisions.csv")
    assert response["Content-Disposition"] == 'inline; filename="decisions-2023-02-01.csv"'
    assert response["Access-Control-Allow-Origin"] == "*" and not response.cookies


@pytest.mark.parametrize("name", ["decisions.csv", "decisions.json", "datapackage.json"])
def test_what_did_not_change_is_not_sent_again(site, name):
    first = Client().get(f"/data/v1/{name}")
    again = Client().get(f"/data/v1/{name}", headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    make_decision(make_show("Other"), announced_on="2022-11-09")
    if name != "datapackage.json":
        changed = Client().get(f"/data/v1/{name}", headers={"if-none-match": first["ETag"]})
        assert changed.status_code == 200


def test_a_long_dataset_comes_in_parts_that_name_the_next(site, monkeypatch):
    monkeypatch.setattr(files, "PART", 2)
    shows = [site, *(make_show(f"Show {number}") for number in range(4))]
    seen, address = [], "/data/v1/shows.json"
    while address:
        told = json.loads(read(address))
        assert len(told["rows"]) <= 2
        seen += [row["id"] for row in told["rows"]]
        address = told["next"]
    assert seen == [show.pk for show in shows]
    assert Client().get("/data/v1/shows.csv")["Link"] == (
        f'<http://127.0.0.1:8000/data/v1/shows.csv?after={shows[1].pk}>; rel="next"'
    )
    page = read("/data/")
    further = re.findall(r"/data/v1/shows\.csv\?after=(\d+)", page)
    assert further == [str(shows[1].pk), str(shows[3].pk)]


def test_of_very_many_parts_the_page_lists_some_and_takes_no_more_queries(
    site, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(files, "PART", 1)
    for number in range(12):
        make_decision(make_show(f"Show {number}"))
    # The frame, the publication, the sources, and for each dataset its count and eight ends of parts.
    with django_assert_max_num_queries(3 + 5 * 9):
        page = read("/data/")
    assert len(re.findall(r"/data/v1/shows\.csv\?after=", page)) == files.LISTED
    assert "it names the next, if there is one" in page


def test_the_two_lists_of_one_season_are_never_parted(site, monkeypatch):
    seasons = [make_season(make_show(f"Show {number}"), premiered_on="2022-09-05") for number in range(2)]
    for season in seasons:
        for category in ("tv_english", "tv_non_english"):
            make_chart_entry(season, category=category)
    refresh_runs()
    monkeypatch.setattr(files, "PART", 2)
    told = json.loads(read("/data/v1/first-months.json"))
    assert [row["show"] for row in told["rows"]] == ["The Imperfects"]
    rest = json.loads(read(told["next"]))
    assert [row["show"] for row in rest["rows"]] == ["Show 0", "Show 0"]
    further = re.findall(r"/data/v1/first-months\.csv\?after=(\d+)", read("/data/"))
    assert further == [str(site.seasons.get().pk), str(seasons[0].pk)]


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 19, "9" * 40, "%00"])
def test_what_is_no_number_is_told(site, after):
    answer = Client().get(f"/data/v1/shows.csv?after={after}")
    assert (answer.status_code, answer.content.decode()) == (400, "“after” is a number.")


@pytest.mark.parametrize("address", ["/data/v2/shows.csv", "/data/v1/comments.csv", "/data/v1/shows.xml"])
def test_what_there_is_not_is_not_found(site, address):
    read(address, status=404)


def test_the_page_explains_every_column_and_the_licence(site):
    page = read("/data/")
    for table in TABLES.values():
        for column in table.columns:
            assert f"<code>{column.name}</code>" in page
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license' in page
    assert "published by Cold Open Ltd under" in page and "As of 1 Feb 2023" in page


def test_without_a_licence_none_is_invented(site):
    Publication.objects.update(data_licence="")
    assert "Cold Open Ltd has chosen no licence for it." in read("/data/")
    assert json.loads(read("/data/v1/shows.json"))["licence"] is None
    assert "licenses" not in json.loads(read("/data/v1/datapackage.json"))


def test_an_empty_record_has_files_with_columns_alone():
    for name in TABLES:
        assert rows_of(name) == [] and read(f"/data/v1/{name}.csv").startswith("\ufeff")


def test_the_package_describes_the_files(site):
    told = json.loads(read("/data/v1/datapackage.json"))
    resources = {each["name"]: each for each in told["resources"]}
    assert resources.keys() == TABLES.keys()
    for name, each in resources.items():
        fields = [field["name"] for field in each["schema"]["fields"]]
        assert fields == VERSION_1[name].split()
        assert read(each["path"]).removeprefix("\ufeff").splitlines()[0] == ",".join(fields)
    assert told["licenses"][0]["path"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_page_tells_search_engines_of_the_datasets(site):
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', read("/data/"))[1])
    sets = [thing for thing in data["@graph"] if thing["@type"] == "Dataset"]
    assert len(sets) == len(TABLES)
    for thing in sets:
        assert 50 <= len(thing["description"]) <= 5000
        assert thing["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert {each["encodingFormat"] for each in thing["distribution"]} == {"text/csv", "application/json"}


def test_the_tracker_and_the_sitemap_lead_to_it(site):
    assert 'href="/data/"' in read("/tracker/") and "/data/</loc>" in read("/sitemap-lists.xml")


@pytest.mark.parametrize("name", VERSION_1)
@pytest.mark.parametrize("shows", [1, 8])
def test_a_file_takes_as_many_queries_however_long_it_is(site, django_assert_max_num_queries, name, shows):
    for number in range(shows):
        show = make_show(f"Show {number}", network=f"Network {number}")
        make_season(show, premiered_on="2022-09-08", finale_on="2022-09-08")
        make_decision(show)
        Outlook.objects.create(show=show, step=3, dated_on="2022-10-01")
    with django_assert_max_num_queries(5):
        read(f"/data/v1/{name}.csv")


def test_an_owner_chooses_the_licence_in_the_newsroom(site, at_desk, administrator):
    page = at_desk(administrator).get("/admin/articles/publication/1/change/").content.decode()
    assert (
        "Licence of the record" in page and "None chosen: facts may be cited, whoever wants more asks" in page
    )
