"""What remains of erased readers, so that no restored backup brings them back.

A tombstone is a keyed hash of the address and the moment: it tells nobody who it was, and finds them again
among the comments of a backup. It stands in the database and, because a restore replaces that, beside it
(`tombstones_apart`). It is worth nothing under another SECRET_KEY.
"""

from django.db import transaction
from django.utils.crypto import salted_hmac

from follows.models import Follow
from mailing.models import Mail

from ..models import Comment, Erasure, Subscription
from ..tokens import email_key
from . import tombstones_apart as apart


def key_of(folded_email, *, with_texts):
    """What a tombstone says instead of the address; another key where the texts were erased as well."""
    if not with_texts:
        return email_key(folded_email)
    return salted_hmac("comments.email.texts", folded_email, algorithm="sha256").hexdigest()


def remember(folded_email, *, with_texts, at):
    """Set the tombstone of an erasure: with its transaction here, and beside it once that holds."""
    key = key_of(folded_email, with_texts=with_texts)
    _stand({key: at})
    transaction.on_commit(lambda: apart.write({key: at}), robust=True)


def write_down():
    """Write beside the database what it alone knows; returns how many. Done before a restore, and daily."""
    written = apart.written()
    missing = {key: at for key, at in _standing().items() if key not in written or written[key] < at}
    if missing:
        apart.write(missing)
    return len(missing)


def repeat():
    """Erase once more those of whom the database does not know any more; returns how many readers.

    Only what is as old as their erasure goes: a reader who came back afterwards stays.
    """
    # The erasure sets tombstones itself.
    from .erasure import erase

    standing = _standing()
    due = {key: at for key, at in apart.written().items() if key not in standing or standing[key] < at}
    if not due:
        return 0
    repeated = 0
    for folded_email in _addresses():
        for with_texts in (True, False):
            at = due.get(key_of(folded_email, with_texts=with_texts))
            if at:
                erase(folded_email, with_texts=with_texts, until=at)
                repeated += 1
    _stand(due)
    return repeated


def _addresses():
    """Every address in the database, once, in no more memory than that takes."""
    found = set()
    columns = {Mail: "recipient_folded"} | dict.fromkeys([Comment, Subscription, Follow], "folded_email")
    for model, column in columns.items():
        rows = model.objects.exclude(**{column: ""}).order_by()
        found.update(rows.values_list(column, flat=True).distinct().iterator())
    return sorted(found)


def _standing():
    return dict(Erasure.objects.order_by().values_list("email_key", "erased_at"))


def _stand(tombstones):
    Erasure.objects.bulk_create(
        [Erasure(email_key=key, erased_at=at) for key, at in tombstones.items()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["email_key"],
        update_fields=["erased_at"],
    )
