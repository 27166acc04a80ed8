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
