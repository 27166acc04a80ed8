"""A reader's own comment: edited or deleted for minutes by the token that their browser keeps."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Comment, ModerationEvent, Subscription
from .spam.filter import forget
from .transitions import Change, make

Kind, Status = ModerationEvent.Kind, Comment.Status


class ChangedMeanwhile(Exception):
    """The comment is no longer as its writer saw it when they pressed."""


def minutes_left(comment, policy, now=None):
    """For how many minutes, begun ones included, its writer may still change the comment; 0 for no longer.

    What a moderator has edited, and what is no longer to be seen by anybody, is not the writer's to change.
    """
    is_theirs = comment.edited_by != Comment.Editor.MODERATOR and not comment.posted_by_id
    if not is_theirs or comment.status not in {Status.PENDING, Status.APPROVED}:
        return 0
    left = comment.created_at + timedelta(minutes=policy.edit_minutes) - (now or timezone.now())
    return max(0, -(-left // timedelta(minutes=1)))


def version_of(comment):
    """What tells one state of a comment's text from another, for the page that shows it."""
    return salted_hmac("comments.own", comment.body, algorithm="sha256").hexdigest()[:20]


@transaction.atomic
def edit(comment, body, policy):
    """Give the comment another text; the first one is kept. Raises ChangedMeanwhile."""
    if body == comment.body:
        return
    fields = {"body": (comment.body, body), "edited_by": (comment.edited_by, Comment.Editor.WRITER)}
    if not comment.edited_by:
        fields["original_body"] = (comment.original_body, comment.body)
    status = _status_after(comment, body, policy)
    forget(comment)  # as what it has been learned; the worker learns the new text
    if not make([Change(comment.pk, comment.status, status, Kind.EDITED, fields=fields)]).count:
        raise ChangedMeanwhile


def _status_after(comment, body, policy):
    """What becomes of an edited comment: held again, unless its writer's comments appear at once."""
    if policy.holds_everything_on(comment.article) or not comment.is_confirmed:
        return Status.PENDING
    return comment.status


@transaction.atomic
def withdraw(comment):
    """Delete the comment at its writer's wish: its texts are gone for good. Raises ChangedMeanwhile.

    The row stays, rejected, because replies may hang on it and because a moderator may have seen it.
    """
    forget(comment)
    shown = Comment.objects.filter(pk=comment.pk, status=comment.status, body=comment.body)
    if not shown.update(body="", original_body=""):
        raise ChangedMeanwhile
    # Earlier edits hold the text too.
    for event in comment.events.filter(kind=Kind.EDITED):
        event.changes = {}
        event.save(update_fields=["changes"])
    Subscription.objects.filter(comment=comment).delete()
    make([Change(comment.pk, comment.status, Status.REJECTED, Kind.WITHDRAWN)])
