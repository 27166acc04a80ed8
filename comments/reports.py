"""Readers' complaints: taken once a day from each network, never told to others, decided on by moderators."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from .models import Comment, CommentPolicy, ModerationEvent, Report
from .transitions import Change, make

AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), 5


class TooManyReports(Exception):
    """This network has complained as often as it may within an hour."""


@transaction.atomic
def report(comment, reason, details, network):
    """Store a complaint about an approved comment, sent from a Network.

    The same network's second complaint about it on a day changes nothing, nor does one about a comment that
    a moderator has kept. Raises TooManyReports.
    """
    since = timezone.now() - AN_HOUR
    if Report.objects.filter(address_key__in=network.keys, created_at__gt=since).count() >= MOST_AN_HOUR:
        raise TooManyReports
    if comment.is_kept:
        return
    complaint = Report(comment=comment, reason=reason, details=details, address_key=network.key)
    Report.objects.bulk_create([complaint], ignore_conflicts=True)
    _hide_if_many(comment)


def _hide_if_many(comment):
    """Hold the comment again where the policy says that so many complaints are enough."""
    enough = CommentPolicy.current().hide_at_reports
    if not enough:
        return
    count = comment.reports.unsettled().count()
    if count >= enough:
        why = gettext("Reported by %(count)d readers") % {"count": count}
        status = Comment.Status
        kind = ModerationEvent.Kind.HIDDEN
        make([Change(comment.pk, status.APPROVED, status.PENDING, kind, why)])
