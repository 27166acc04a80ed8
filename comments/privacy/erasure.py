"""Erasing a reader: by the address with which they wrote, in one transaction, and once more without harm."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from follows.models import Follow
from mailing import outbox
from queries.deadlocks import again_after_a_deadlock

from ..models import Comment, ModerationEvent, Subscription
from ..spam import filter as spam_filter
from . import tombstones
from .emptying import WRITER, cancel_mails_quoting, destroy, forget_in_the_record, write_down

Kind = ModerationEvent.Kind


class Erased(NamedTuple):
    """How much an erasure did: comments signed “Anonymous” from now on, or destroyed, and mails ended."""

    anonymised: int = 0
    destroyed: int = 0
    subscriptions: int = 0
    follows: int = 0

    def sentences(self):
        """What was done, for people."""
        anonymised = ngettext(
            "%d comment is signed “Anonymous” from now on.",
            "%d comments are signed “Anonymous” from now on.",
            self.anonymised,
        )
        destroyed = ngettext("%d comment was removed.", "%d comments were removed.", self.destroyed)
        ended = ngettext(
            "Mails about %d conversation have ended.",
            "Mails about %d conversations have ended.",
            self.subscriptions,
        )
        followed = ngettext(
            "Mails about decisions on %d show have ended.",
            "Mails about decisions on %d shows have ended.",
            self.follows,
        )
        done = [
            (anonymised, self.anonymised),
            (destroyed, self.destroyed),
            (ended, self.subscriptions),
            (followed, self.follows),
        ]
        return [said % count for said, count in done if count] or [gettext("There was nothing to erase.")]


@again_after_a_deadlock
@transaction.atomic
def erase(folded_email, *, by=None, with_texts=False, until=None):
    """Erase whoever wrote under this address, and return what was Erased.

    Their comments lose name, address and whatever else tells of them; `with_texts` they are destroyed as
    well. Subscriptions, follows and unsent mails go. A ban stays: it would be worth nothing if those it is
    about could lift it. `until` leaves alone what is younger (default: now). A tombstone repeats it after a
    restore.
    """
    if not folded_email:
        raise ValueError("Comments without an address belong to nobody in particular.")
    until = until or timezone.now()
    mine = Comment.objects.filter(folded_email=folded_email, created_at__lte=until)
    comments = list(mine.order_by("pk").select_for_update(of=("self",)).only("pk", "status"))
    ids = [comment.pk for comment in comments]
    spam_filter.forget(*comments)
    _forget_in_reasons(ids, folded_email)
    if with_texts:
        destroy(ids, kind=Kind.ERASED, by=by)
    else:
        _anonymise(comments, by)
    asked_for = Subscription.objects.filter(folded_email=folded_email, created_at__lte=until)
    _rows, deleted = asked_for.delete()
    followed, _of = Follow.objects.filter(folded_email=folded_email, asked_at__lte=until).delete()
    outbox.erase_to(folded_email)
    cancel_mails_quoting(ids)
    tombstones.remember(folded_email, with_texts=with_texts, at=until)
    return Erased(
        anonymised=0 if with_texts else len(ids),
        destroyed=len(ids) if with_texts else 0,
        subscriptions=deleted.get(Subscription._meta.label, 0),
        follows=followed,
    )


def _anonymise(comments, by):
    ids = [comment.pk for comment in comments]
    forget_in_the_record(ids)
    Comment.objects.filter(pk__in=ids).update(**WRITER)
    # What stays is learned again without the name and the address.
    spam_filter.learn(ids)
    write_down([(c.pk, c.pk, c.status, c.status) for c in comments], kind=Kind.ERASED, by=by)


def _forget_in_reasons(ids, folded_email):
    """What moderators wrote about a decision stays, unless the address stands in it."""
    told = ModerationEvent.objects.filter(comment__in=ids).exclude(why="").values_list("pk", "why")
    naming = [pk for pk, why in told if folded_email in why.casefold()]
    ModerationEvent.objects.filter(pk__in=naming).update(why="")
