"""Does the work in the background: mails, the spam filter's learning, what recurs."""

import logging
import os
import signal
import threading
import time
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.db import Error, connections
from django.tasks import TaskResultStatus
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV, run_with_reloader
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from operations import presence, work
from operations.request_log import E_MAIL, request_id
from pagestore.purging import Purger

logger = logging.getLogger("operations.work")

SECONDS_BETWEEN_ROUNDS = 15
LONGEST_PAUSE = 30


class TooLong(TimeoutError):
    """The task took longer than work.TIME_LIMIT."""


class Worker(db_worker.Worker):
    """A worker of django-tasks-db that keeps house between tasks and outlives an absence of the database."""

    def __init__(self, *, interval, ends_when_idle):
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            # run() comes back when nothing is ready; what then happens is ours.
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self.ends_when_idle = ends_when_idle
        self.purger = Purger()
        self.next_round = 0
        self.pause = 0

    def work(self):
        """Work until told to end, or until nothing is left to do."""
        with presence.announced(self.worker_id):
            logger.info("Worker %s begins.", self.worker_id)
            try:
                while self.running:
                    self.turn()
                    if self.ends_when_idle and not self.pause:
                        break
                    if self.running:
                        time.sleep(self.pause or self.interval)
            finally:
                logger.info("Worker %s ends.", self.worker_id)

    def turn(self):
        """Do what is ready. Where the database is away, wait for it, each time a little longer."""
        try:
            self.keep_house()
            self.run()
            self.pause = 0
        except Error as error:
            self.pause = min(self.pause * 2 or 1, LONGEST_PAUSE)
            logger.error(
                "The database does not answer (%s): again in %d s.", type(error).__name__, self.pause
            )
            connections.close_all()

    def keep_house(self):
        self.purger.turn()
        if time.monotonic() >= self.next_round:
            work.keep_house(self.worker_id)
            self.next_round = time.monotonic() + SECONDS_BETWEEN_ROUNDS

    def run_task(self, row):
        mark = request_id.set(row.pk.hex)
        try:
            with time_limit(work.TIME_LIMIT):
                super().run_task(row)
        finally:
            request_id.reset(mark)
        if row.status == TaskResultStatus.FAILED:
            blot_out_addresses(row)
        self.keep_house()


def blot_out_addresses(row):
    DBTaskResult.objects.filter(pk=row.pk).update(traceback=E_MAIL.sub("[e-mail]", row.traceback))


@contextmanager
def time_limit(limit):
    """Raise TooLong in what takes longer; without effect outside the main thread, where no signal comes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit.total_seconds())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Command(BaseCommand):
    help = "Do the work in the background (mails, the spam filter, what recurs) until Ctrl-C or SIGTERM."

    def add_arguments(self, parser):
        parser.add_argument(
            "--interval", type=float, default=1, help="seconds between two looks for work, 1 by default"
        )
        parser.add_argument("--batch", action="store_true", help="end when nothing is left to do")
        parser.add_argument("--reload", action="store_true", help="start anew when the code changes")

    def handle(self, *, interval, batch, reload, verbosity, **options):
        if not verbosity:
            # Failures are told all the same.
            logging.getLogger("django.tasks").setLevel(logging.WARNING)
        worker = Worker(interval=interval, ends_when_idle=batch)
        if not reload:
            worker.configure_signals()
            worker.work()
            return
        if os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
            worker.configure_signals()
        run_with_reloader(worker.work)
