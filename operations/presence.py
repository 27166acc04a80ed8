"""Which workers of this machine live: each holds a lock, which ends with the worker however that dies."""

import fcntl
import os
from contextlib import contextmanager

from django.conf import settings


def folder():
    return settings.VAR_DIR / "workers"


@contextmanager
def announced(worker_id):
    """Live while this lasts. The file stays: found unlocked it says that its worker is gone."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / worker_id).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def gone():
    """The ids of workers of this machine that live no more; of other machines' nothing is known."""
    return {path.name for path in sorted(folder().glob("*")) if not is_locked(path)}


def forget(worker_ids):
    for worker_id in worker_ids:
        (folder() / worker_id).unlink(missing_ok=True)


def is_locked(path):
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
