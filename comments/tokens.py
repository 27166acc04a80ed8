"""Signed tokens: what lets a reader, or a moderator from a mail, do one thing without a login.

Each kind has a salt and a life of its own, and binds whatever it is good for. None tells an address: where a
token stands for an e-mail address it holds a keyed hash of it.
"""

import time
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.crypto import constant_time_compare, salted_hmac

LINK_LIFE, KEPT_LIFE = timedelta(minutes=10), timedelta(days=14)
FORM_LIFE = timedelta(days=1)
CONFIRMATION_LIFE = timedelta(days=365)
MAIL_LIFE = timedelta(days=7)
DECISION_LIFE = timedelta(days=3)
PERSONAL_DATA_LIFE = timedelta(hours=24)


def email_key(folded_email):
    """What stands for an e-mail address where the address itself must not: 64 digits, keyed."""
    return salted_hmac("comments.email", folded_email, algorithm="sha256").hexdigest()


# One's own comment.


def link_token(comment):
    """What stands in the address of the page after posting."""
    return _signer("held.link").sign(_subject(comment))


def kept_token(comment):
    """What the browser of its reader keeps: it shows the comment in its place, and for minutes changes it."""
    return _signer("held.kept").sign(_subject(comment))


def comment_of_link(token, article_id):
    """The primary key of the comment that the link shows; raises BadSignature, or SignatureExpired."""
    return _comment_of(_signer("held.link").unsign(token, max_age=LINK_LIFE), article_id)


def comment_of_kept(token, article_id, life=KEPT_LIFE):
    """The primary key of the comment that a kept token shows, None for a token that shows nothing."""
    try:
        return _comment_of(_signer("held.kept").unsign(token, max_age=life), article_id)
    except BadSignature:
        return None


def _subject(comment):
    return f"{comment.article_id}.{comment.pk}"


def _comment_of(subject, article_id):
    article, _dot, comment = subject.partition(".")
    if article != str(article_id):
        raise BadSignature("of another article")
    return int(comment)


# The form: when its page asked for it.


def form_token():
    """What a page with JavaScript fetches when its reader begins to write."""
    return _signer("form").sign(str(int(time.time())))


def form_age(token):
    """How long ago a form token was made, as a timedelta; None for none, a forged and an outlived one."""
    try:
        made = int(_signer("form").unsign(token, max_age=FORM_LIFE))
    except BadSignature:
        return None
    return timedelta(seconds=max(0, int(time.time()) - made))


# A confirmed address.


def confirmation_token(folded_email):
    """What a browser keeps once its reader has pressed the link in a mail to this address."""
    return _signer("confirmed").sign(email_key(folded_email))


def confirms(token, folded_email):
    """Whether a browser's token proves that its reader reads this address' mail."""
    try:
        key = _signer("confirmed").unsign(token, max_age=CONFIRMATION_LIFE)
    except BadSignature:
        return False
    return bool(folded_email) and constant_time_compare(key, email_key(folded_email))


# Links in mails. What they are about is a number (of a comment, a subscription) or a keyed hash.


def mail_token(purpose, subject):
    """A token for one purpose, such as "confirm" or "unsubscribe", about `subject` (a number or a key)."""
    return _signer(f"mail.{purpose}").sign(str(subject))


def subject_of_mail(purpose, token, life=MAIL_LIFE):
    """What the token of this purpose is about; raises BadSignature, or SignatureExpired.

    A `life` of None is for good.
    """
    return _signer(f"mail.{purpose}").unsign(token, max_age=life)


def _signer(kind):
    return TimestampSigner(salt=f"comments.{kind}")
