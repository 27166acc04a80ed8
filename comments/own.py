"""A reader's own comment: edited or deleted for minutes by the token that their browser keeps."""

from copy import copy
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .judgement.checks import OF_WHAT, OF_WHOM, may_appear_at_once, reasons_about, reasons_in
from .judgement.history import History
from .judgement.submission import Submission
from .models import Comment, ModerationEvent, Subscription
from .privacy.emptying import cancel_mails_quoting
from .spam.filter import forget
from .transitions import Change, make

Kind, Status = ModerationEvent.Kind, Comment.Status
# An edit has no form of which anybody knows when it was begun; it is as good as one that was written slowly.
UNHURRIED = timedelta(minutes=1)
# Each edit keeps the text before it, so that without an end a comment could fill the disk.
MOST_EDITS = 10


class ChangedMeanwhile(Exception):
    """The comment is no longer as its writer saw it when they pressed."""


class TooManyEdits(Exception):
    """The comment has been edited as often as it may be."""


def minutes_left(comment, policy, now=None):
    """For how many minutes, begun ones included, its writer may still change the comment; 0 for no longer.

    What a moderator has edited or refused is not the writer's to change. What only the checks have refused
    is: a robot would learn of it by what it is not offered.
    """
    is_theirs = comment.edited_by != Comment.Editor.MODERATOR and not comment.posted_by_id
    if not is_theirs or not comment.body or not (waits(comment) or comment.status == Status.APPROVED):
        return 0
    left = comment.created_at + timedelta(minutes=policy.edit_minutes) - (now or timezone.now())
    return max(0, -(-left // timedelta(minutes=1)))


def waits(comment):
    """Whether its writer sees it as waiting.

    That is told also of what the checks took for spam or rejected, as long as nobody has decided: a robot
    learns nothing, and a moderator may still find that the checks were wrong.
    """
    is_undecided = comment.moderated_at is None and comment.status != Status.APPROVED
    return comment.status == Status.PENDING or is_undecided


def version_of(comment):
    """What tells one state of a comment's text from another, for the page that shows it."""
    return salted_hmac("comments.own", comment.body, algorithm="sha256").hexdigest()[:20]


@transaction.atomic
def edit(comment, body, policy, network):
    """Give the comment another text, sent from a Network; the first one is kept.

    It is judged like a new one: a published comment waits again unless its writer's appear at once, and one
    that the checks have refused stays so. Raises ChangedMeanwhile or TooManyEdits.
    """
    if body == comment.body:
        return
    if comment.events.filter(kind=Kind.EDITED).count() >= MOST_EDITS:
        raise TooManyEdits
    fields = {"body": (comment.body, body), "edited_by": (comment.edited_by, Comment.Editor.WRITER)}
    if not comment.edited_by:
        fields["original_body"] = (comment.original_body, comment.body)
    forget(comment)  # as what it has been learned; the worker learns the new text
    status, judged = _judged(comment, body, policy, network)
    if not make([Change(comment.pk, comment.status, status, Kind.EDITED, fields=fields)]).count:
        raise ChangedMeanwhile
    Comment.objects.filter(pk=comment.pk).update(**judged)


def _judged(comment, body, policy, network):
    """The status that the new text leaves the comment with, and what the moderator reads of it."""
    if comment.status in {Status.SPAM, Status.REJECTED}:
        return comment.status, {"reasons": comment.reasons}
    edited = copy(comment)
    edited.body = body
    submission = Submission(edited, policy, network, age=UNHURRIED)
    found = reasons_in(submission) + reasons_about(submission, History.of(submission))
    may_stay = comment.status == Status.APPROVED and may_appear_at_once(submission, found)
    asked_again = {check.__name__ for check in (*OF_WHAT, *OF_WHOM)} - {"haste"} | {"disallowed"}
    older = [reason for reason in comment.reasons if reason["check"] not in asked_again]
    judged = {"reasons": older + found, "spam_score": edited.spam_score}
    return Status.APPROVED if may_stay else Status.PENDING, judged


@transaction.atomic
def withdraw(comment):
    """Delete the comment at its writer's wish: its texts are gone for good. Raises ChangedMeanwhile.

    The row stays, rejected, because replies may hang on it and because a moderator may have seen it.
    """
    forget(comment)
    shown = Comment.objects.filter(pk=comment.pk, status=comment.status, body=comment.body)
    # Without its key, the same text may be posted again.
    gone = {"body": "", "original_body": "", "submission_key": None, "moderated_at": timezone.now()}
    if not shown.update(**gone):
        raise ChangedMeanwhile
    # Earlier edits hold the text too.
    for event in comment.events.filter(kind=Kind.EDITED):
        event.changes = {}
        event.save(update_fields=["changes"])
    cancel_mails_quoting([comment.pk])
    Subscription.objects.filter(comment=comment).delete()
    make([Change(comment.pk, comment.status, Status.REJECTED, Kind.WITHDRAWN)])
