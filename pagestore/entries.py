"""A stored page: its bytes as they are sent, each way of packing made once."""

import gzip
import hashlib
import time

import brotli
from django.conf import settings
from django.utils.http import http_date

from .negotiation import best_packing

PACKED_TYPES = ("text/", "application/json", "application/xml", "application/atom+xml", "application/ld+json")
# Below this packing saves nothing worth a header.
LEAST_TO_PACK = 400
# Of Brotli's eleven levels the fifth packs a page to under a quarter in about a millisecond.
PACKERS = {
    "": lambda body: body,
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
    "br": lambda body: brotli.compress(body, quality=5),
}
# What an entry weighs beside its bytes, about.
OVERHEAD = 2_000
SAID_OF_A_304 = ("cache-control", "surrogate-key", "vary", "etag")
# A cache in front of the site is told of changes; it asks once a day all the same.
LONGEST_SHARED = 86_400


class Variant:
    """A page's bytes in one packing, with the headers that go with them and those of a 304."""

    __slots__ = ("body", "etag", "headers", "headers_of_304")

    def __init__(self, body, digest, packing, headers):
        self.body, self.etag = body, f'"{digest}-{packing}"' if packing else f'"{digest}"'
        own = [("ETag", self.etag), ("Content-Length", str(len(body)))]
        encoding = [("Content-Encoding", packing)] if packing else []
        self.headers = [*headers, *own, *encoding]
        self.headers_of_304 = [each for each in self.headers if each[0].lower() in SAID_OF_A_304]


class Entry:
    """A page as it was rendered, and what must still be so for it to be sent.

    `numbers` are the generations that it was made of, by name; `until` is the moment (seconds since 1970)
    from which the clock may have changed it; `seen` is the last reading that it was found good by.
    `is_shared` says whether caches in front of the site may keep it until then.
    """

    __slots__ = (
        "body",
        "digest",
        "headers",
        "is_shared",
        "numbers",
        "packs",
        "seen",
        "size",
        "until",
        "variants",
    )

    def __init__(self, body, headers, *, numbers, until, seen, is_shared=False):
        self.body, self.headers, self.numbers, self.until, self.seen = body, headers, numbers, until, seen
        self.is_shared = is_shared
        self.digest = hashlib.sha256(body).hexdigest()[:20]
        content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
        self.packs = len(body) >= LEAST_TO_PACK and content_type.startswith(PACKED_TYPES)
        self.variants = {}
        self.size = OVERHEAD + len(body)

    def variant(self, accepted):
        """The page in the best packing that an Accept-Encoding allows."""
        packing = best_packing(accepted) if self.packs else ""
        return self.variants.get(packing) or self._make(packing)

    def _make(self, packing):
        variant = Variant(PACKERS[packing](self.body), self.digest, packing, self.headers)
        self.variants[packing] = variant
        self.size += len(variant.body) if packing else 0
        return variant

    def changed(self, numbers):
        """The names of what is not any more as this page was made of it."""
        return [name for name, number in self.numbers.items() if numbers.get(name) != number]

    def for_how_long(self):
        """What a cache in front of the site is told, where it is told of changes: until the clock's next."""
        left = max(0, min(LONGEST_SHARED, int(self.until - time.time())))
        return [("Cache-Control", f"public, max-age=0, s-maxage={left}")]


def entry_of(rendered, **terms):
    """An Entry of what Django answered, with the headers that a page that is kept needs.

    Caches in front of the site may keep what they are told the changes of, where the page itself does not say
    for how long. Last-Modified is told and never believed: two versions of a page may bear the same second.
    """
    headers = [*rendered.kept_headers, ("Vary", "Accept-Encoding")]
    says_for_how_long = bool(rendered.header("cache-control"))
    if not rendered.header("last-modified"):
        headers.append(("Last-Modified", http_date()))
    if not says_for_how_long and not settings.PURGE_URL:
        headers.append(("Cache-Control", "public, max-age=0"))
    if settings.PURGE_URL:
        headers.append(("Surrogate-Key", " ".join(sorted(terms["numbers"]))))
    is_shared = bool(settings.PURGE_URL) and not says_for_how_long
    return Entry(rendered.body, headers, is_shared=is_shared, **terms)
