"""What browsers may load: for readers, and for the newsroom."""

import re

from django.utils.csp import CSP

from articles.embeds import FRAME_ORIGINS
from config.environment import WrongValue

# Readers' pages: nothing from elsewhere but the players of videos, after a press; nothing inline.

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": FRAME_ORIGINS,
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# The newsroom: the same, with a nonce for the admin's import map and the styles that prose-editor and (with
# our one region, in English) content-editor inject; test_writing_screen.py tells when either has changed.
NEWSROOM_CSP = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [
        CSP.SELF,
        CSP.NONCE,
        "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='",
        "'sha256-N1v+9oYdxeZd/nv2iKYNMLWqP5BlGZff7wM0R1mK4ws='",
    ],
    "img-src": [CSP.SELF, "data:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}

# What an owner may add to the readers' policy (PUBLIC_CSP_EXTRA), and the one form that each source may have.

LOADING = ("script-src", "style-src", "img-src", "font-src", "connect-src", "frame-src", "media-src")
EXTENDABLE = (*LOADING, "form-action")
HASHABLE = ("script-src", "style-src")
HOST = re.compile(
    r"(https|wss)://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?(/[\w.~%/-]*)?", re.IGNORECASE | re.ASCII
)
HASH = re.compile(r"'sha(256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}'")


def csp_extra(value):
    """“script-src https://a.example; form-action https://b.example” as a dict of directives and sources."""
    extra = {}
    for part in filter(None, map(str.strip, value.split(";"))):
        name, *sources = part.split()
        if name not in EXTENDABLE:
            raise WrongValue(f"“{name}” is no directive to add to; there are {', '.join(EXTENDABLE)}.")
        if not sources:
            raise WrongValue(f"{name} has no sources; name them after it, such as https://a.example.")
        for source in sources:
            check_source(name, source)
        extra[name] = [*extra.get(name, []), *sources]
    return extra


def check_source(name, source):
    """Raise WrongValue, with the reason, for what would open the pages to more than known hosts."""
    if HASH.fullmatch(source):
        if name not in HASHABLE:
            raise WrongValue(f"{name} takes no hashes; they stand in {' and '.join(HASHABLE)}.")
    elif source.startswith("'"):
        why = f"{name} must not hold {source}: it would let scripts or styles in that nobody chose;"
        raise WrongValue(f"{why} name hosts, or the hash of one inline script.")
    elif not HOST.fullmatch(source) or (source.startswith("wss:") and name != "connect-src"):
        raise WrongValue(
            f"{name} cannot take “{source}”: give whole hosts, such as https://a.example"
            " (wss:// in connect-src alone)."
        )


def with_extra(policy, extra):
    """A policy with the owner's sources after its own."""
    return policy | {name: [*policy.get(name, []), *sources] for name, sources in extra.items()}
