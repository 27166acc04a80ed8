"""Following a show: asked for on its page, confirmed by a mail, ended by one press."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mailing.models import NOTHING, Mail
from mailing.outbox import post

from .mails import Writer
from .models import Follow
from .tokens import email_key

HOUR = timedelta(hours=1)
# How many shows one network may ask to follow in an hour, whatever the addresses.
MOST_OF_NETWORK = 10
# How many mails a day ask one address to confirm: where nobody has ever confirmed it, and where somebody has.
MOST_TO_STRANGER, MOST_TO_READER = 3, 20


class TooMany(Exception):
    """One network has asked too often; it may ask again within the hour."""


@transaction.atomic
def ask(show, email, network):
    """Note that somebody wants to follow the show under this address, and mail it to ask whether that is so.

    Who follows already gets no mail, nor does an address that got many today: whoever asked is told nothing
    of either. Raises TooMany where the network asks too often.
    """
    folded_email, now = email.casefold(), timezone.now()
    if _asked_lately(network, now) >= MOST_OF_NETWORK:
        raise TooMany
    asked = {"show": show, "folded_email": folded_email}
    if Follow.objects.confirmed().filter(**asked).exists() or _is_full(folded_email):
        return
    again = {"asked_at": now, "address_key": network.key}
    follow, is_new = Follow.objects.get_or_create(**asked, defaults={"email": email, **again})
    if not is_new:
        Follow.objects.filter(pk=follow.pk).waiting().update(**again)
    # It goes to the address as it stands here: two that are alike when folded may be two people's.
    # One a day for each show, however often it is asked for.
    post(f"{_day(folded_email)}-{show.pk:010d}", **Writer().confirmation(follow, show))


def _asked_lately(network, now):
    return Follow.objects.filter(address_key__in=network.keys, asked_at__gt=now - HOUR).count()


def _is_full(folded_email):
    """Whether an address has got as many mails to confirm today as it may; the ledger's keys say so."""
    day = _day(folded_email)
    is_reader = Follow.objects.confirmed().filter(folded_email=folded_email).exists()
    most = MOST_TO_READER if is_reader else MOST_TO_STRANGER
    # The keys have one shape, so every collation agrees.
    return Mail.objects.filter(key__range=(f"{day}-{0:010d}", f"{day}-{10**10 - 1}")).count() >= most


def _day(folded_email):
    return f"follow-ask-{email_key(folded_email)}-{timezone.localdate():%Y%m%d}"


def confirm(follow):
    """Begin to tell of decisions; doing it twice changes nothing."""
    return Follow.objects.filter(pk=follow.pk).waiting().update(confirmed_at=timezone.now())


@transaction.atomic
def end(follow, *, everywhere=False):
    """End one follow, or all of its address, with the mails about them that wait; what is gone stays gone."""
    if follow is None:
        return
    mine = Follow.objects.filter(folded_email=follow.folded_email)
    ended = mine if everywhere else mine.filter(pk=follow.pk)
    # Held, so that whoever tells of a decision at this moment does so before or not at all.
    for pk in list(ended.select_for_update().order_by("pk").values_list("pk", flat=True)):
        about = Mail.objects.unsettled().filter(key__startswith=key_of(pk, ""))
        about.update(state=Mail.State.CANCELLED, is_claimed=False, **NOTHING)
    ended.delete()


def key_of(follow_id, decision_id):
    """The key of the one mail to this follower about this decision."""
    return f"follow-{follow_id}-decision-{decision_id}"
