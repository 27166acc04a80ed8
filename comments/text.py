"""Readers' text: how it is tidied before it is stored, and how it becomes HTML. Never cut, always escaped."""

import re
import unicodedata
from html import escape
from itertools import groupby

from django.utils.html import Urlizer
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

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


def _inline_html(text):
    # Most comments have no link, and looking for one costs ten times as much as escaping.
    html = _links(text, autoescape=True) if "://" in text else escape(text)
    return html.replace("\n", "<br>")


def body_html(text, *, is_spoiler=False) -> SafeString:
    """A comment's stored text as HTML: escaped, paragraphs at empty lines, web addresses as links.

    What stands between two pairs of bars, or with `is_spoiler` all of it, is shown only after a press.
    """
    html = _body_html(text.strip())
    return mark_safe(_hidden(html) if is_spoiler else html)  # noqa: S308


def _body_html(text):
    if "||" in text and len(pieces := spoiler_pieces(text)) > 1:
        return _html_of_pieces(pieces)
    if "\n" not in text:
        return f"<p>{_inline_html(text)}</p>"
    return "".join([f"<p>{_inline_html(part)}</p>" for part in _PARAGRAPHS.split(text)])


# Spoilers. `<details>` opens without a script, is read out as closed and stays closed on paper; it may not
# stand in a `<p>`, so that a paragraph with a spoiler is a `<div>`.

_BARS = re.compile(r"(?<!\|)\|\|(?!\|)")
_WORDS = re.compile(r"\S+")
# What may follow the bars that close a spoiler at the end of an address.
_AFTER_ADDRESS = "|.,:;!?)]}>\"'*_…”\u2019»"


def _bars(text):
    """Where in the text the pairs of bars that may begin or end a spoiler are; none inside an address."""
    if "://" not in text:
        return [match.start() for match in _BARS.finditer(text)]
    found = []
    for word in _WORDS.finditer(text):
        word_text, bars = word.group(), _BARS.finditer(word.group())
        scheme = word_text.find("://")
        inside = (scheme, len(word_text.rstrip(_AFTER_ADDRESS))) if scheme >= 0 else (0, 0)
        found += [word.start() + bar.start() for bar in bars if not inside[0] < bar.start() < inside[1]]
    return found


def spoiler_pieces(text):
    """The text as [(is hidden, piece)]. Bars without a partner, and bars around nothing, stay as typed."""
    pieces, done, bars = [], 0, _bars(text)
    for start, end in zip(bars[::2], bars[1::2], strict=False):
        if text[start + 2 : end].strip():
            pieces += [(False, text[done:start]), (True, text[start + 2 : end])]
            done = end + 2
    return [*pieces, (False, text[done:])]


def without_spoilers(body):
    """A comment's text for feeds and mails, which nobody presses: "[spoiler]" stands for what is hidden."""
    instead = gettext("[spoiler]")
    return "".join(instead if is_hidden else piece for is_hidden, piece in spoiler_pieces(body))


def _html_of_pieces(pieces):
    blocks, written = [], []

    def end_paragraph():
        inner = "".join(written).removeprefix("<br>").removesuffix("<br>")
        written.clear()
        if inner.strip():
            blocks.append(f"<div>{inner}</div>" if "<details" in inner else f"<p>{inner}</p>")

    for is_hidden, piece in pieces:
        first, *others = _PARAGRAPHS.split(piece.strip() if is_hidden else piece)
        if is_hidden and others:
            end_paragraph()
            blocks.append(_hidden("".join(f"<p>{_inline_html(part)}</p>" for part in [first, *others])))
            continue
        written.append(_hidden(f"<span>{_inline_html(first)}</span>") if is_hidden else _inline_html(first))
        for part in others:
            end_paragraph()
            written.append(_inline_html(part))
    end_paragraph()
    return "".join(blocks)


def _hidden(html):
    return f'<details class="spoiler"><summary>{gettext("Spoiler")}</summary>{html}</details>'
