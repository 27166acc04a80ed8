"""Picture files that no row keeps: left by deleted rows, broken uploads and writers that were killed.

A file becomes a stray a day after it was stored, for an upload's row may not be there yet. Whoever stores the
same picture again makes its file young (`store_once`), so that it is not taken away under the new row.
"""

from contextlib import suppress
from datetime import timedelta
from pathlib import PurePosixPath
from typing import NamedTuple

from django.utils import timezone

from pictures.renditions import ORIGINALS
from pictures.uses import is_used, keys_in_use

RENDITIONS = "renditions"
SPARED = timedelta(days=1)


class Stray(NamedTuple):
    """A file, and the key of the picture that it was made for; none for half a file."""

    name: str
    size: int
    key: str | None


def strays(storage):
    """All strays, each original before what was made of it: without it nothing is made anew."""
    keys, young = keys_in_use(), timezone.now() - SPARED
    for name, key in files(storage):
        if key in keys:
            continue
        # Somebody else may delete at the same time.
        with suppress(FileNotFoundError):
            if storage.get_modified_time(name) < young:
                yield Stray(name, storage.size(name), key)


def files(storage):
    """(name, key) of every stored original and rendition."""
    for file in listed(storage, ORIGINALS)[1]:
        yield f"{ORIGINALS}/{file}", key_of(file)
    for key in listed(storage, RENDITIONS)[0]:
        for file in listed(storage, f"{RENDITIONS}/{key}")[1]:
            yield f"{RENDITIONS}/{key}/{file}", None if file.endswith(".part") else key


def key_of(file):
    return None if file.endswith(".part") else PurePosixPath(file).stem


def listed(storage, folder):
    """Folders and files in a folder, in their order."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return sorted(folders), sorted(names)


def delete(storage, stray):
    """Delete a stray, unless a row keeps its picture by now; whether it was deleted."""
    if stray.key and is_used([f"{ORIGINALS}/{stray.key}.{extension}" for extension in ("jpg", "webp")]):
        return False
    storage.delete(stray.name)
    if stray.name.startswith(RENDITIONS):
        folder = stray.name.rpartition("/")[0]
        with suppress(OSError, NotImplementedError):
            if not any(storage.listdir(folder)):
                storage.delete(folder)
    return True
