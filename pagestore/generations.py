"""Reading and renewing the numbers that say whether a page is still what the database holds."""

import secrets

from django.db import connection, transaction

from .declarations import generation_names
from .models import Generation
from .triggers import LOCK


def values(names=None):
    """The numbers with these names (default: all), as a dict; what has no row is missing in it."""
    sql, among = "SELECT name, value FROM pagestore_generation", ()
    if names is not None:
        among = tuple(names)
        sql += f" WHERE name IN ({', '.join(['%s'] * len(among))})"
    with connection.cursor() as cursor:
        cursor.execute(sql, among)
        return dict(cursor.fetchall())


def to_remember_by(*names):
    """The numbers with these names, as part of a key under which a process keeps what it computed of them.

    None where it must not keep it: inside a transaction, whose own changes have no number yet, and where a
    number is missing.
    """
    if connection.in_atomic_block:
        return None
    found = values(names)
    return tuple(found[name] for name in names) if len(found) == len(names) else None


def renew():
    """Give every table another number, also those that had none: all stored pages are lost, everywhere."""
    rows = [Generation(name=name, value=secrets.randbits(63)) for name in generation_names()]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # As the triggers do, or it could wait for a commit that waits for it.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        Generation.objects.bulk_create(
            rows, update_conflicts=True, update_fields=["value"], unique_fields=["name"]
        )
