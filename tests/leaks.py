"""Addresses of readers and staff that tests seed, and the search for them in whatever a site answers."""

import base64
import hashlib
import re
from html import unescape
from urllib.parse import unquote

from comments.tokens import email_key
from follows import tokens as follow_tokens
from visitors.networks import Network

READERS = [
    "Mara.Quillfeather@Reader.example",
    "theo+news@brambleworth.example",
    "noa_saltmarsh@reader.example",
    "zoe.thistledown@MÜLLER.example",
]
STAFF = ["editor.gorsebank@newsroom.example", "author.peatfield@newsroom.example"]
NETWORKS = ["203.0.113.77", "198.51.100.23", "2001:db8:77:12::beef"]
# Kept in letters that are in no other text, so that any way of writing the address is found.
NAMES = ["quillfeather", "brambleworth", "saltmarsh", "thistledown", "gorsebank", "peatfield"]


def hashes(text):
    """The text's MD5, SHA-1 and SHA-256, as people write them: hexadecimal and in both base64 alphabets."""
    for algorithm in ("md5", "sha1", "sha256"):
        digest = hashlib.new(algorithm, text.encode(), usedforsecurity=False).digest()
        yield digest.hex()
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(digest).decode().rstrip("=")


def spellings(address):
    return {address, address.lower(), address.upper(), address.strip(), f" {address}", f"mailto:{address}"}


PLAIN = {*NAMES, *NETWORKS, *(address.lower() for address in READERS + STAFF)}
HASHES = {
    found
    for address in [*READERS, *STAFF, *NETWORKS]
    for text in spellings(address)
    for found in hashes(text)
}


def keyed():
    """Our own keyed hashes: nobody can turn them back, and yet they tell two comments of one reader."""
    of_readers = {
        key(reader.casefold()) for reader in READERS for key in (email_key, follow_tokens.email_key)
    }
    return of_readers | {key for network in NETWORKS for key in Network(network).keys}


def leaks(text, *, but=()):
    """Whatever of the seeded addresses and their hashes stands in the text, however it is written."""
    whole = "\n".join({text, unescape(text), unquote(text), unescape(unquote(text))})
    lowered = whole.lower()
    found = {plain for plain in PLAIN if plain in lowered}
    # Whatever may be a hash or a key: long runs of the letters that such are written with.
    runs = "\n".join(re.findall(r"[0-9a-f]{32,}", lowered) + re.findall(r"[\w+/-]{22,}", whole, re.ASCII))
    found |= {a_hash for a_hash in HASHES | keyed() if a_hash in runs}
    return found - set(but)


def told(response):
    """All that an answer tells: its status line's headers, and its body."""
    told = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    headers = "\n".join(f"{name}: {value}" for name, value in told.items() if name != "X-Request-ID")
    cookies = response.cookies.output()
    return "\n".join([headers, cookies, response.content.decode("utf-8", "replace")])
