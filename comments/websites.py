"""Readers' websites: only plain ones are stored, and a stored one is looked at again before it is a link."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils.translation import gettext_lazy as _

_is_domain = DomainNameValidator()


def is_plain_website(address):
    """Whether it is http(s) at a domain name, with no user info and nothing that browsers read otherwise."""
    if not address.isprintable() or any(character in address for character in ' \\"<>`'):
        return False
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 (raises ValueError where it is no number)
        _is_domain(parts.hostname or "")
    except (ValueError, ValidationError):
        return False
    return parts.scheme in {"http", "https"} and "@" not in parts.netloc


def clean_website(address):
    """The address with `https://` before it where a reader left the scheme out; "" stays "".

    Raises ValidationError for anything that must not become a link.
    """
    if not address:
        return ""
    if ":" not in address.partition("/")[0].partition(".")[0] and not address.startswith("/"):
        address = f"https://{address}"
    if not is_plain_website(address):
        raise ValidationError(_("Enter a web address such as https://example.org, or leave this empty."))
    return address
