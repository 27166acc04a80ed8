"""Where a request comes from: the address behind the proxies that we trust, and what stands for its network.

The address itself is kept for some days only, if at all; counting goes by a key that nobody can turn back and
that is another one tomorrow.
"""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

KEY_DIGITS = 32
IPV6_PREFIX = 64
LONGEST_ADDRESS = 64


@dataclass(frozen=True)
class Network:
    """`address` is None where nothing tells it: all of those share one key, and so one limit."""

    address: str | None

    @property
    def key(self):
        """What stands for it today: 32 digits."""
        return self.keys[0]

    @cached_property
    def keys(self):
        """What may stand for it in what was stored during the last 24 hours: today's key, yesterday's."""
        today = timezone.now().date()
        return [_key(self.address, day) for day in (today, today - timedelta(days=1))]


def client_of(request):
    """The network that a request comes from."""
    return Network(client_address(request))


def client_address(request):
    """The visitor's IP address as text, None where it is missing or no address.

    `X-Forwarded-For` is read from its end, where the nearest proxy wrote: past every address of
    TRUSTED_PROXIES up to the first other one. With TRUST_PROXY and no such list its last address counts.
    """
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    chain = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.TRUST_PROXY and chain and not settings.TRUSTED_PROXIES:
        address = _parsed(chain[-1])
    while chain and address and any(address in proxies for proxies in settings.TRUSTED_PROXIES):
        address = _parsed(chain.pop())
    return str(address) if address else None


def _parsed(text):
    """An address as Python knows it: without a port, an IPv4 one as such also where it is mapped to IPv6."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        # What follows a "%" names a cable of ours, and would let anything into the address.
        address = ipaddress.ip_address(text[:LONGEST_ADDRESS].partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _key(address, day):
    value = f"{day} {_prefix(address)}"
    return salted_hmac("comments.network", value, algorithm="sha256").hexdigest()[:KEY_DIGITS]


def _prefix(address):
    """What one household or server has: an IPv4 address, the first half of an IPv6 one."""
    if address and ":" in address:
        return str(ipaddress.ip_network(f"{address}/{IPV6_PREFIX}", strict=False))
    return address or ""
