"""Where a show's record was taken from is told to readers and editors, with its licence."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError
from django.urls import reverse

from search.models import SearchEntry
from shows.models import Show, ShowSource
from tests.factories_shows import make_show
from tests.factories_tvmaze import maze_part, maze_show, run_import

pytestmark = pytest.mark.django_db
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
        yield


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def test_readers_are_told_the_source_its_licence_and_its_day(client, tmp_path):
    run_import(tmp_path, maze_show(), fetched_on=date(2026, 11, 20))
    page = text_of(client.get("/shows/the-imperfects/"))
    assert (
        'come from <a href="https://www.tvmaze.com/shows/501/a-show" rel="nofollow noopener external">'
        f'TVmaze</a> under <a href="{LICENCE}" rel="license noopener external">CC BY-SA 4.0</a>, '
        "as of 20 Nov 2026"
    ) in page


def test_a_show_that_was_not_imported_credits_nobody(client):
    assert "CC BY-SA" not in text_of(client.get(make_show().get_absolute_url()))


def test_an_import_that_takes_nothing_leaves_the_credit_as_it_is(tmp_path):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        run_import(tmp_path, maze_show())
    run_import(tmp_path, maze_show())
    assert ShowSource.objects.get().fetched_on == date(2026, 11, 20)
    run_import(tmp_path, maze_show(cast=[maze_part()]))
    assert ShowSource.objects.get().fetched_on == date(2026, 11, 23)


def test_a_show_of_which_nothing_was_taken_credits_nobody(tmp_path):
    run_import(tmp_path, maze_show())
    ShowSource.objects.all().delete()
    run_import(tmp_path, maze_show(name="Otherwise"))
    assert not ShowSource.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "https://evil.example/shows/501", "http://[", "https://xtvmaze.com/"],
)
def test_the_credit_leads_to_tvmaze_whatever_the_file_says(tmp_path, address):
    run_import(tmp_path, maze_show(url=address))
    assert ShowSource.objects.get().address == "https://www.tvmaze.com/shows/501"


def test_a_file_cannot_have_been_fetched_tomorrow(tmp_path):
    with pytest.raises(CommandError, match="on a day to come"):
        run_import(tmp_path, maze_show(), fetched_on=date(2026, 11, 24))
    assert not Show.objects.exists()


@pytest.mark.parametrize("person", ["editor", "writer"])
def test_the_desk_reads_the_source_and_changes_it_nowhere(at_desk, request, tmp_path, person):
    run_import(tmp_path, maze_show())
    address = reverse("admin:shows_show_change", args=[Show.objects.get().pk])
    page = text_of(at_desk(request.getfixturevalue(person)).get(address))
    assert f'<a href="{LICENCE}"' in page and ">TVmaze</a>" in page and "23 Nov 2026" in page
    assert "sources-TOTAL_FORMS" not in page


def test_the_screen_of_a_show_of_our_own_says_so(at_desk, editor):
    page = text_of(at_desk(editor).get(reverse("admin:shows_show_change", args=[make_show().pk])))
    assert "Nothing was imported." in page
    assert at_desk(editor).get(reverse("admin:shows_show_add")).status_code == 200


def test_an_imported_show_goes_with_its_credit(at_desk, editor, tmp_path):
    run_import(tmp_path, maze_show(cast=[maze_part()]))
    address = reverse("admin:shows_show_delete", args=[Show.objects.get().pk])
    assert at_desk(editor).post(address, {"post": "yes"}).status_code == 302
    assert not Show.objects.exists() and not ShowSource.objects.exists()


def test_readers_find_an_imported_show_by_its_cast(client, tmp_path):
    run_import(tmp_path, maze_show(cast=[maze_part()]))
    assert SearchEntry.objects.filter(kind="show").exists()
    assert "/shows/the-imperfects/" in text_of(client.get("/search/?q=Italia+Ricci"))


def test_machines_are_told_the_credit_too(client, tmp_path):
    run_import(tmp_path, maze_show())
    assert client.get("/api/v1/shows/the-imperfects/").json()["sources"] == [
        {
            "name": "TVmaze",
            "address": "https://www.tvmaze.com/shows/501/a-show",
            "licence": "CC BY-SA 4.0",
            "licence_url": LICENCE,
            "fetched_on": "2026-11-23",
        }
    ]
