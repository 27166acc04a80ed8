"""Readers' text: how it is tidied before it is stored, and how it becomes HTML. Never cut, always escaped."""

import re
import unicodedata
from itertools import groupby

from django.utils.html import Urlizer, escape
from django.utils.safestring import SafeString, mark_safe

# Controls except tab and line feed, and halves of surrogate pairs, which no database takes.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def tidied(text):
    """`text` in NFC with line feeds for all line ends, without control characters and outer white space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _nfc(_UNWANTED.sub("", text)).strip()


def _nfc(text):
    """`text` in NFC. Python's own sorts marks in a row by insertion: 65,000 take it eight seconds."""
    if unicodedata.is_normalized("NFC", text):
        return text
    decomposed = "".join(unicodedata.normalize("NFD", character) for character in text)
    runs = groupby(decomposed, key=lambda character: unicodedata.combining(character) > 0)
    ordered = (sorted(run, key=unicodedata.combining) if are_marks else run for are_marks, run in runs)
    return unicodedata.normalize("NFC", "".join(map("".join, ordered)))


def one_line(text):
    """`text` tidied, with every run of white space as one space."""
    return " ".join(tidied(text).split())


def is_visible(text):
    """Whether there is anything to see: a letter, digit, sign or symbol."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


class ReaderLinks(Urlizer):
    """Links out of web addresses with a scheme and without user info; nothing else becomes one."""

    simple_url_re = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#]\S*)?\Z", re.IGNORECASE)
    simple_url_2_re = re.compile(r"(?!)")
    url_template = '<a href="{href}" rel="ugc nofollow noopener">{url}</a>'

    @staticmethod
    def is_email_simple(value):
        return False


_links = ReaderLinks()


def _paragraph_html(text):
    # Most comments have no link, and looking for one costs ten times as much as escaping.
    html = _links(text, autoescape=True) if "://" in text else escape(text)
    return "<p>" + html.replace("\n", "<br>") + "</p>"


def body_html(text) -> SafeString:
    """A comment's stored text as HTML: escaped, paragraphs at empty lines, web addresses as links."""
    return mark_safe("".join(map(_paragraph_html, _PARAGRAPHS.split(text.strip()))))  # noqa: S308
