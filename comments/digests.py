"""What moderators are told of by mail: each held comment, or once an hour or a day what waits."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mailing.models import Mail
from mailing.outbox import post

from .mails import Writer
from .models import Comment, CommentPolicy, ModerationEvent, Report

Notice = CommentPolicy.Notice
# Daily mails come in the newsroom's morning.
MORNING, SHOWN = 7, 10
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def moderators():
    """Active people who may decide on comments, can log in to the newsroom and have an e-mail address."""
    backend = "django.contrib.auth.backends.ModelBackend"
    people = get_user_model().objects.with_perm("comments.moderate_comment", backend=backend)
    return people.filter(is_staff=True).exclude(email="").order_by("pk")


def tell_of_held(comment_id):
    """One mail a moderator about one comment, where the policy wants each told of and it still waits."""
    if CommentPolicy.current().notify_moderators != Notice.EACH:
        return
    comment = Comment.objects.pending().filter(pk=comment_id).select_related("article").first()
    if comment is None:
        return
    writer = Writer()
    with transaction.atomic():
        for moderator in moderators():
            post(f"held-{comment.pk}-{moderator.pk}", **writer.held(moderator, comment))


def tell_of_waiting():
    """One mail a moderator about what waits, once a period of the policy, if anything came since the last."""
    period = _period(CommentPolicy.current().notify_moderators, timezone.localtime())
    if not period:
        return
    writer = Writer()
    for moderator in moderators():
        with transaction.atomic():
            _tell(moderator, writer, period)


def _period(notice, now):
    """Ten digits that name the present hour or day; none where no digest is due now."""
    if notice == Notice.HOURLY:
        # By the world's clock: the newsroom's has one hour twice in autumn.
        return f"{now.astimezone(UTC):%Y%m%d%H}"
    if notice == Notice.DAILY and now.hour >= MORNING:
        return f"{now:%Y%m%d}99"
    return ""


def _tell(moderator, writer, period):
    key = f"digest-{moderator.pk:010}"
    last = Mail.objects.filter(key__range=(f"{key}-0000000000", f"{key}-9999999999")).order_by("-created_at")
    since = last.values_list("created_at", flat=True).first() or BEGINNING
    if not _came_since(since):
        return
    comments = Comment.objects.pending().select_related("article").order_by("-created_at", "-pk")[:SHOWN]
    waiting, reported = Comment.objects.pending().count(), _reported().count()
    mail = writer.digest(moderator, list(comments), waiting=waiting, reported=reported)
    post(f"{key}-{period}", **mail)


def _reported():
    """The published comments with complaints that nobody has answered."""
    complaints = Report.objects.unsettled().filter(comment=OuterRef("pk"))
    return Comment.objects.approved().filter(Exists(complaints))


def _came_since(moment):
    """Whether a comment that waits was held, or a published one reported, after this moment."""
    put_back = ModerationEvent.objects.filter(
        comment=OuterRef("pk"), actor=None, to_status=Comment.Status.PENDING, created_at__gt=moment
    )
    held = Comment.objects.pending().filter(Q(created_at__gt=moment) | Q(Exists(put_back)))
    return held.exists() or _reported().filter(reports__created_at__gt=moment).exists()
