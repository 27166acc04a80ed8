"""What moderators do to comments: decide, keep, hide as a spoiler, edit, answer, ban, and destroy.

All but destroying goes through `transitions`, so that it is written down and one press takes it back.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from articles.models import ArticleAuthor, Author, Publication
from queries.deadlocks import again_after_a_deadlock

from .models import Ban, Comment, ModerationEvent, Report, Subscription
from .posting import submission_key
from .privacy.emptying import destroy as destroy_texts
from .spam.filter import forget
from .transitions import Change, make

Kind, Status = ModerationEvent.Kind, Comment.Status
# With so many readers at one domain, a ban of it would shut out strangers.
BIG_MAIL_HOUSES = frozenset(
    [
        *("aol.com", "gmail.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "icloud.com"),
        *("live.com", "mac.com", "mail.ru", "me.com", "msn.com", "outlook.com", "proton.me", "qq.com"),
        *("protonmail.com", "t-online.de", "web.de", "yahoo.com", "yandex.ru"),
    ]
)


# A status that no comment has, so that a change that expects it is skipped.
OVERTAKEN = ""


class Overtaken(Exception):
    """Somebody else has done something to the comment since it was shown."""


class SaidAlready(Exception):
    """The same answer stands there already."""


@again_after_a_deadlock
@transaction.atomic
def decide(comments, status, *, by, why="", seen=None, texts=None):
    """Give comments a status; to approve what is approved and complained about is to keep it.

    `seen` maps primary keys to the status that the moderator saw, `texts` to the version of the text: what
    its writer has edited since is skipped. What was emptied for good is left out.
    """
    # In the order of the keys, and locked: no edit may come between looking at the text and deciding.
    rows = comments.exclude(body="").order_by("pk").select_for_update()
    standing = dict(rows.values_list("pk", "status"))
    expected = {pk: (seen or {}).get(pk, was) for pk, was in standing.items()}
    expected |= dict.fromkeys(_edited_since(standing, texts or {}), OVERTAKEN)
    changes = [Change(pk, was, status, why=why) for pk, was in expected.items() if was != status]
    if status == Status.APPROVED:
        changes += _keeping([pk for pk, was in expected.items() if was == status])
    return make(changes, by=by)


def _edited_since(keys, texts):
    """Those of the comments whose writer has given them another text than the moderator read."""
    edited = Comment.objects.filter(pk__in=texts.keys() & keys, edited_by=Comment.Editor.WRITER)
    return [comment.pk for comment in edited.only("body") if version_of(comment) != texts[comment.pk]]


def keep(comment, *, seen, by):
    """Settle the complaints about a comment for good: it stays, and further ones are not stored."""
    fields = {"is_kept": (comment.is_kept, True)}
    return make([Change(comment.pk, seen, seen, Kind.KEPT, fields=fields)], by=by)


def _keeping(keys):
    """Changes that keep those of the approved comments with these keys that somebody complained about."""
    open_reports = Report.objects.unsettled().filter(comment__in=keys)
    reported = Comment.objects.filter(pk__in=open_reports.values("comment")).values_list("pk", "is_kept")
    return [
        Change(pk, Status.APPROVED, Status.APPROVED, Kind.KEPT, fields={"is_kept": (is_kept, True)})
        for pk, is_kept in reported
    ]


def hide_as_spoiler(comments, *, by, is_spoiler=True):
    """Have readers press before they see these comments, or no more."""
    rows = comments.filter(is_spoiler=not is_spoiler).order_by().values_list("pk", "status")
    fields = {"is_spoiler": (not is_spoiler, is_spoiler)}
    return make([Change(pk, was, was, Kind.SPOILER, fields=fields) for pk, was in rows], by=by)


def version_of(comment):
    """What tells one state of a comment's text from another, for the form that shows it."""
    return salted_hmac("comments.version", comment.body, algorithm="sha256").hexdigest()[:20]


@transaction.atomic
def edit(comment, body, *, by):
    """Give a comment another text; the one that was first posted is kept. Raises Overtaken."""
    forget(comment)  # as what it has been learned; the worker learns the new text
    fields = {"body": (comment.body, body), "edited_by": (comment.edited_by, Comment.Editor.MODERATOR)}
    if not comment.original_body:
        fields["original_body"] = ("", comment.body)
    batch = make([Change(comment.pk, comment.status, comment.status, Kind.EDITED, fields=fields)], by=by)
    if batch.skipped:
        raise Overtaken
    return batch


