"""A backup: one tar file with a manifest, the database and the media, and how it is put back.

The database is copied first and the media after it: files are there before the rows that name them, so every
row of the copy finds its file, and what is uploaded meanwhile is only a file too many.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from operations import media
from operations.snapshots import FILE_NAMES, SnapshotError, restore_snapshot, take_snapshot

FORMAT = 1
MANIFEST = "manifest.json"
MEDIA = "media"


class ArchiveError(Exception):
    """The backup cannot be made or put back; says why in a sentence. The site is as it was before."""


def write_archive(path):
    """Write a backup into the file `path`, which appears only when it is whole; returns its manifest."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            snapshot = Path(folder) / FILE_NAMES[connection.vendor]
            take_snapshot(snapshot)
            files = media.media_files()
            manifest = describe(snapshot, files)
            # It holds e-mail addresses and password hashes: for its owner's eyes only.
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                pack(file, manifest, snapshot, files)
                file.flush()
                os.fsync(file.fileno())
        unfinished.replace(path)
    except SnapshotError as error:
        raise ArchiveError(str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def describe(snapshot, files):
    """The manifest: what the backup holds and what must be there to put it back."""
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "database_sha256": sha256(snapshot),
        "migrations": sorted(
            f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
        ),
        "media_files": len(files),
    }


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(file, manifest, snapshot, files):
    text = json.dumps(manifest, indent=1).encode()
    with tarfile.open(fileobj=file, mode="w") as tar:
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(text), 0o600
        tar.addfile(entry, io.BytesIO(text))
        tar.add(snapshot, snapshot.name)
        for name in files:
            media.pack(tar, name, f"{MEDIA}/{name}")


def restore_archive(path):
    """Replace database and media by those of the backup; on ArchiveError the site is as it was before."""
    beside = Path(settings.MEDIA_ROOT).parent
    beside.mkdir(parents=True, exist_ok=True)
    # Beside the media, so that the new ones are moved into place and not copied.
    with tempfile.TemporaryDirectory(dir=beside, prefix=".restoring-") as folder:
        unpacked = Path(folder)
        unpack(path, unpacked)
        manifest = check(unpacked)
        try:
            with media.replaced_by(unpacked / MEDIA, set_aside=unpacked / "media-before"):
                restore_snapshot(unpacked / FILE_NAMES[manifest["database"]])
        except (SnapshotError, media.MediaError) as error:
            raise ArchiveError(str(error)) from error
    return manifest


def unpack(path, folder):
    try:
        with tarfile.open(path) as tar:
            # "data" refuses absolute names, "..", links that lead out and devices.
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise ArchiveError(f"{path} is no whole backup: {error}.") from error


def check(folder):
    """The manifest of an unpacked backup that this site can take; raises ArchiveError where it cannot."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        made_for, migrations = manifest["database"], set(manifest["migrations"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError("It is no backup of Cliffhanger: its manifest is missing or damaged.") from error
    if manifest.get("format") != FORMAT:
        raise ArchiveError("The backup was made by a newer Cliffhanger.")
    if made_for != connection.vendor:
        raise ArchiveError(f"The backup holds a {made_for} database, this site runs on {connection.vendor}.")
    if migrations - known_migrations():
        raise ArchiveError("The backup was made by a newer Cliffhanger: bring this one up to date first.")
    check_contents(folder, manifest)
    return manifest


def check_contents(folder, manifest):
    database, files = folder / FILE_NAMES[manifest["database"]], folder / MEDIA
    if not database.is_file() or sha256(database) != manifest["database_sha256"]:
        raise ArchiveError("The database in the backup is missing or damaged.")
    files.mkdir(exist_ok=True)
    if sum(path.is_file() for path in files.rglob("*")) != manifest["media_files"]:
        raise ArchiveError("Files are missing from the backup.")


def known_migrations():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in loader.disk_migrations.keys() | replaced}


def site_holds_data():
    """Whether a restore would overwrite anything: a user, or a file."""
    if "auth_user" not in connection.introspection.table_names():
        return bool(media.media_files())
    return User.objects.exists() or bool(media.media_files())
