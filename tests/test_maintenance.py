"""Maintenance: a file closes the site at once, with a page that asks no database; a proxy has a copy."""

import base64
import hashlib
import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles import name_at_hand
from comments.models import Comment
from operations.maintenance import closure, place
from tests.factories import make_publication, publish_article
from tests.factories_comments import post_comment
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def maintenance(*words, **options):
    call_command("maintenance", *words, **options)


def closed_page(address="/", **headers):
    """A page that is asked for while closed; it must answer 503 and ask the database nothing."""
    with connection.execute_wrapper(lambda *args: pytest.fail("the closed site asked the database")):
        response = Client().get(address, headers=headers)
    assert response.status_code == 503
    return response


def test_a_file_closes_the_site_at_once_and_its_absence_opens_it(capsys):
    make_publication("Cold Open")
    maintenance("on")
    for address in ("/", "/articles/", "/feed/", "/admin/", "/robots.txt", "/nothing/"):
        response = closed_page(address)
        assert response["Retry-After"] == "300" and response["Cache-Control"] == "no-store"
        assert "default-src 'none'" in response["Content-Security-Policy"]
    page = response.content.decode()
    assert "We will be back soon" in page and "Cold Op<i>en</i>" in page and 'content="noindex"' in page
    maintenance("off")
    maintenance("off")
    assert "Cold Op" in read("/")
    assert "The site is closed" in (said := capsys.readouterr().out) and "The site is open." in said


def test_whoever_closes_it_can_say_why_and_until_when(capsys):
    with time_machine.travel("2022-11-10 12:00Z", tick=False):
        maintenance("on", minutes=90, say="We move to <a> new machine.")
        response = closed_page()
        page = response.content.decode()
        assert response["Retry-After"] == "5400"
        assert "We move to &lt;a&gt; new machine." in page
        assert "We expect to be back at about 10 Nov 2022, 13:30 UTC." in page
    assert "until about 2022-11-10 13:30 UTC" in capsys.readouterr().out
    with time_machine.travel("2022-11-10 14:00Z", tick=False):
        response = closed_page()
        assert response["Retry-After"] == "60" and "expect" not in response.content.decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "We are working on the site."),
        ("Back at 14:00.\n", "Back at 14:00."),
        ("[1]", "[1]"),
        ('{"until": "soon", "say": 3, "newsroom": "yes", "name": null}', "We are working on the site."),
        ('{"until": "2022-11-10T12:00"}', "We are working on the site."),
        (b"\xff\xfe", "We will be back soon"),
    ],
)
def test_a_file_made_by_hand_closes_it_too_whatever_it_holds(text, shown):
    place().write_bytes(text if isinstance(text, bytes) else text.encode())
    assert shown in closed_page().content.decode()
    assert closed_page("/admin/").status_code == 503


def test_a_file_that_cannot_be_read_closes_it_too():
    place().mkdir()
    assert "We are working on the site." in closed_page().content.decode()


def test_the_newsroom_can_stay_open_while_readers_wait(at_desk, editor):
    desk, warning = at_desk(editor), "Readers are kept out"
    assert warning not in desk.get("/admin/").content.decode()
    maintenance("on", newsroom_open=True)
    assert warning in desk.get("/admin/").content.decode()
    closed_page("/")
    closed_page("/administrators/")


def test_health_tells_the_truth_while_the_site_is_closed(client):
    assert "maintenance" not in client.get("/health/").json()
    maintenance("on")
    response = client.get("/health/")
    assert (response.status_code, response.json()["maintenance"]) == (200, True)


def test_a_reader_who_was_writing_is_told_that_nothing_was_kept():
    article = publish_article()
    maintenance("on")
    response = post_comment(Client(), article)
    page = response.content.decode()
    assert response.status_code == 503 and "was not kept. Go back" in page and "Try again" not in page
    assert not Comment.objects.exists()
    assert "Try again" in closed_page().content.decode()


def test_visits_while_closed_are_no_errors_in_the_log(caplog):
    maintenance("on")
    closed_page()
    assert [record for record in caplog.records if record.name == "django.request"] == []


@pytest.mark.parametrize("minutes", [0, -5, 10**6])
def test_a_wrong_length_is_refused_and_closes_nothing(minutes):
    with pytest.raises(CommandError, match="Give from 1 to"):
        maintenance("on", minutes=minutes)
    assert closure() is None


def test_the_file_tells_what_it_was_given_and_leaves_no_draft_behind(tmp_path):
    make_publication("Cold Open")
    maintenance("on", minutes=5, say="Späti")
    assert [path.name for path in tmp_path.iterdir()] == ["maintenance"]
    given = json.loads(place().read_text(encoding="utf-8"))
    assert (given["name"], given["say"], given["newsroom"]) == ("Cold Open", "Späti", False)
    assert closure().until - timezone.now() < timedelta(minutes=5)


def test_the_page_of_faults_bears_the_name_that_was_last_read(monkeypatch):
    monkeypatch.setattr(name_at_hand, "_remembered", [])
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("articles.views.Slice.of", lambda *args: 1 / 0)
    assert "127.0.0<i>.1</i>" in client.get("/articles/").content.decode()
    make_publication("Cold Open")
    read("/nothing/", status=404)
    with connection.execute_wrapper(lambda *args: pytest.fail("the page of errors asked the database")):
        assert "Cold Op<i>en</i>" in client.get("/articles/").content.decode()


def test_pages_for_the_proxy_are_whole_in_one_file_each(tmp_path):
    make_publication("Cold <Open>")
    folder = tmp_path / "error pages"
    call_command("write_error_pages", folder)
    call_command("write_error_pages", folder)
    assert sorted(path.name for path in folder.iterdir()) == ["500.html", "maintenance.html"]
    for path in folder.iterdir():
        page = path.read_text(encoding="utf-8")
        assert "Cold &lt;Ope<i>n&gt;</i>" in page
        assert not re.search(r'(?:src|href)="(?!/"|"|data:)', page), "it fetches nothing"
        style = re.search(r"<style>(.*)</style>", page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert "--paper:" in style and f"style-src &#x27;sha256-{digest}&#x27;;" in page


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("write_error_pages", tmp_path / "file")


def test_readers_who_try_too_often_are_told_how_long_to_wait(rf):
    from operations.throttle import too_many

    request = rf.get("/")
    for seconds, words in ((40, "1 minute, then"), (900, "15 minutes, then")):
        response = too_many(request, timedelta(seconds=seconds))
        assert (response.status_code, response["Retry-After"]) == (429, str(seconds))
        assert f"Please wait {words}" in response.content.decode()
