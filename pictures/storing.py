"""Files whose name says what is in them: written once, whole, under exactly that name."""

import os
import secrets
from contextlib import suppress

from django.core.files.storage import FileSystemStorage


class StoreAway(OSError):
    """The store of pictures does not answer, or refuses; says why in a sentence without keys."""


def store_once(storage, name, content):
    """Keep the content under this very name; where the name is taken it holds the same already.

    The file appears whole or not at all: two writers at once or a killed one leave no halves. One that is
    there becomes as young as a new one, so that it is not cleared away as a stray meanwhile.
    """
    if isinstance(storage, FileSystemStorage):
        with suppress(FileNotFoundError):
            os.utime(storage.path(name))
            return
        part = storage.save(f"{name}.{secrets.token_hex(8)}.part", content)
        os.replace(storage.path(part), storage.path(name))
        return
    # A bucket replaces the file at once by the same bytes, which makes it young.
    if not getattr(storage, "file_overwrite", False) and storage.exists(name):
        return
    saved = storage.save(name, content)
    if saved != name:  # another writer was first, and the storage renamed ours
        storage.delete(saved)
