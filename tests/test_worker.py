"""Work in the background: nothing is lost with a worker, and administrators hear where there is none."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import checks
from django.db import OperationalError
from django.tasks import task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mailing import outbox
from mailing.models import Mail
from operations import presence, work
from operations.management.commands import worker as worker_command
from tests import background
from tests.background import note, stumble

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nothing_done():
    background.done.clear()


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        yield clock


def only_task():
    return DBTaskResult.objects.get()


def taken_by(*workers, **changes):
    """A task that the last of these workers has begun."""
    note.enqueue("once")
    row = only_task()
    row.status, row.started_at, row.worker_ids = "RUNNING", timezone.now(), list(workers)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row


def leave_behind(worker_id):
    """What a killed worker leaves on its machine."""
    with presence.announced(worker_id):
        pass


# Workers that are killed.


def test_the_task_of_a_killed_worker_is_done_by_the_next(queue):
    taken_by("killed")
    leave_behind("killed")
    work.keep_house("next")
    queue.work()
    assert background.done == ["once"]
    assert presence.gone() == set()


def test_the_task_of_a_worker_that_lives_is_left_to_it(queue):
    taken_by("busy")
    with presence.announced("busy"):
        work.keep_house("next")
    assert only_task().status == "RUNNING"


def test_the_task_of_another_machines_worker_is_done_again_when_no_worker_may_still_be_at_it(queue, clock):
    taken_by("elsewhere")
    clock.shift(work.TIME_LIMIT)
    work.keep_house("next")
    assert only_task().status == "RUNNING"
    clock.shift(work.LEASE - work.TIME_LIMIT)
    work.keep_house("next")
    assert only_task().status == "READY"


def test_what_a_worker_could_not_finish_for_want_of_a_database_it_does_later(queue):
    taken_by("me")
    work.keep_house("me")
    assert only_task().status == "READY"


def test_a_task_that_kills_its_workers_does_not_do_so_for_ever(queue):
    taken_by(*(f"killed-{number}" for number in range(6)))
    leave_behind("killed-5")
    work.keep_house("next")
    assert only_task().status == "FAILED"


def test_of_two_workers_that_find_a_task_left_one_puts_it_back(queue):
    row = taken_by("killed")
    assert work.change(row, status="READY")
    assert not work.change(row, status="READY")


# Tasks that fail.


def test_a_failed_task_is_tried_again_at_growing_distances_and_not_for_ever(queue, clock):
    stumble.enqueue()
    for pause in work.RETRY_AFTER:
        queue.work()
        clock.shift(pause - timedelta(seconds=1))
        work.retry_failed()
        assert only_task().status == "FAILED"
        clock.shift(timedelta(seconds=1))
        work.retry_failed()
        assert only_task().status == "READY"
    queue.work()
    clock.shift(timedelta(hours=20))
    work.retry_failed()
    assert only_task().status == "FAILED"


def test_an_interrupted_task_is_done_again_at_once(queue, clock):
    taken_by("me", status="FAILED", finished_at=timezone.now(), exception_class_path="builtins.SystemExit")
    work.retry_failed()
    assert only_task().status == "READY"


def test_the_record_of_a_failure_names_no_address(queue):
    stumble.enqueue()
    queue.work()
    assert "RuntimeError: no room for [e-mail]" in only_task().traceback
    assert "zoe" not in only_task().traceback


@task
def dawdle():
    threading.Event().wait(60)


def test_a_task_that_takes_too_long_is_ended(queue, monkeypatch):
    monkeypatch.setattr(work, "TIME_LIMIT", timedelta(milliseconds=50))
    dawdle.enqueue()
    queue.work()
    assert only_task().exception_class_path.endswith("TooLong")


def test_no_task_outlives_its_lease_or_the_claim_of_its_mail():
    from mailing.tasks import LOST_AFTER

    assert work.TIME_LIMIT < work.LEASE
    assert work.TIME_LIMIT < LOST_AFTER


# The worker itself.


def test_a_worker_outlives_an_absence_of_the_database(queue, monkeypatch, caplog):
    monkeypatch.setattr(worker_command.connections, "close_all", lambda: None)
    failures = [OperationalError("to db.internal")] * 7

    def keep_house(worker_id):
        if failures:
            raise failures.pop()

    monkeypatch.setattr(work, "keep_house", keep_house)
    queue.worker.next_round = 0
    pauses = []
    note.enqueue("after all")
    while not background.done:
        queue.worker.turn()
        pauses.append(queue.worker.pause)
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 0]
    assert "internal" not in caplog.text


def test_other_work_goes_before_mail(queue, mailoutbox):
    outbox.post("first", to="mara@example.com", subject="A reply", text="Somebody answered.")
    note.enqueue("second")
    assert [row.task_path for row in DBTaskResult.objects.ready()] == [
        "tests.background.note",
        "mailing.tasks.deliver",
    ]


# What recurs.


def test_a_recurring_task_is_done_once_in_a_period_however_many_workers_there_are(queue, clock, settings):
    settings.RECURRING_TASKS = {"tidy": {"task": "mailing.tasks.tidy", "every": timedelta(hours=1)}}
    work.keep_house("one")
    work.keep_house("two")
    work.enqueue_one("tidy", settings.RECURRING_TASKS["tidy"])
    assert queue.waiting() == ["mailing.tasks.tidy"]
    clock.shift(timedelta(minutes=59))
    work.keep_house("one")
    assert len(queue.waiting()) == 1
    clock.shift(MINUTE)
    work.keep_house("one")
    assert len(queue.waiting()) == 2


@pytest.mark.parametrize("path", ["mailing.tasks.claim", "mailing.tasks.nothing", "nowhere.at_all"])
def test_a_recurring_task_that_is_none_stops_the_start(settings, path):
    settings.RECURRING_TASKS = {"odd": {"task": path, "every": MINUTE}}
    assert [error.id for error in checks.run_checks() if "RECURRING" in error.msg] == ["operations.E001"]


def test_what_ended_a_week_ago_is_forgotten_and_what_waits_is_not(queue, clock):
    note.enqueue("once")
    queue.work()
    note.enqueue("again")
    clock.shift(timedelta(days=6))
    assert work.prune() == 0
    clock.shift(timedelta(days=2))
    assert work.prune() == 1
    assert queue.waiting() == ["tests.background.note"]


def test_a_round_finds_a_mail_whose_task_was_lost(queue, mailoutbox):
    outbox.post("lost", to="mara@example.com", subject="A reply", text="Somebody answered.")
    queue.lose_all()
    work.keep_house("worker")
    queue.work()
    assert len(mailoutbox) == 1


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
    taken_row = only_task()
    note.enqueue("second")
    DBTaskResult.objects.exclude(pk=taken_row.pk).update(status="RUNNING", started_at=timezone.now())
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
