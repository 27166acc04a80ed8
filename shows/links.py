"""Web addresses that editors give: only plain ones are stored, and only plain ones become links."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def is_web_address(address):
    """Whether an address is http(s) with a host and without user info, so that it may stand in a link."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def validate_web_address(address):
    """Raise ValidationError for any address that must not become a link."""
    if not is_web_address(address):
        raise ValidationError(
            _("Enter a web address that begins with http:// or https:// and has no user name in it."),
            code="web_address",
        )
