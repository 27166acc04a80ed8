"""Readers who want to hear of replies: asked for with a comment, confirmed by a mail, ended by one press."""

from django.utils import timezone

from .models import Comment, Subscription


def ask(comment):
    """Note that the writer of this stored comment wants to hear of replies in its conversation.

    It waits until the address was confirmed, unless the writer's browser has proven it already.
    """
    if not comment.folded_email:
        return
    now = timezone.now()
    wanted = Subscription(
        thread_id=comment.thread_id or comment.pk,
        comment=comment,
        email=comment.email,
        folded_email=comment.folded_email,
        confirmed_at=now if comment.is_confirmed else None,
    )
    # Two comments of one reader in one conversation may come at the same moment.
    Subscription.objects.bulk_create([wanted], ignore_conflicts=True)
    if comment.thread_id:
        _ask_again(comment, now)


def _ask_again(comment, now):
    """Bring a subscription that was there already up to date.

    One that was asked for with a comment that readers do not see would stay silent: it goes by this one now.
    """
    asked = Subscription.objects.filter(thread=comment.thread_id, folded_email=comment.folded_email)
    asked.exclude(comment__status=Comment.Status.APPROVED).update(comment=comment)
    if comment.is_confirmed:
        asked.filter(confirmed_at=None).update(confirmed_at=now)


def waiting(folded_email):
    """What waits for the confirmation of this address."""
    return Subscription.objects.filter(folded_email=folded_email, confirmed_at=None)


def confirm(folded_email):
    """Confirm all that waits for this address; doing it twice changes nothing. Returns how many waited."""
    return waiting(folded_email).update(confirmed_at=timezone.now()) if folded_email else 0


def end(subscription, *, everywhere=False):
    """End one subscription, or all of its address; what is gone already stays gone."""
    if subscription is None:
        return
    mine = Subscription.objects.filter(folded_email=subscription.folded_email)
    (mine if everywhere else mine.filter(thread=subscription.thread_id)).delete()
