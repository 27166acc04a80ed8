"""Files whose name says what is in them: written once, whole, under exactly that name."""

import os
import secrets

from django.core.files.storage import FileSystemStorage


def store_once(storage, name, content):
    """Keep the content under this very name; where the name is taken it holds the same already.

    On a disk the file appears whole or not at all: two writers at once or a killed one leave no halves.
    """
    if storage.exists(name):
        return
    if isinstance(storage, FileSystemStorage):
        part = storage.save(f"{name}.{secrets.token_hex(8)}.part", content)
        os.replace(storage.path(part), storage.path(name))
        return
    saved = storage.save(name, content)
    if saved != name:  # another writer was first, and the storage renamed ours
        storage.delete(saved)
