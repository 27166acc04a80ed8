"""Storing what a reader posts: once, however often a phone on a train sends it."""

import json
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Comment

SAME_POST = timedelta(minutes=10)


class AlreadyPosted(Exception):
    """The reader has posted this comment here before, longer than ten minutes ago."""


def submission_key(comment):
    """What makes two posts the same: article, parent, text, name and e-mail, as a keyed hash of 64 digits."""
    parts = [comment.article_id, comment.parent_id, comment.body, comment.name, comment.email.casefold()]
    value = json.dumps(parts, ensure_ascii=False)
    return salted_hmac("comments.submission", value, algorithm="sha256").hexdigest()


def store(comment):
    """Store a comment and return it, or the stored one whose repetition it is; raises AlreadyPosted.

    It inserts first and asks after: looking before inserting would let parallel posts in twice.
    """
    comment.submission_key = submission_key(comment)
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
        return comment
    except IntegrityError:
        first = Comment.objects.filter(submission_key=comment.submission_key).first()
        if first is None:
            raise
    if timezone.now() - first.created_at > SAME_POST:
        raise AlreadyPosted
    return first
