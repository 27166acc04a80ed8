"""Tombstones beside the database: in the file VAR_DIR/erasures.jsonl, which is only ever added to.

Where several servers share a bucket they stand there instead, each as a name under erasures/: no server's
disk is the one that matters then.
"""

import json
import os
import re
from datetime import UTC, datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.dateparse import parse_datetime

FOLDER, MOMENT = "erasures", "%Y%m%dT%H%M%S.%fZ"
NAME = re.compile(r"(?P<key>[0-9a-f]{64})-(?P<at>\d{8}T\d{6}\.\d{6}Z)", re.ASCII)


def write(tombstones):
    """Keep {key: moment}; what is there stays."""
    if isinstance(default_storage, FileSystemStorage):
        _append(tombstones)
        return
    for key, at in tombstones.items():
        default_storage.save(f"{FOLDER}/{key}-{at.astimezone(UTC):{MOMENT}}", ContentFile(b""))


def written():
    """{key: the latest moment} of what is kept."""
    found = {}
    on_disk = isinstance(default_storage, FileSystemStorage)
    for key, at in _in_file() if on_disk else _in_bucket():
        found[key] = max(at, found.get(key, at))
    return found


def _in_bucket():
    for name in default_storage.listdir(FOLDER)[1]:
        if match := NAME.fullmatch(name):
            yield match["key"], datetime.strptime(match["at"], MOMENT).replace(tzinfo=UTC)


def _in_file():
    """Each line's key and moment; a line that was torn by a crash is passed by."""
    try:
        lines = _path().read_text().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            tombstone = json.loads(line)
            key, at = tombstone["email_key"], parse_datetime(tombstone["erased_at"])
        except (ValueError, KeyError, TypeError):
            continue
        if at is not None:
            yield key, at


def _path():
    return settings.VAR_DIR / "erasures.jsonl"


def _append(tombstones):
    _path().parent.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps({"email_key": key, "erased_at": at.isoformat()}) + "\n" for key, at in tombstones.items()
    ]
    descriptor = os.open(_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as file:
        # A torn line before ours would swallow it.
        file.write("\n" + "".join(lines) if _is_torn() else "".join(lines))
        file.flush()
        os.fsync(file.fileno())


def _is_torn():
    content = _path().read_bytes()
    return bool(content) and not content.endswith(b"\n")
