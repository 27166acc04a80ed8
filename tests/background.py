"""Work in the background as a site has it: tasks wait in the database until `queue.work()`."""

import math
import os
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.tasks import task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from operations.management.commands.worker import Worker

ROOT = Path(__file__).resolve().parent.parent
WORKER = [sys.executable, "manage.py", "worker", "--interval", "0.05"]


class Queue:
    """The tasks that wait, and a worker in this process that does what is ready."""

    def __init__(self):
        self.worker = Worker(interval=0, ends_when_idle=True)
        # A test that wants the house kept says so.
        self.worker.next_round = math.inf

    def work(self):
        self.worker.run()

    def waiting(self):
        return list(DBTaskResult.objects.filter(status="READY").values_list("task_path", flat=True))

    def lose_all(self):
        DBTaskResult.objects.all().delete()


@pytest.fixture
def queue(settings, monkeypatch, tmp_path):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.RECURRING_TASKS = {}
    settings.VAR_DIR = tmp_path
    # It would close the test's own connection, with all that the test has written.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return Queue()


def environment_of_a_worker(var_dir, mail_url):
    """For a worker in a process of its own that works on this test's database."""
    return {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATABASE_URL": database_url(),
        "MAIL_URL": mail_url,
        "SECRET_KEY": site_settings.SECRET_KEY,
        "SITE_URL": site_settings.SITE_URL,
        "VAR_DIR": str(var_dir),
    }


def database_url():
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    user, password, name = (quote(config[key], safe="") for key in ("USER", "PASSWORD", "NAME"))
    return f"postgresql://{user}:{password}@{config['HOST']}:{config['PORT']}/{name}"


# Tasks for tests of the worker.

done = []


@task
def note(what):
    done.append(what)


@task
def stumble():
    raise RuntimeError("no room for zoe@example.org")
