"""A site of its own for a benchmark: production's settings, on SQLite in a temporary folder."""

import logging
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_site(hosts, **settings):
    """The environment that Django then reads; `settings` are more of its variables. Gives the folder.

    `DATABASE_URL` may name an empty database instead, unless it is one of `settings`.
    """
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory(prefix="cliffhanger-benchmark-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ENV_FILE": os.devnull,
            "VAR_DIR": folder,
            "DEBUG": "false",
            "SECRET_KEY": "for the benchmark alone",
            "ALLOWED_HOSTS": hosts,
            **settings,
        }
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'db.sqlite3'}")
        yield folder


@contextmanager
def quiet_site(hosts, **settings):
    """The same with Django set up: no line for a request, and static files that need not be collected."""
    with own_site(hosts, **settings) as folder:
        import django
        from django.conf import settings as made

        django.setup()
        logging.disable(logging.INFO)
        made.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        yield folder


def forget():
    """Leave the process as one that has read and drawn nothing yet, its queries made."""
    from pagestore import by_heart
    from queries.remembered import parts_of_pages
    from shows import record

    by_heart.forget()
    parts_of_pages.clear()
    record._read.cache_clear()
