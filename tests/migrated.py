"""The tests' SQLite database: migrated once for all workers, and again only when the code has changed.

The migrations take as long as a hundred tests. One worker runs them on a file that the others copy; `migrate`
itself still runs on every copy.
"""

import fcntl
import hashlib
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# Folders without code of the site.
OTHERS = {".tools", ".venv", "benchmarks", "bin", "docs", "tests", "var"}


@pytest.fixture(scope="session")
def django_db_keepdb(request, tmp_path_factory, django_db_modify_db_settings, django_db_blocker):
    """True, with a migrated database in its place; otherwise pytest-django makes one in its own way."""
    option = request.config.option
    if connection.vendor != "sqlite" or option.reuse_db or option.create_db or option.nomigrations:
        return option.reuse_db
    with django_db_blocker.unblock():
        copy_migrated(
            connection.settings_dict["TEST"]["NAME"], shared_folder(request.config, tmp_path_factory)
        )
    return True


def shared_folder(config, tmp_path_factory):
    """Outlives the run; without pytest's cache it is the run's own."""
    if cache := getattr(config, "cache", None):
        return cache.mkdir("migrated")
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if hasattr(config, "workerinput") else folder


def copy_migrated(path, folder):
    """Copy the folder's migrated database to `path`; make it first where it is missing or of other code."""
    wanted = folder / f"{fingerprint()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            migrate(folder / "new.sqlite3")
            (folder / "new.sqlite3").rename(wanted)
        shutil.copyfile(wanted, path)


def fingerprint():
    """Of the site's code, any of which a migration or what follows it may use, and of the packages."""
    digest = hashlib.sha256(sys.version.encode())
    folders = [folder for folder in ROOT.iterdir() if folder.is_dir() and folder.name not in OTHERS]
    sources = [path for folder in folders for path in folder.rglob("*.py")]
    for path in sorted([*sources, ROOT / "uv.lock", Path(__file__)]):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def migrate(path):
    with named(path):
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)


@contextmanager
def named(path):
    """Connected to the database in this file while it lasts."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        # The last to close it brings its journal into the file.
        connection.close()
        connection.settings_dict["NAME"] = usual
