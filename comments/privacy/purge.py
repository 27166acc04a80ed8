"""What may be kept no longer goes: network addresses, old spam and rejected comments, what nobody confirmed.

Everything goes in batches by key, so that no run holds up the site, and a second run finds nothing to do.
What the spam filter learned of a comment stays when the comment goes: it is counts of words, and of nobody.
"""

from datetime import timedelta
from typing import NamedTuple

from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext

from follows.models import Follow
from queries.deadlocks import again_after_a_deadlock

from ..models import Ban, Comment, CommentPolicy, ModerationEvent, Report, Subscription
from . import tombstones
from .emptying import destroy, shells

BATCH = 500
KEYS_LIFE = timedelta(days=2)
UNCONFIRMED_LIFE = timedelta(days=7)
NO_KEY = "gone-"
Status = Comment.Status


class Rule(NamedTuple):
    """Rows whose time is over, and how they, or what is personal in them, go: by update, or by `drop`."""

    rows: QuerySet
    update: dict | None = None
    drop: object = None

    def apply(self):
        """Drop them all, the youngest first (answers before what they answer); returns how many."""
        count, ids = 0, self._next()
        while ids:
            self._drop(ids)
            count += len(ids)
            ids = self._next(before=ids[-1])
        return count

    def _next(self, before=None):
        rows = self.rows if before is None else self.rows.filter(pk__lt=before)
        return list(rows.order_by("-pk").values_list("pk", flat=True)[:BATCH])

    @again_after_a_deadlock
    @transaction.atomic
    def _drop(self, ids):
        rows = self.rows.model.objects.filter(pk__in=ids)
        # In the order of the keys, as moderators lock what they decide on.
        list(rows.order_by("pk").select_for_update().values_list("pk"))
        if self.update:
            rows.update(**self.update)
        elif self.drop:
            self.drop(ids)
        else:
            rows.delete()


def purge(now=None, *, is_dry=False):
    """Drop what is over by `now`; returns {what: how many}. A dry run only counts.

    It also repeats the erasures that a database put back by hand has forgotten.
    """
    rules = _rules(CommentPolicy.current(), now or timezone.now())
    if is_dry:
        return {what: rule.rows.count() for what, rule in rules.items()}
    tombstones.write_down()
    repeated = tombstones.repeat()
    return {what: rule.apply() for what, rule in rules.items()} | {"erasures": repeated}


def _rules(policy, now):
    def older(days):
        return now - timedelta(days=days)

    last_day = timezone.localdate(older(policy.rejected_days))
    comments, reports = Comment.objects.all(), Report.objects.all()
    return {
        "addresses": Rule(
            comments.filter(address__isnull=False, created_at__lt=older(policy.address_days)),
            update={"address": None},
        ),
        "address_keys": Rule(
            comments.exclude(address_key="").filter(created_at__lt=now - KEYS_LIFE),
            update={"address_key": ""},
        ),
        "spam": Rule(_decided(Status.SPAM, older(policy.spam_days)), drop=_destroy),
        "rejected": Rule(_decided(Status.REJECTED, older(policy.rejected_days)), drop=_destroy),
        "subscriptions": Rule(
            Subscription.objects.filter(confirmed_at=None, created_at__lt=now - UNCONFIRMED_LIFE)
        ),
        "follows": Rule(Follow.objects.waiting().filter(asked_at__lt=now - UNCONFIRMED_LIFE)),
        "follow_keys": Rule(
            Follow.objects.exclude(address_key="").filter(asked_at__lt=now - KEYS_LIFE),
            update={"address_key": ""},
        ),
        # A report is unique by its key, so each gets one of its own that says nothing.
        "report_keys": Rule(
            reports.exclude(address_key__startswith=NO_KEY).filter(created_at__lt=now - KEYS_LIFE),
            update={"address_key": Concat(Value(NO_KEY), Cast("pk", CharField()))},
        ),
        "bans": Rule(Ban.objects.filter(until__lt=last_day), drop=_lift),
        "failed_logins": Rule(AccessAttempt.objects.filter(attempt_time__lt=now - KEYS_LIFE)),
    }


def _decided(status, before):
    """Comments of this status since before then, but for the shells that hold up others' answers."""
    since = Q(moderated_at__lt=before) | Q(moderated_at=None, created_at__lt=before)
    holds_up = Exists(Comment.objects.filter(parent=OuterRef("pk")))
    return Comment.objects.filter(since, status=status).exclude(holds_up, **shells())


def _destroy(ids):
    destroy(ids, kind=ModerationEvent.Kind.DELETED, why=gettext("Kept for as long as the policy says"))


def _lift(ids):
    """Bans go with what the newsroom's log says of them, which is the address itself."""
    of_bans = ContentType.objects.get_for_model(Ban)
    told = LogEntry.objects.filter(content_type=of_bans, object_id__in=[str(pk) for pk in ids])
    told.update(object_repr="", change_message="")
    Ban.objects.filter(pk__in=ids).delete()
