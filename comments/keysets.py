"""Places between comments: by (created_at, number), which no two comments share."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
    TupleLessThanOrEqual,
)

from articles.paging import EPOCH


def key_of(row):
    return row.created_at, row.pk


def cursor_of(moment, pk):
    """A place between comments as text for an address; `articles.paging.read_cursor` reads it."""
    return f"{(moment - EPOCH) // timedelta(microseconds=1)}-{pk}"


def after(key):
    """The condition that a comment comes after the key (created_at, number) in the order of writing."""
    return Q(TupleGreaterThan(Tuple("created_at", "pk"), key))


def before(key):
    return Q(TupleLessThan(Tuple("created_at", "pk"), key))


def up_to(key):
    return Q(TupleLessThanOrEqual(Tuple("created_at", "pk"), key))
