"""What is kept about followers: told whole, erased whole, erased again after a restore, dropped in time."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from comments.models import Erasure
from comments.privacy import tombstones
from comments.privacy.erasure import erase
from comments.privacy.export import as_html, as_json, counts
from comments.privacy.links import address_of, token_for
from comments.privacy.purge import purge
from follows.models import Follow
from mailing import outbox
from mailing.models import Mail
from tests.factories import make_publication
from tests.factories_follows import make_follow
from tests.factories_shows import make_show

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
MARA = "mara@reader.example"


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def show():
    make_publication("Cold Open")
    return make_show("The Imperfects")


def test_who_only_follows_gets_the_link_to_their_data(client, show, mailoutbox):
    make_follow(show)
    client.post("/comments/your-data/", {"email": MARA}, headers={"sec-fetch-site": "same-origin"})
    assert [mail.to for mail in mailoutbox] == [["Mara@Reader.example"]]
    assert address_of(token_for(MARA)) == MARA
    page = client.get(f"/comments/your-data/{token_for(MARA)}/").content.decode()
    assert "1 show whose decisions are told by email" in page


def test_the_export_tells_which_shows_and_since_when(show):
    make_follow(show)
    make_follow(show, "theo@reader.example")
    (told,) = json.loads(as_json(MARA))["follows"]
    assert told["show"] == "The Imperfects (Netflix)" and told["email"] == "Mara@Reader.example"
    assert told["confirmed_at"].startswith("2022-11-10T12:00") and counts(MARA)["follows"] == 1
    assert "The Imperfects (Netflix)" in as_html(MARA)


def test_erasing_ends_the_follows_and_the_mails_that_wait(show, queue):
    mine, theirs = make_follow(show), make_follow(show, "theo@reader.example")
    outbox.post(f"follow-{mine.pk}-decision-1", to=mine.email, subject="Renewed", text="Renewed.")
    erased = erase(MARA)
    assert erased.follows == 1 and "Mails about decisions on 1 show have ended." in erased.sentences()
    assert list(Follow.objects.all()) == [theirs] and not Mail.objects.waiting().exists()


def test_a_restored_backup_brings_no_erased_follower_back_but_one_who_came_later(show, clock):
    make_follow(show)
    erase(MARA)
    clock.shift(60)
    make_follow(make_show("Zeta"))
    tombstones.write_down()
    Erasure.objects.all().delete()
    make_follow(show, asked_at=NOON - timedelta(days=1))
    assert tombstones.repeat() == 1
    assert Follow.objects.get().show.title == "Zeta"


def test_what_nobody_confirmed_goes_after_a_week_and_the_keys_of_networks_after_two_days(show, clock):
    make_follow(show, "never@reader.example", confirmed_at=None, address_key="a" * 32)
    make_follow(show, address_key="b" * 32)
    clock.shift(timedelta(days=2, seconds=1))
    assert purge()["follow_keys"] == 2 and not Follow.objects.exclude(address_key="").exists()
    assert Follow.objects.count() == 2
    clock.shift(timedelta(days=5))
    out = StringIO()
    call_command("purge_personal_data", stdout=out)
    assert "1 follows of shows that nobody confirmed" in out.getvalue()
    assert Follow.objects.get().email == "Mara@Reader.example"


def test_the_newsroom_sees_how_many_follow_a_show_and_no_address(at_desk, editor, show):
    make_follow(show)
    make_follow(show, "theo@reader.example")
    make_follow(show, "noa@reader.example", confirmed_at=None)
    page = at_desk(editor).get(f"/admin/shows/show/{show.pk}/change/").content.decode()
    assert "2 readers follow this show by email. 1 more has not confirmed the address yet." in page
    assert "reader.example" not in page.lower()


def test_a_show_is_deleted_with_its_followers_and_the_page_that_asks_names_none(at_desk, editor, show):
    make_follow(show)
    address = f"/admin/shows/show/{show.pk}/delete/"
    assert "reader.example" not in at_desk(editor).get(address).content.decode().lower()
    assert at_desk(editor).post(address, {"post": "yes"}).status_code == 302
    assert not Follow.objects.exists()
