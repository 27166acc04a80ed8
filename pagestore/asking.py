"""What a server tells `manage.py pagestore` of its memory: nobody else can sign the question."""

import json
import os
import time

from django.core.signing import BadSignature, TimestampSigner

from .pages import page_at

HEADER = "HTTP_X_PAGE_STORE_ASK"
GOOD_FOR = 60
MOST_TOLD = 2_000


def signer():
    return TimestampSigner(salt="pagestore.asking")


def answer_to_the_command(store, environ):
    """JSON of what the process keeps, as bytes; None where nobody asked, or who asked has no right to."""
    signed = environ.get(HEADER)
    if not signed:
        return None
    try:
        signer().unsign(signed, max_age=GOOD_FOR)
    except BadSignature:
        return None
    shelf, numbers = store.shelf, store.readings.made_now().numbers
    page = page_at(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
    told = {
        "process": os.getpid(),
        "room": shelf.room,
        "taken": shelf.taken,
        "pages": [
            {"address": _address(key), "bytes": entry.size, "changed": entry.changed(numbers)}
            for key, entry in list(shelf.entries.items())[-MOST_TOLD:]
        ],
        "asked": page and _told_of(page, shelf.entries.get(page.key), numbers),
    }
    return json.dumps(told).encode()


def _told_of(page, entry, numbers):
    """Of one address: how it is spelled, and of what is kept for it every number then and now."""
    told = {"address": _address(page.key), "is_kept": entry is not None}
    if entry is None:
        return told
    return told | {
        "bytes": entry.size,
        "packings": {name or "as it is": len(variant.body) for name, variant in entry.variants.items()},
        "numbers": {name: [then, numbers.get(name)] for name, then in sorted(entry.numbers.items())},
        "seconds_left": round(entry.until - time.time()),
    }


def _address(key):
    path, query = key
    return f"{path}?{query}" if query else path
