"""A whole database as one file, and back: taken while others write, put back in one transaction."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.db import connection

PG_SETTINGS = {
    "PGHOST": "HOST",
    "PGPORT": "PORT",
    "PGUSER": "USER",
    "PGPASSWORD": "PASSWORD",
    "PGDATABASE": "NAME",
}
FILE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class SnapshotError(Exception):
    """The database could not be copied or put back; says why in a sentence. It is as it was before."""


def take_snapshot(path):
    """Write the site's database, as it is at one moment, into the new file `path`."""
    if connection.vendor == "sqlite":
        take_sqlite(path)
    else:
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def restore_snapshot(path):
    """Replace the site's database by the snapshot in the file `path`, wholly or not at all."""
    if connection.vendor == "sqlite":
        restore_sqlite(path)
    else:
        restore_postgresql(path)
    connection.close()


def take_sqlite(path):
    with closing(open_sqlite()) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)


def restore_sqlite(path):
    """SQLite's backup is one transaction of the target: readers see the old site or the new one."""
    with closing(sqlite3.connect(path)) as source, closing(open_sqlite()) as target:
        try:
            if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise SnapshotError("The database in the backup is damaged.")
            source.backup(target)
        except sqlite3.Error as error:
            raise SnapshotError(f"SQLite could not put the database back: {error}.") from error


def open_sqlite():
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        raise SnapshotError("A database in memory cannot be backed up.")
    return sqlite3.connect(name, timeout=20)


def restore_postgresql(path):
    """Everything goes and everything comes in one transaction; a failure leaves the database as it was."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "restore.sql"
        run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}.body", str(path))
        # Whoever still uses the tables would make this wait for ever.
        opening = "SET lock_timeout = '15s';\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"
        with script.open("w") as whole, open(f"{script}.body") as body:
            whole.write(opening)
            shutil.copyfileobj(body, whole)
        connection.close()
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        run("psql", *options, "--output", os.devnull, f"--file={script}")


def run(program, *arguments):
    """Run one of PostgreSQL's own programs on the site's database; the password goes by the environment."""
    path = matching_program(program)
    try:
        subprocess.run(  # noqa: S603 (a fixed program, no shell)
            [path, *arguments], env=os.environ | pg_environment(), check=True, capture_output=True, text=True
        )
    except subprocess.CalledProcessError as error:
        raise SnapshotError(f"{program} failed: {error.stderr.strip()}") from error


def pg_environment():
    config = connection.settings_dict
    values = {name: str(config[key]) for name, key in PG_SETTINGS.items() if config.get(key)}
    if "sslmode" in config.get("OPTIONS", {}):
        values["PGSSLMODE"] = config["OPTIONS"]["sslmode"]
    return values


def matching_program(program):
    """The program of the server's own version, else the newest one; Debian keeps one for each version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    version = str(connection.pg_version // 10_000)
    found = [folder / program for folder in folders if (folder / program).exists()]
    same = [path for path in found if path.parts[-3] == version]
    path = (same or found or [shutil.which(program)])[-1]
    if not path:
        raise SnapshotError(
            f"{program} is missing: install PostgreSQL's client programs (postgresql-client)."
        )
    return str(path)
