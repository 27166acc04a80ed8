"""Finding a passage in text and in rich text, however its words are spaced and marked up, and removing it."""

import re
from html import escape
from html.parser import HTMLParser

# What separates words where no space stands.
BLOCK_TAGS = frozenset(["p", "li", "ul", "ol", "h3", "blockquote", "table", "tr", "td", "th", "br"])
# Double and single quotation marks of three kinds, and the space that does not break.
STRAIGHT = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e", '"') | dict.fromkeys("\u2018\u2019\u201a", "'") | {"\u00a0": " "}
)
EMPTY = re.compile(r"<(p|li|h3|blockquote|ul|ol|strong|em|a)\b[^>]*>\s*</\1>")


class Passage:
    """Some whole words that are looked for, however they are spaced, capitalised and quoted."""

    def __init__(self, text):
        words = r"\s+".join(re.escape(word) for word in straight(text).split())
        self.pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE) if words else None

    def spans(self, text):
        return [match.span() for match in self.pattern.finditer(straight(text))] if self.pattern else []

    def is_in(self, text):
        return bool(self.spans(text))

    def removed_from(self, text, instead=""):
        """Plain text without the passage."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + instead + text[end:]
        return text

    def is_in_html(self, html):
        return self.is_in(_Pieces(html).text)

    def removed_from_html(self, html, instead=""):
        """Rich text without the passage, also where it bears tags; elements that it empties go too."""
        pieces = _Pieces(html)
        spans = self.spans(pieces.text)
        if not spans:
            return html
        return without_empty(pieces.without(spans, escape(instead)))


def straight(text):
    """Text with typewriter's quotation marks; every character stays at its place."""
    return text.translate(STRAIGHT)


def without_empty(html):
    before = None
    while before != html:
        before, html = html, EMPTY.sub("", html)
    return html


class _Pieces(HTMLParser):
    """Rich text as tags and characters: `text` are the characters, with a space at every end of a block."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.pieces = []  # (character of the text or "", how it is written)
        self.feed(html)
        self.close()
        self.text = "".join(character for character, _written in self.pieces)

    def handle_starttag(self, tag, attrs):
        self.pieces.append((" " if tag in BLOCK_TAGS else "", self.get_starttag_text()))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        self.pieces.append((" " if tag in BLOCK_TAGS else "", f"</{tag}>"))

    def handle_data(self, data):
        self.pieces += [(character, escape(character, quote=False)) for character in data]

    def without(self, spans, instead):
        """The HTML without the characters of these spans; the tags between them stay."""
        written, place = [], 0
        starts = {start for start, _end in spans}
        for character, raw in self.pieces:
            is_tag = raw.startswith("<")
            is_cut = bool(character) and any(start <= place < end for start, end in spans)
            if character and place in starts:
                written.append(instead)
            if is_tag or not is_cut:
                written.append(raw)
            place += len(character)
        return "".join(written)
