"""Storing what a reader posts: judged, and once, however often a phone on a train sends it."""

import json
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from . import subscriptions, tasks, transitions
from .judgement.checks import may_appear_at_once, reasons_about, reasons_in, status_for
from .judgement.flood import TooMany, refuse_too_many
from .judgement.history import History
from .models import Comment, CommentPolicy

SAME_POST = timedelta(minutes=10)


class AlreadyPosted(Exception):
    """The reader has posted this comment here before, longer than ten minutes ago."""


def submission_key(comment):
    """What makes two posts the same: article, parent, text, name and e-mail, as a keyed hash of 64 digits."""
    parts = [comment.article_id, comment.parent_id, comment.body, comment.name, comment.email.casefold()]
    value = json.dumps(parts, ensure_ascii=False)
    return salted_hmac("comments.submission", value, algorithm="sha256").hexdigest()


def store(submission):
    """Judge and store a comment; returns it, or the stored one that it repeats.

    Raises TooMany, and AlreadyPosted for a repetition after more than ten minutes or from another network.
    The unique key decides what is a repetition: looking alone would let parallel posts in twice. A repetition
    is never too many, and one may be stored while another is being refused.
    """
    comment = submission.comment
    comment.submission_key = submission_key(comment)
    comment.address_key = submission.network.key
    comment.address = submission.network.address if submission.policy.address_days else None
    comment.reasons = reasons_in(submission)
    try:
        with transaction.atomic():
            history = History.of(submission)
            if history.repeated is None:
                refuse_too_many(submission, history)
                return _take_in(submission, history)
    except (IntegrityError, TooMany):
        if not _same(comment).exists():
            raise
    return _repeated(submission)


def _take_in(submission, history):
    """Insert the comment, and write down all that follows from it in the same transaction."""
    comment, policy = submission.comment, submission.policy
    comment.reasons += reasons_about(submission, history)
    comment.status = status_for(comment.reasons)
    if may_appear_at_once(submission, comment.reasons):
        comment.status, comment.moderated_at = Comment.Status.APPROVED, submission.at
    comment.save(force_insert=True)
    if submission.wants_mails:
        subscriptions.ask(comment)
    if comment.status == Comment.Status.APPROVED:
        transitions.appeared(comment, gettext("Approved before, with a confirmed address"))
    elif comment.status == Comment.Status.PENDING and policy.notify_moderators == CommentPolicy.Notice.EACH:
        tasks.tell_moderators.enqueue(comment.pk)
    return comment


def _same(comment):
    return Comment.objects.filter(submission_key=comment.submission_key)


def _repeated(submission):
    """The stored comment, whose answer lets its bearer edit and delete it.

    Who repeats from elsewhere what everybody can read gets no such thing.
    """
    first = _same(submission.comment).get()
    is_from_elsewhere = first.address_key not in submission.network.keys
    if is_from_elsewhere or submission.at - first.created_at > SAME_POST:
        raise AlreadyPosted
    return first