def signature(user, article):
    """(name, badge) of what a member of staff writes below an article: their byline, or their name."""
    is_author = ArticleAuthor.objects.filter(article=article, author__user=user).exists()
    byline = Author.objects.filter(user=user).values_list("name", flat=True).first()
    # Never the name that they log in with.
    name = byline or user.get_full_name() or Publication.current().name
    return name, Comment.Badge.AUTHOR if is_author else Comment.Badge.STAFF


@transaction.atomic
def reply(parent, body, *, seen, by):
    """Answer a comment as staff, at once for all to read, and approve it where it waits.

    Raises Overtaken where it is no longer as it was seen, and SaidAlready for the same answer once more.
    """
    name, badge = signature(by, parent.article)
    # It begins as rejected, so that undo takes it off.
    answer = Comment(article=parent.article, parent=parent, name=name, body=body, status=Status.REJECTED)
    answer.badge, answer.posted_by = badge, by
    answer.submission_key = submission_key(answer)
    _store(answer)
    changes = [Change(answer.pk, Status.REJECTED, Status.APPROVED, Kind.REPLIED)]
    # An approved one is written down as answered only by the answer, but must still stand.
    if seen != Status.APPROVED:
        changes.append(Change(parent.pk, seen, Status.APPROVED))
    elif not _stands(parent, seen):
        raise Overtaken
    batch = make(changes, by=by)
    if batch.skipped:
        raise Overtaken
    return batch


def _store(answer):
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        stored = Comment.objects.filter(submission_key=answer.submission_key)
        if stored.approved().exists() or not stored.exists():
            raise SaidAlready from None
        # One that was taken back may be said again.
        stored.update(submission_key=None)
        answer.save(force_insert=True)


def domain_of(comment):
    return comment.folded_email.rpartition("@")[2]


@again_after_a_deadlock
@transaction.atomic
def ban(comment, kind, *, until=None, why="", rejects_waiting=False, seen, by):
    """Ban a comment's e-mail address or its domain, and reject what waits from there if that is wanted.

    Raises Overtaken where the comment is no longer as it was seen.
    """
    if not _stands(comment, seen):
        raise Overtaken
    value = comment.folded_email if kind == Ban.Kind.EMAIL else domain_of(comment)
    wanted = {"kind": str(kind), "value": value, "until": until and until.isoformat(), "why": why}
    standing = Ban.objects.filter(value=value).values("kind", "value", "until", "why").first()
    if standing and isinstance(standing["until"], date):
        standing["until"] = standing["until"].isoformat()
    is_rejected = rejects_waiting and seen == Status.PENDING
    to = Status.REJECTED if is_rejected else seen
    changes = [Change(comment.pk, seen, to, Kind.BANNED, why, {"ban": (standing, wanted)})]
    if rejects_waiting:
        others = from_sender(kind, value).exclude(pk=comment.pk).values_list("pk", flat=True)
        changes += [
            Change(pk, Status.PENDING, Status.REJECTED, why=gettext("Sender banned")) for pk in others
        ]
    return make(changes, by=by)


def _stands(comment, status):
    """Whether it still has this status; from here on to the transaction's end it keeps it."""
    return Comment.objects.select_for_update().filter(pk=comment.pk, status=status).exists()


def from_sender(kind, value):
    """The waiting comments that such a ban is about."""
    if kind == Ban.Kind.EMAIL:
        return Comment.objects.pending().filter(folded_email=value)
    at_domain = Q(folded_email__endswith=f"@{value}") | Q(folded_email__endswith=f".{value}")
    return Comment.objects.pending().filter(at_domain)


@transaction.atomic
def destroy(comment, *, by):
    """Destroy a comment's text and personal data for good; the record keeps that it was done, and by whom."""
    forget(comment)
    Subscription.objects.filter(comment=comment).delete()
    return destroy_texts([comment.pk], kind=Kind.DELETED, by=by)
