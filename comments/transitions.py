"""Every act on comments: made at once or not at all, written down, and taken back by the same means.

A change says what it found and what it leaves. Where the comment is no longer as it was found it is skipped,
so that with two moderators at work nothing flips silently.
"""

import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from .models import Batch, Comment, ModerationEvent, person_name

Kind = ModerationEvent.Kind


@dataclass(frozen=True, order=True)
class Change:
    """One comment from a status to a status; `fields` maps other fields of it to (before, after)."""

    pk: int
    was: str
    to: str
    kind: str = field(default=Kind.DECIDED, compare=False)
    why: str = field(default="", compare=False)
    fields: dict = field(default_factory=dict, compare=False)


@transaction.atomic
def make(changes, *, by=None, is_quiet=False):
    """Make the changes whose comments still are as they were found, and write each down; returns a Batch.

    What follows from them is left to the worker; a quiet one sends nobody a mail.
    """
    # Imported here: the tasks act on comments themselves.
    from .tasks import follow_up

    batch, now = uuid.uuid4(), timezone.now()
    # In the order of the keys, or two bulk changes could wait for each other for ever.
    made = [change for change in sorted(changes) if _apply(change, by, now)]
    events = [_event(change, batch, by, now) for change in made]
    ModerationEvent.objects.bulk_create(events, batch_size=500)
    if made:
        follow_up.enqueue(str(batch), is_quiet)
    return Batch(batch, len(made), len(changes) - len(made))


def _apply(change, by, now):
    found = {name: before for name, (before, _after) in change.fields.items()}
    values = {name: after for name, (_before, after) in change.fields.items()}
    if change.was != change.to:
        values |= {"status": change.to, "moderated_at": now}
        values |= {"moderated_by": by, "moderated_by_name": person_name(by)}
    return Comment.objects.filter(pk=change.pk, status=change.was, **found).update(**values)


def _event(change, batch, by, now):
    return ModerationEvent(
        comment_id=change.pk,
        number=change.pk,
        kind=change.kind,
        batch=batch,
        actor=by,
        actor_name=person_name(by),
        created_at=now,
        from_status=change.was,
        to_status=change.to,
        why=change.why,
        changes={name: list(pair) for name, pair in change.fields.items()},
    )


def undo(batch, *, by=None):
    """Put back what a batch did, where nobody did anything to the comment since; returns a Batch."""
    later = ModerationEvent.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    events = list(
        ModerationEvent.objects.filter(batch=batch, comment__isnull=False).annotate(
            is_overtaken=Exists(later)
        )
    )
    undone = make([_reversed(event) for event in events if not event.is_overtaken], by=by)
    return Batch(undone.id, undone.count, len(events) - undone.count)


def _reversed(event):
    fields = {name: (after, before) for name, (before, after) in event.changes.items()}
    return Change(event.comment_id, event.to_status, event.from_status, event.kind, gettext("Undone"), fields)
