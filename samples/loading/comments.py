"""Writes the comments as readers and moderators left them."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from comments.judgement.checks import reasons_in
from comments.judgement.submission import Submission
from comments.models import Comment, CommentPolicy, ModerationEvent, Report
from samples.comments import COMMENTS
from visitors.networks import Network

from .rows import make

# How long the invented moderators take.
MODERATED_AFTER = timedelta(minutes=25)
NOBODYS = Network(None)


def load_comments(articles, now):
    for slug, remarks in COMMENTS.items():
        for remark in remarks:
            load_remark(remark, articles[slug], now)


def load_remark(remark, article, now, parent=None):
    """One comment and the replies to it."""
    created_at = now - remark.delay if remark.is_recent else article.published_at + remark.delay
    said = Comment(article=article, name=remark.name, email=remark.email, body=remark.body)
    comment = make(
        Comment,
        reasons=reasons_in(Submission(said, CommentPolicy.current(), NOBODYS)),
        article=article,
        parent=parent,
        name=remark.name,
        email=remark.email,
        website=remark.website,
        body=remark.body,
        badge=remark.badge,
        created_at=created_at,
    )
    if remark.status != Comment.Status.PENDING:
        decide(comment, remark.status, at=min(created_at + MODERATED_AFTER, now))
    for reason in remark.reported:
        make(Report, comment=comment, reason=reason, address_key=f"sample-{reason}", created_at=now)
    for reply in remark.replies:
        load_remark(reply, article, now, parent=comment)


def decide(comment, status, *, at):
    """As the demo's moderator, where there is one, by the same verb as in the queue; dated back to `at`."""
    moderator = get_user_model().objects.filter(username="moderator").first()
    batch = Comment.objects.filter(pk=comment.pk).moderate(status, by=moderator, is_quiet=True)
    Comment.objects.filter(pk=comment.pk).update(moderated_at=at)
    ModerationEvent.objects.filter(batch=batch.id).update(created_at=at)
