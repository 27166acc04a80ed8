"""Every act on comments: made at once or not at all, written down, and taken back by the same means.

A change says what it found and what it leaves. Where the comment is no longer as it was found it is skipped,
so that with two moderators at work nothing flips silently. Complaints that a decision answers are settled
with it, and opened again when it is undone.
"""

import json
import uuid
from dataclasses import dataclass, field, replace
from itertools import batched

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from queries.deadlocks import again_after_a_deadlock

from .models import Ban, Batch, Comment, ModerationEvent, Report, person_name
from .spam.filter import forget

Kind, Status = ModerationEvent.Kind, Comment.Status
AT_ONCE = 1000
# What `fields` may name beside the comment's own: complaints that were settled, and the ban of its sender.
BESIDE = ("reports", "ban")
IRREVERSIBLE = (Kind.DELETED, Kind.WITHDRAWN, Kind.ERASED)


@dataclass(frozen=True, order=True)
class Change:
    """One comment from a status to a status; `fields` maps other fields of it to (before, after).

    `fields` may also have "reports", the keys of settled complaints, and "ban", a ban's fields or None.
    """

    pk: int
    was: str
    to: str
    kind: str = field(default=Kind.DECIDED, compare=False)
    why: str = field(default="", compare=False)
    fields: dict = field(default_factory=dict, compare=False)


@again_after_a_deadlock
@transaction.atomic
def make(changes, *, by=None, is_quiet=False):
    """Make the changes whose comments still are as they were found, and write each down; returns a Batch.

    What follows from them is left to the worker; a quiet one sends nobody a mail.
    """
    now = timezone.now()
    made = _with_settled_reports(_applied(changes, by, now), by)
    return _recorded(made, len(changes), by, now, is_quiet)


def appeared(comment, why):
    """Write down that a comment which has just been stored as approved was held by nothing.

    For use inside its transaction; the same as storing it as pending and approving it, in fewer queries.
    """
    change = Change(comment.pk, Comment.Status.PENDING, Comment.Status.APPROVED, why=why)
    _recorded([change], 1, None, comment.moderated_at)


@again_after_a_deadlock
@transaction.atomic
def undo(batch, *, by=None):
    """Put back what a batch did, where nobody did anything to the comment since; returns a Batch."""
    later = ModerationEvent.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    events = ModerationEvent.objects.filter(batch=batch, comment__isnull=False).exclude(kind__in=IRREVERSIBLE)
    events = list(events.annotate(is_overtaken=Exists(later)))
    changes = [_reversed(event) for event in events if not event.is_overtaken]
    # The filter counts the text that goes; the worker learns the one that comes back.
    forget(*Comment.objects.filter(pk__in=[change.pk for change in changes if "body" in change.fields]))
    now = timezone.now()
    return _recorded(_applied(changes, by, now), len(events), by, now)


def _reversed(event):
    fields = {name: (after, before) for name, (before, after) in event.changes.items()}
    why = gettext("Redone") if event.why == gettext("Undone") else gettext("Undone")
    return Change(event.comment_id, event.to_status, event.from_status, event.kind, why, fields)


def _applied(changes, by, now):
    """Those of the changes that could be made; what they do beside the comments is done too."""
    made = []
    # In the order of the keys, or two bulk changes could wait for each other for ever.
    for some in batched(sorted(changes), AT_ONCE):
        if len(some) > 1:
            keys = [change.pk for change in some]
            list(Comment.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk"))
        for alike in _alike(some):
            made += _apply(alike, by, now)
    _move_reports(made, now)
    for change in made:
        if "ban" in change.fields:
            _put_ban(*change.fields["ban"], by)
    return sorted(made)


def _alike(changes):
    """The changes in groups that find the same and leave the same, so that each is one UPDATE."""
    groups = {}
    for change in changes:
        key = (change.was, change.to, json.dumps(_own(change), sort_keys=True, default=str))
        groups.setdefault(key, []).append(change)
    return groups.values()


def _own(change):
    return {name: pair for name, pair in change.fields.items() if name not in BESIDE}


def _apply(changes, by, now):
    """Make changes that are alike; returns those whose comments were as they were found."""
    first = changes[0]
    found = {name: before for name, (before, _after) in _own(first).items()}
    values = {name: after for name, (_before, after) in _own(first).items()}
    if first.was != first.to:
        values |= {"status": first.to, "moderated_at": now}
        values |= {"moderated_by": by, "moderated_by_name": person_name(by)}
    rows = Comment.objects.filter(status=first.was, **found)
    if len(changes) == 1:
        rows = rows.filter(pk=first.pk)
        is_there = rows.update(**values) if values else rows.exists()
        return changes if is_there else []
    there = set(rows.filter(pk__in=[change.pk for change in changes]).values_list("pk", flat=True))
    if values:
        Comment.objects.filter(pk__in=there).update(**values)
    return [change for change in changes if change.pk in there]


def _with_settled_reports(changes, by):
    """The changes, with the open complaints that each of them answers; these are settled."""
    answering = [change.pk for change in changes if _answers_reports(change, by)]
    settled = {}
    for keys in batched(answering, AT_ONCE):
        for comment, report in (
            Report.objects.unsettled().filter(comment__in=keys).values_list("comment", "pk")
        ):
            settled.setdefault(comment, []).append(report)
    keys = [report for reports in settled.values() for report in reports]
    for some in batched(keys, AT_ONCE):
        Report.objects.filter(pk__in=some).update(settled_at=timezone.now())
    return [_with_reports(change, settled.get(change.pk)) for change in changes]


def _with_reports(change, settled):
    if not settled:
        return change
    return replace(change, fields=change.fields | {"reports": ([], sorted(settled))})


def _answers_reports(change, by):
    """Whether a moderator, or the writer by deleting it, has decided on the comment."""
    if change.kind == Kind.KEPT or change.kind == Kind.WITHDRAWN:
        return True
    return by is not None and change.was != change.to and change.to != Status.PENDING


def _move_reports(changes, now):
    """Settle or open the complaints that the changes name."""
    pairs = [change.fields["reports"] for change in changes if "reports" in change.fields]
    opened = {key for before, after in pairs for key in set(before) - set(after)}
    settled = {key for before, after in pairs for key in set(after) - set(before)}
    for keys, moment in ((opened, None), (settled, now)):
        for some in batched(sorted(keys), AT_ONCE):
            Report.objects.filter(pk__in=some).update(settled_at=moment)


def _put_ban(before, after, by):
    """Make, change or lift a ban, unless somebody has changed it since it was found."""
    if before is None:
        whose = {"created_by": by, "created_by_name": person_name(by)}
        Ban.objects.get_or_create(value=after["value"], defaults=after | whose)
    elif after is None:
        Ban.objects.filter(**before).delete()
    else:
        Ban.objects.filter(**before).update(**after)


def _recorded(made, wanted, by, now, is_quiet=False):
    """Write the changes down under a new batch, and have the worker do what follows from them."""
    # Imported here: the tasks act on comments themselves.
    from .tasks import follow_up

    batch = uuid.uuid4()
    events = [_event(change, batch, by, now) for change in made]
    ModerationEvent.objects.bulk_create(events, batch_size=500)
    if made:
        follow_up.enqueue(str(batch), is_quiet)
    return Batch(batch, len(made), wanted - len(made))


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
