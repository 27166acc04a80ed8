"""A mail to post in tests, and the one that is in the ledger."""

from mailing import outbox
from mailing.models import Mail

LETTER = {"to": "Mara@Example.com", "subject": "A reply", "text": "Somebody answered."}


def post(key="reply-17-to-subscription-4", **changes):
    return outbox.post(key, **LETTER | changes)


def only_mail():
    return Mail.objects.get()
