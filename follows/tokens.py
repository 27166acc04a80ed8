"""What stands for a follow, or for an address, where the address itself must not."""

from datetime import timedelta

from django.core.signing import TimestampSigner
from django.utils.crypto import salted_hmac

CONFIRMATION_LIFE = timedelta(days=7)


def email_key(folded_email):
    """What stands for an e-mail address in the ledger of mails: 64 digits, keyed."""
    return salted_hmac("follows.email", folded_email, algorithm="sha256").hexdigest()


def mail_token(purpose, follow_id):
    """The token in a mail's link for one purpose: "confirm" or "unsubscribe"."""
    return _signer(purpose).sign(str(follow_id))


def follow_of_mail(purpose, token, life=None):
    """The follow's number; raises BadSignature, or SignatureExpired. A `life` of None is for good."""
    return int(_signer(purpose).unsign(token, max_age=life))


def _signer(purpose):
    return TimestampSigner(salt=f"follows.mail.{purpose}")
