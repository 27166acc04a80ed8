"""The checks, one function each: what it holds against a comment, as a reason, or None.

A reason is a small dict for `Comment.reasons`: the check's name, and what it found. Each of them keeps a
comment from appearing at once; OUTCOMES says which do more.
"""

import re
from datetime import timedelta

from ..models import Comment
from ..spam import filter as spam_filter
from ..words import lists_of, searchable

Status = Comment.Status
HASTE = timedelta(seconds=3)
OUTCOMES = {"trap": Status.SPAM, "disallowed": Status.SPAM, "ban": Status.REJECTED}
# Each once, however it is written: as an address, as a forum's [url], or as HTML.
_LINK = re.compile(
    r"<a\s+href\s*=\s*[\"']?(?:https?://)?(?:www\.)?|<a\s"
    r"|\[url[=\]]\s*[\"']?(?:https?://)?(?:www\.)?"
    r"|https?://(?:www\.)?|\bwww\.",
    re.IGNORECASE,
)


# Of what was sent.


def trap(submission):
    """The field that readers do not see has something in it."""
    return {"check": "trap"} if submission.trap else None


def haste(submission):
    """It was sent sooner after its writer began than anybody writes."""
    if submission.age is None or submission.age >= HASTE:
        return None
    return {"check": "haste", "seconds": int(submission.age.total_seconds())}


def links(submission):
    most, count = submission.policy.hold_at_links, len(_LINK.findall(submission.comment.body))
    return {"check": "links", "count": count, "most": most} if most and count >= most else None


def words(submission):
    """The owner's words: a disallowed one says more than those that only hold."""
    lists = lists_of(submission.policy)
    if lists is None:
        return None
    texts = searchable(*submission.texts)
    if found := lists.disallowed.found_in(texts):
        return {"check": "disallowed", "words": found}
    found = lists.moderation.found_in(texts)
    return {"check": "words", "words": found} if found else None


def score(submission):
    """The filter's opinion, which the comment keeps also where it is no reason."""
    given = spam_filter.score(submission.comment)
    submission.comment.spam_score = given and given.value
    return given and given.reason


# Of who sent it.


def ban(submission, history):
    return {"check": "ban", "value": history.ban} if history.ban else None


def reputation(submission, history):
    """More of this address was turned away than approved. Anybody can write under it, unless confirmed."""
    if history.rejected + history.spam <= history.approved:
        return None
    counts = {name: getattr(history, name) for name in ("approved", "rejected", "spam")}
    return {"check": "reputation", "is_confirmed": submission.comment.is_confirmed, **counts}


def stranger(submission, history):
    """Where those who were approved before may appear at once: what is missing for that."""
    if submission.policy.holds_everything_on(submission.comment.article):
        return None
    has = {
        "confirmed": submission.comment.is_confirmed,
        "approved": history.approved > 0,
        "form": submission.age is not None,
    }
    lacks = [name for name, is_there in has.items() if not is_there]
    return {"check": "stranger", "lacks": lacks} if lacks else None


OF_WHAT = (trap, haste, links, words, score)
OF_WHOM = (ban, reputation, stranger)


def reasons_in(submission):
    """What stands against the comment as such; needs no lock, and is not done under one."""
    return [reason for check in OF_WHAT if (reason := check(submission))]


def reasons_about(submission, history):
    """What stands against its sender."""
    return [reason for check in OF_WHOM if (reason := check(submission, history))]


def status_for(reasons):
    """What reasons come to, the gravest first."""
    found = {OUTCOMES.get(reason["check"]) for reason in reasons}
    return next((status for status in (Status.REJECTED, Status.SPAM) if status in found), Status.PENDING)


def may_appear_at_once(submission, reasons):
    """Only where the policy lets anything appear unseen, and nothing at all speaks against it."""
    return not reasons and not submission.policy.holds_everything_on(submission.comment.article)
