"""What remains of erased readers, so that no restored backup brings them back.

A tombstone is a keyed hash of the address and the moment: it tells nobody who it was, and finds them again
among the comments of a backup. It stands in the database and, because a restore replaces that, in the file
VAR_DIR/erasures.jsonl, which is only ever added to. It is worth nothing under another SECRET_KEY.
"""

import json
import os

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime

from follows.models import Follow
from mailing.models import Mail

from ..models import Comment, Erasure, Subscription
from ..tokens import email_key


def key_of(folded_email, *, with_texts):
    """What a tombstone says instead of the address; another key where the texts were erased as well."""
    if not with_texts:
        return email_key(folded_email)
    return salted_hmac("comments.email.texts", folded_email, algorithm="sha256").hexdigest()


def remember(folded_email, *, with_texts, at):
    """Set the tombstone of an erasure: with its transaction here, and in the file once that holds."""
    key = key_of(folded_email, with_texts=with_texts)
    _stand({key: at})
    transaction.on_commit(lambda: _append({key: at}), robust=True)


def write_down():
    """Add to the file what only the database knows; returns how many. Done before a restore, and daily."""
    written = _written()
    missing = {key: at for key, at in _standing().items() if key not in written or written[key] < at}
    if missing:
        _append(missing)
    return len(missing)


def repeat():
    """Erase once more those of whom the file knows and the database does not; returns how many readers.

    Only what is as old as their erasure goes: a reader who came back afterwards stays.
    """
    # The erasure sets tombstones itself.
    from .erasure import erase

    standing = _standing()
    due = {key: at for key, at in _written().items() if key not in standing or standing[key] < at}
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


def _path():
    return settings.VAR_DIR / "erasures.jsonl"


def _written():
    """{key: the latest moment} of the file; a line that was torn by a crash is passed by."""
    try:
        lines = _path().read_text().splitlines()
    except FileNotFoundError:
        return {}
    found = {}
    for line in lines:
        try:
            tombstone = json.loads(line)
            key, at = tombstone["email_key"], parse_datetime(tombstone["erased_at"])
        except (ValueError, KeyError, TypeError):
            continue
        if at is not None:
            found[key] = max(at, found.get(key, at))
    return found


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
