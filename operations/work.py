"""What workers do between tasks, so that no work is lost, and whether there is a worker at all."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Min, When
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult, get_date_max

from mailing import outbox
from operations import presence
from operations.models import RecurringTask

logger = logging.getLogger(__name__)

READY, RUNNING, FAILED = TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED
# A worker ends a task that takes longer. After the lease a task that is still "running" has lost its worker,
# also where that ran on another machine.
TIME_LIMIT = timedelta(minutes=10)
LEASE = timedelta(minutes=15)
# A task that failed is tried again after these; all our tasks may run twice.
RETRY_AFTER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
RETRIED_FOR = timedelta(days=1)
KEPT_FOR = timedelta(days=7)
# Work that has waited for so long, while none was begun, waits for a worker that is not there.
STALLED_AFTER = timedelta(minutes=5)
INTERRUPTED = {"builtins.SystemExit", "builtins.KeyboardInterrupt"}


def keep_house(worker_id=None):
    """One round; `worker_id` is the worker's own, which has nothing in hand meanwhile."""
    gone = presence.gone()
    put_back_abandoned(gone | {worker_id})
    presence.forget(gone)
    retry_failed()
    enqueue_recurring()
    outbox.enqueue_due()


def put_back_abandoned(gone):
    """Tasks of workers that are gone, and those running for longer than any may, are to be done again."""
    now = timezone.now()
    for row in light(DBTaskResult.objects.running()):
        if row.started_at > now - LEASE and not gone.intersection(row.worker_ids[-1:]):
            continue
        if len(row.worker_ids) > len(RETRY_AFTER):
            logger.error("Task %s (%s) is given up: its workers died.", row.pk, row.task_path)
            change(row, status=FAILED, finished_at=now, traceback="Its workers died.")
        elif change(row, status=READY, run_after=now):
            logger.warning("Task %s (%s) is put back: its worker is gone.", row.pk, row.task_path)


def retry_failed():
    """Tasks that failed are to be done again, at growing distances."""
    now = timezone.now()
    for row in light(DBTaskResult.objects.failed().filter(finished_at__gt=now - RETRIED_FOR)):
        tries = len(row.worker_ids)
        is_over = row.exception_class_path in INTERRUPTED or now >= row.finished_at + retry_after(tries)
        if tries <= len(RETRY_AFTER) and is_over and change(row, status=READY, run_after=now):
            logger.warning("Task %s (%s) is tried again.", row.pk, row.task_path)


def retry_after(tries):
    return RETRY_AFTER[min(tries, len(RETRY_AFTER)) - 1]


def light(rows):
    """Without what may be long."""
    return rows.order_by("pk").defer("traceback", "return_value", "args_kwargs")


def change(row, **changes):
    """Change a task's row unless somebody else has changed it since it was read."""
    as_read = {"status": row.status, "started_at": row.started_at}
    return DBTaskResult.objects.filter(pk=row.pk, **as_read).update(**changes)


def enqueue_recurring():
    """Give the workers what RECURRING_TASKS says is due; of several workers one does."""
    rows = RecurringTask.objects
    known = set(rows.values_list("name", flat=True))
    for name, recurring in settings.RECURRING_TASKS.items():
        if name not in known:
            rows.get_or_create(name=name)
        if rows.filter(name=name).whose_turn_it_is(recurring["every"]).exists():
            enqueue_one(name, recurring)


def enqueue_one(name, recurring):
    with transaction.atomic():
        turn = RecurringTask.objects.filter(name=name).whose_turn_it_is(recurring["every"])
        if turn.update(last_run_at=timezone.now()):
            import_string(recurring["task"]).enqueue()


def prune():
    """Forget finished tasks after a week; returns how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def stalled():
    """Since when work has been waiting that no worker does, or None where work goes on or none is due."""
    long_ago = timezone.now() - STALLED_AFTER
    waiting = [moment for moment in (oldest_task(), outbox.oldest_due()) if moment and moment <= long_ago]
    if not waiting or DBTaskResult.objects.filter(started_at__gt=long_ago).exists():
        return None
    return min(waiting)


def oldest_task():
    """Since when the oldest task that could be done has been waiting, or None."""
    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    return DBTaskResult.objects.ready().order_by().aggregate(since=Min(since))["since"]
