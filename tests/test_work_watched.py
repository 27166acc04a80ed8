"""What administrators see of the work in the background: that none is done, and the mails given up."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mailing import outbox
from mailing.models import Mail
from operations import work
from tests.background import note

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        yield clock


# Where no worker runs.


def test_work_stands_still_when_it_waits_and_none_is_begun(queue, clock):
    assert work.stalled() is None
    since = timezone.now()
    note.enqueue("once")
    clock.shift(4 * MINUTE)
    assert work.stalled() is None
    clock.shift(2 * MINUTE)
    assert work.stalled() == since
    queue.work()
    assert work.stalled() is None


def test_a_long_queue_stands_not_still_while_work_goes_on(queue, clock):
    note.enqueue("first")
    clock.shift(10 * MINUTE)
    first = DBTaskResult.objects.get()
    note.enqueue("second")
    DBTaskResult.objects.exclude(pk=first.pk).update(status="RUNNING", started_at=timezone.now())
    assert work.stalled() is None


def test_work_for_later_does_not_stand_still(queue, clock):
    note.using(run_after=timezone.now() + timedelta(days=1)).enqueue("tomorrow")
    clock.shift(timedelta(hours=1))
    assert work.stalled() is None


def test_a_mail_that_nobody_sends_stands_still_too(queue, clock):
    since = timezone.now()
    outbox.post("lost", to="mara@example.com", subject="A reply", text="Somebody answered.")
    queue.lose_all()
    clock.shift(6 * MINUTE)
    assert work.stalled() == since


def test_administrators_are_told_that_no_worker_runs(queue, at_desk, administrator, editor, clock):
    warning = "Background work stands still since 1 Mar 2026, 12:00"
    note.enqueue("once")
    assert warning not in at_desk(administrator).get("/admin/").text
    clock.shift(6 * MINUTE)
    page = at_desk(administrator).get("/admin/").text
    assert warning in page and "manage.py worker" in page
    assert warning not in at_desk(editor).get("/admin/").text


def test_readers_do_not_suffer_where_no_worker_runs(queue, client, clock):
    note.enqueue("once")
    clock.shift(6 * MINUTE)
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json()["worker"] is False


# Mails given up.


@pytest.fixture
def given_up(queue):
    outbox.post("reply-1", to="mara@example.com", subject="A reply", text="Stop: /stop/secret/")
    Mail.objects.update(state="given_up", given_up_at=timezone.now(), last_error="SMTPDataError 554")
    queue.lose_all()
    return Mail.objects.get()


def test_an_administrator_sees_what_was_given_up_and_sends_it_again(
    queue, given_up, at_desk, administrator, mailoutbox
):
    desk = at_desk(administrator)
    page = desk.get("/admin/mailing/mail/?state=given_up").text
    assert "reply-1" in page and "SMTPDataError 554" in page
    chosen = {"action": "send_again", "_selected_action": given_up.pk}
    assert "1 mail is sent again." in desk.post("/admin/mailing/mail/", chosen, follow=True).text
    queue.work()
    assert [letter.to for letter in mailoutbox] == [["mara@example.com"]]


def test_the_ledger_shows_no_texts_and_takes_no_changes(given_up, at_desk, administrator):
    address = f"/admin/mailing/mail/{given_up.pk}/change/"
    assert "secret" not in at_desk(administrator).get(address).text
    at_desk(administrator).post(address, {"recipient": "zoe@example.com"})
    given_up.refresh_from_db()
    assert given_up.recipient == "mara@example.com"
