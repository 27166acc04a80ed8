"""Signed tokens by which a reader sees their own held comment, and nobody else does.

Two kinds with salts of their own: the link to the page after posting dies in ten minutes; the one that the
reader's browser keeps lives fourteen days. Both bind the comment to its article.
"""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

LINK_LIFE, KEPT_LIFE = timedelta(minutes=10), timedelta(days=14)


def _link():
    return TimestampSigner(salt="comments.held.link")


def _kept():
    return TimestampSigner(salt="comments.held.kept")


def link_token(comment):
    """What stands in the address of the page after posting."""
    return _link().sign(_subject(comment))


def kept_token(comment):
    """What the reader's browser keeps, to show the comment in its place."""
    return _kept().sign(_subject(comment))


def comment_of_link(token, article_id):
    """The primary key of the comment that the link shows; raises BadSignature, or SignatureExpired."""
    return _comment_of(_link().unsign(token, max_age=LINK_LIFE), article_id)


def comment_of_kept(token, article_id):
    """The primary key of the comment that a kept token shows, None for a token that shows nothing."""
    try:
        return _comment_of(_kept().unsign(token, max_age=KEPT_LIFE), article_id)
    except BadSignature:
        return None


def _subject(comment):
    return f"{comment.article_id}.{comment.pk}"


def _comment_of(subject, article_id):
    article, _dot, comment = subject.partition(".")
    if article != str(article_id):
        raise BadSignature("of another article")
    return int(comment)
