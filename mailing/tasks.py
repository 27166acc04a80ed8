"""Sending, by the worker: each mail by one worker at a time, and again later where that fails."""

import logging
import time
from datetime import timedelta
from email.errors import MessageError
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F, Q
from django.tasks import task
from django.utils import timezone

from mailing.message import send
from mailing.models import NOTHING, Mail

logger = logging.getLogger(__name__)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Two days and eighteen hours in all; then a mail is given up.
BACK_OFF = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR]
# After this an attempt counts as lost. The worker ends a task long before (operations.work.TIME_LIMIT).
LOST_AFTER = 15 * MINUTE
# How long everybody waits after the mail server was found away.
PAUSE = MINUTE
# For how many seconds a mail's sending is tried to be recorded while the database is away.
PATIENCE = [0, 1, 2, 5, 10, 15, 20, 30]


# Below other work: a slow mail server holds up no comment's checks.
@task(priority=-10, takes_context=True)
def deliver(context, mail_id):
    """Send a mail unless it was sent, is being sent, or has to wait; its row then says how that went."""
    mail = claim(mail_id, context.task_result.id)
    if mail is None:
        return
    try:
        send(mail)
    except Exception as error:
        fail(mail, error)
    else:
        record_as_sent(mail)


@task
def tidy():
    """Empty what was given up so long ago that nobody will send it again."""
    return Mail.objects.outdated().update(**NOTHING)


def claim(mail_id, task_id):
    """The mail, now in this task's hands alone; None where there is nothing to do.

    A task that is run again because its worker was killed goes on where that one was.
    """
    now = timezone.now()
    is_free = Q(next_at__lte=now) | Q(task=task_id, is_claimed=True)
    mails = Mail.objects.filter(pk=mail_id)
    taken = mails.waiting().filter(is_free).update(task=task_id, is_claimed=True, next_at=now + LOST_AFTER)
    return mails.first() if taken else None


def record_as_sent(mail):
    """Settle the mail and keep nothing of it but its key; patient, because else it would be sent twice."""
    for seconds in PATIENCE:
        time.sleep(seconds)
        try:
            settle(mail, Mail.State.SENT, sent_at=timezone.now(), last_error="", **NOTHING)
            return
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or seconds == PATIENCE[-1]:
                raise
            logger.warning("Mail %s is sent, but the database is away: %s", mail, type(error).__name__)
            connection.close()


def fail(mail, error):
    """Back off, or give up where another attempt would end alike."""
    reason, now = reason_of(error), timezone.now()
    if is_final(error) or mail.attempts >= len(BACK_OFF):
        logger.error("Mail %s is given up: %s", mail, reason)
        settle(mail, Mail.State.GIVEN_UP, given_up_at=now, last_error=reason, attempts=F("attempts") + 1)
        return
    logger.warning("Mail %s is tried again later: %s", mail, reason)
    later = {"next_at": now + BACK_OFF[mail.attempts], "attempts": F("attempts") + 1}
    settle(mail, Mail.State.WAITING, last_error=reason, **later)
    if not is_about_this_mail(error):
        # The server is away: nobody else need find that out by waiting for it.
        Mail.objects.due().update(next_at=now + PAUSE)


def settle(mail, state, **changes):
    """Take the mail out of its task's hands; what was cancelled meanwhile stays so, unless it is sent."""
    mails = Mail.objects.filter(pk=mail.pk)
    if state != Mail.State.SENT:
        mails = mails.waiting()
    mails.update(state=state, is_claimed=False, **changes)


def reason_of(error):
    """The error's name and the server's number; its text may hold addresses."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, SMTPRecipientsRefused):
        code = min((refusal[0] for refusal in error.recipients.values()), default=None)
    return f"{type(error).__name__} {code}" if isinstance(code, int) and code > 0 else type(error).__name__


def is_about_this_mail(error):
    """Whether the next mail may fare better."""
    return not isinstance(error, OSError) or isinstance(error, SMTPRecipientsRefused | SMTPDataError)


def is_final(error):
    """Whether the mail can never be sent: no address, a header that is none, or a server's "never" (5xx)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError | MessageError)
