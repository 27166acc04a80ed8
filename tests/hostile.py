"""Hostile texts, and how a page is looked through for markup that one of them has become."""

import json
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.shared_data import SHARED_DATA

# A few of each kind, so that the tests mean something also where the large collections are missing.
OWN = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "]]><x xmlns='http://www.w3.org/1999/xhtml' onclick='alert(1)'/>",
    "||<b>||</details></article>||",
    "{{ request }}{% include 'x' %}",
    "%s %(count)d {0} {name} $1 \\1",
    "a\x00b",
    "\ud83d",
    "\u202etxt.exe\u202c \u200b\ufeff",
    "https://u:p@evil.example/\"onmouseover='alert(1)'",
    "' OR 1=1 --",
    "Robert'); DROP TABLE comments_comment;--",
    '=HYPERLINK("https://evil.example")',
    "x\r\nBcc: victim@reader.example\r\n\r\nHello",
    "../../etc/passwd",
    "9" * 400,
    "Z̷͉" * 60,
]
SCRIPT_ADDRESSES = ("javascript:", "data:", "vbscript:")


def payloads():
    """Every hostile text that there is, each once."""
    return list(dict.fromkeys([*OWN, *_naughty(), *scripts(), *_files()]))


def scripts():
    """The texts that mean to run a script."""
    path = SHARED_DATA / "hostile" / "owasp-xss-payloads.json"
    found = [entry["payload"] for entry in json.loads(path.read_text())] if path.exists() else []
    return [text for text in OWN if "alert" in text] + found


def _naughty():
    path = SHARED_DATA / "hostile" / "naughty-strings.json"
    return json.loads(path.read_text()) if path.exists() else []


def _files():
    return [path.read_text() for path in sorted((SHARED_DATA / "hostile" / "xml").glob("*.xml"))]


def wired(text):
    """A text as it can be sent at all: halves of surrogate pairs have no bytes."""
    return text.encode("utf-8", "replace").decode()


class Markup(HTMLParser):
    """Reads a page: its tags, its text, and whatever in it would run something or load from elsewhere."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.dangers = set(), [], []
        self.feed(page)

    @property
    def text(self):
        """All text without white space, which markup may change."""
        return "".join("".join(self.texts).split())

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name in {"style", "srcdoc", "formaction"}:
                self.dangers.append(f"<{tag} {name}>")
            if name in {"href", "src", "action", "data", "poster"} and address.startswith(SCRIPT_ADDRESSES):
                self.dangers.append(f"<{tag} {name}={value}>")
            if name in {"src", "srcset"} and urlsplit(address).netloc:
                self.dangers.append(f"<{tag} {name}={value}>")
            if name == "value" and tag == "input":
                self.texts.append(value or "")

    def handle_data(self, data):
        self.texts.append(data)


def plain(text):
    """A payload as a page may show it: without white space and the bars of spoilers."""
    return "".join(text.replace("|", "").split())
