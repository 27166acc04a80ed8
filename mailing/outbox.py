"""Where mails are posted. Nothing here talks to a mail server, so a dead one holds nobody up."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mailing.models import NOTHING, Mail, fold
from mailing.tasks import deliver

LONGEST_KEY = Mail._meta.get_field("key").max_length
LONGEST_SUBJECT = Mail._meta.get_field("subject").max_length
AT_ONCE = 1000


def post(key, *, to, subject, text, headers=None):
    """Have a mail sent after the caller's transaction is committed; False where this key was posted before.

    The key says which mail this is ("reply-17-to-subscription-4"). It is kept for ever, so it names rows and
    never an address.
    """
    if "@" in key or not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"A mail's key has 1 to {LONGEST_KEY} characters and no @.")
    written = {
        "recipient": to,
        "recipient_folded": fold(to),
        # One line, whatever a reader's name or a headline holds.
        "subject": " ".join(subject.split())[:LONGEST_SUBJECT],
        "text": text,
    }
    with transaction.atomic():
        mail, is_new = Mail.objects.get_or_create(key=key, defaults={**written, "headers": headers or {}})
        if is_new:
            enqueue(mail.pk)
    return is_new


def enqueue(mail_id):
    result = deliver.enqueue(mail_id)
    Mail.objects.filter(pk=mail_id).waiting().update(task=result.id)


def erase_to(address):
    """Cancel and empty every mail to this address that is not sent yet; returns how many."""
    cancelled = {"state": Mail.State.CANCELLED, "is_claimed": False}
    return Mail.objects.to(address).unsettled().update(**cancelled, **NOTHING)


def send_again(mails):
    """Send what was given up, as if it were new; returns how many mails that are."""
    count = 0
    for pk in mails.resendable().order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            fresh = {"attempts": 0, "next_at": timezone.now(), "given_up_at": None}
            changed = Mail.objects.filter(pk=pk).resendable().update(state=Mail.State.WAITING, **fresh)
            if changed:
                enqueue(pk)
        count += changed
    return count


def enqueue_due():
    """Have every due mail sent that no task is going to send: its back-off is over or its task was lost.

    Returns how many.
    """
    due = list(Mail.objects.due().order_by("next_at", "pk").values_list("pk", "task")[:AT_ONCE])
    live = live_tasks(task for _, task in due)
    forgotten = [(pk, task) for pk, task in due if task not in live]
    return sum(enqueue_forgotten(pk, task) for pk, task in forgotten)


def enqueue_forgotten(pk, task):
    """Of several workers that found the same mail forgotten, one is first."""
    with transaction.atomic():
        # Holds the row until the new task's id is in it, so whoever comes second finds another task there.
        is_first = Mail.objects.filter(pk=pk, task=task).due().update(task=task)
        if is_first:
            enqueue(pk)
    return is_first


def live_tasks(ids):
    """Those of the tasks that are still to run or running."""
    wanted = [UUID(task) for task in ids if is_uuid(task)]
    live = DBTaskResult.objects.filter(pk__in=wanted, status__in=["READY", "RUNNING"])
    return {str(pk) for pk in live.values_list("pk", flat=True)}


def is_uuid(text):
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def oldest_due():
    """Since when the oldest due mail has been waiting, or None."""
    return Mail.objects.due().order_by("next_at").values_list("next_at", flat=True).first()
