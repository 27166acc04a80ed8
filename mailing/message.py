"""A mail of the ledger as a message, and its way to the mail server."""

import email.policy
from contextlib import suppress
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, mailers
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac


class WholeHeader(UnstructuredHeader):
    """A header that is never folded: mail programs do not read an address in it that was encoded."""

    def fold(self, *, policy):
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", WholeHeader)


class Letter(EmailMessage):
    """A message whose link to unsubscribe stands in its header as it is, however long (RFC 8058)."""

    def message(self, *, policy=email.policy.default):
        return super().message(policy=policy.clone(header_factory=HEADERS))


class BadAddress(ValueError):
    """No address, more than one, or something else."""


def send(mail):
    """Hand the mail to the server; returns once that has answered that it has it."""
    message = as_message(mail)
    server = mailers["default"]
    server.open()
    try:
        server.send_messages([message])
    finally:
        # The server has taken it or has not; how it takes leave changes neither.
        with suppress(OSError):
            server.close()


def as_message(mail):
    """The message; raises ValueError where the mail can be none, before any server is bothered with it."""
    try:
        validate_email(mail.recipient)
    except ValidationError:
        raise BadAddress from None
    ours = {"Message-ID": message_id(mail.key), "Auto-Submitted": "auto-generated"}
    message = Letter(mail.subject, mail.text, to=[mail.recipient], headers={**ours, **mail.headers})
    message.message()
    return message


def message_id(key):
    """The same for every attempt, so that a mail that comes twice is known as one; the key stays unknown."""
    digest = salted_hmac("mailing.message_id", key, algorithm="sha256").hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"
