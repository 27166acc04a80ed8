"""Writes the comments as readers and moderators left them."""

from datetime import timedelta

from comments.models import Comment
from samples.comments import COMMENTS

from .rows import make

# How long the invented moderators take.
MODERATED_AFTER = timedelta(minutes=25)


def load_comments(articles, now):
    for slug, remarks in COMMENTS.items():
        for remark in remarks:
            load_remark(remark, articles[slug], now)


def load_remark(remark, article, now, parent=None):
    """One comment and the replies to it."""
    created_at = now - remark.delay if remark.is_recent else article.published_at + remark.delay
    is_decided = remark.status != Comment.Status.PENDING
    comment = make(
        Comment,
        article=article,
        parent=parent,
        name=remark.name,
        email=remark.email,
        website=remark.website,
        body=remark.body,
        status=remark.status,
        created_at=created_at,
        moderated_at=min(created_at + MODERATED_AFTER, now) if is_decided else None,
    )
    for reply in remark.replies:
        load_remark(reply, article, now, parent=comment)
