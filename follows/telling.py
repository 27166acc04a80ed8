"""Who is told of a decision: those who followed its show when it was recorded. Run by the worker."""

from itertools import batched

from django.db import transaction

from mailing.outbox import post
from shows.models import Decision

from .following import key_of
from .mails import Writer
from .models import Follow
from .news import is_news_today, known_since

# So many mails in a transaction, which on SQLite keeps everybody else from writing for a tenth of a second;
# and so many in a task, which is far from its time limit then.
CHUNK, IN_A_TASK = 25, 1000


def tell_some(decision_id, after=0):
    """Tell the next followers after this one; returns the last of them where there may be more.

    Every mail has a key of follower and decision, by which it is sent once. The decision is read now: one
    that was removed is told to nobody, a corrected one as it stands.
    """
    decision = Decision.objects.select_related("network", "show__network").filter(pk=decision_id).first()
    if decision is None or not is_news_today(decision):
        return None
    wanted = Follow.objects.confirmed().filter(
        show=decision.show_id, confirmed_at__lte=known_since(decision), pk__gt=after
    )
    follows = list(wanted.order_by("pk")[:IN_A_TASK])
    writer = Writer()
    for chunk in batched(follows, CHUNK):
        with transaction.atomic():
            _tell(decision, chunk, writer)
    return follows[-1].pk if len(follows) == IN_A_TASK else None


def _tell(decision, follows, writer):
    # Held until the mails stand in the ledger: whoever ends it meanwhile finds them there, or is not told.
    standing = Follow.objects.filter(pk__in=[follow.pk for follow in follows]).select_for_update()
    for follow in standing.order_by("pk"):
        post(key_of(follow.pk, decision.pk), **writer.decision(follow, decision))
