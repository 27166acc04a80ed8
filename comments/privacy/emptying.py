"""What remains of a comment whose writer, or whose text, is to be forgotten."""

import uuid

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from mailing.models import NOTHING, Mail

from ..models import Comment, ModerationEvent, Report, Subscription, person_name

# All that tells who wrote a comment, and what the checks noted about that.
WRITER = {
    "name": "",
    "email": "",
    "folded_email": "",
    "website": "",
    "address": None,
    "address_key": "",
    "submission_key": None,
    "is_confirmed": False,
    "posted_by": None,
    "original_body": "",
    "reasons": [],
}
WHOLE = WRITER | {
    "body": "",
    "status": Comment.Status.REJECTED,
    "is_spoiler": False,
    "edited_by": "",
    "spam_score": None,
    "learned_as": "",
}


def shells():
    """The condition of the comments that were emptied because others answer them."""
    return {"status": Comment.Status.REJECTED, "body": "", "name": "", "folded_email": ""}


@transaction.atomic
def destroy(ids, *, kind, by=None, why=""):
    """Destroy these comments for good, with what the record tells of their texts; returns (gone, emptied).

    One that others answer stays as an emptied, rejected shell, so that the answers keep their place. Each
    leaves a ModerationEvent of `kind`. Who wants the spam filter to forget the texts says so to it before.
    """
    comments = Comment.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
    standing = dict(comments.values_list("pk", "status"))
    gone, kept = _parted(standing)
    forget_in_the_record(standing)
    cancel_mails_quoting(standing)
    events = [
        (pk if pk in kept else None, pk, was, Comment.Status.REJECTED if pk in kept else was)
        for pk, was in standing.items()
    ]
    Comment.objects.filter(pk__in=kept).update(**WHOLE)
    Report.objects.filter(comment__in=kept).delete()
    Subscription.objects.filter(comment__in=kept).delete()
    Comment.objects.filter(pk__in=gone).delete()
    write_down(events, kind=kind, by=by, why=why)
    return len(gone), len(kept)


def _parted(ids):
    """(those that go, those that stay for the sake of an answer that stays)."""
    answers = {}
    for pk, parent in Comment.objects.filter(parent__in=ids).values_list("pk", "parent_id"):
        answers.setdefault(parent, []).append(pk)
    gone = set()
    # An answer is younger than what it answers, so its own fate is known by then.
    for pk in sorted(ids, reverse=True):
        if gone.issuperset(answers.get(pk, [])):
            gone.add(pk)
    return gone, set(ids) - gone


def forget_in_the_record(ids):
    """Take the comments' texts and names out of the record of acts, which itself stays."""
    ModerationEvent.objects.filter(comment__in=ids).update(changes={})
    of_comments = ContentType.objects.get_for_model(Comment)
    LogEntry.objects.filter(content_type=of_comments, object_id__in=[str(pk) for pk in ids]).update(
        object_repr="", change_message=""
    )


def cancel_mails_quoting(ids):
    """Cancel the mails that were not sent yet and would still quote these comments, or decide on them."""
    traces = [trace for pk in ids for trace in (f"/comments/{pk}/", f"/comments/decide/{pk}.")]
    waiting = Mail.objects.unsettled().exclude(text="").values_list("pk", "text") if traces else []
    quoting = [pk for pk, text in waiting if any(trace in text for trace in traces)]
    Mail.objects.filter(pk__in=quoting).unsettled().update(
        state=Mail.State.CANCELLED, is_claimed=False, **NOTHING
    )


def write_down(events, *, kind, by=None, why=""):
    """A ModerationEvent for each (comment still there or None, number, from, to), under one batch."""
    batch, now = uuid.uuid4(), timezone.now()
    ModerationEvent.objects.bulk_create(
        [
            ModerationEvent(
                comment_id=comment,
                number=number,
                kind=kind,
                batch=batch,
                actor=by,
                actor_name=person_name(by),
                created_at=now,
                from_status=was,
                to_status=to,
                why=why,
            )
            for comment, number, was, to in events
        ],
        batch_size=500,
    )
