"""Reads the HTML that word processors put on the clipboard: what is meant by it, in few plain tags.

What it writes need not be well formed: the sanitiser that everything goes through mends it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from . import pasted_tags as tags
from .embeds import LINK, recognise
from .pasted_tags import ALONE, BREAKS, CELLS, DEEPEST, HOLDS_TEXT, SKIPPED, STRUCTURE, VOID

# Tags and entities: a long text from Word has a quarter of that.
MOST_MARKS = 60_000


class TooMuch(Exception):
    pass


@dataclass
class Part:
    """A heading (of `level` 1 or 2; 0 for what stands before the first) and the HTML under it, in pieces."""

    level: int = 0
    heading: str = ""
    pieces: list = field(default_factory=list)


@dataclass
class WordItem:
    """An item of one of Word's lists, which are paragraphs with a bullet or a number in front."""

    pieces: list
    place: int
    marker: str = ""


class Reader(HTMLParser):
    """`parts` in order, and `left_out`, which counts what was not taken."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = [Part()]
        self.counts = Counter()
        self.styles = set()
        self.skipping = []  # tags that are open in what is left out
        self.open = []  # (tag as read, tags as written), the innermost last
        self.heading = None  # the part whose heading is being read
        self.has_paragraph = False  # one of our own making is open
        self.item = None  # the WordItem that is being read
        self.is_marker = False  # what is left out just now is its bullet
        self.table_is_told = False

    def read(self, html):
        """Read all of it; raises TooMuch where it has more tags than any text."""
        self.counts["script"] = len(re.findall(r"<script\b", html, re.IGNORECASE))
        if html.count("<") + html.count("&") > MOST_MARKS:
            raise TooMuch
        self.feed(tags.well_formed(html.replace("\0", "")))
        self.close()
        self.end_heading()
        self.close_down_to(0)

    @property
    def left_out(self):
        return self.counts | Counter(style=len(self.styles))

    # Tags.

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        style = tags.declarations(attributes.get("style", ""))
        if self.skipping:
            self.skipping += [tag] if tag not in VOID else []
        elif tag in SKIPPED or "ignore" in style.get("mso-list", ""):
            self.skip(tag, attributes)
        elif tag in ALONE:
            self.counts[ALONE[tag]] += 1
        elif tag == "br":
            self.line_break()
        elif tag not in VOID:
            self.note_styles(tag, attributes, style)
            self.start(tag, attributes, style)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if self.skipping:
            if tag in self.skipping:
                place = len(self.skipping) - 1 - self.skipping[::-1].index(tag)
                del self.skipping[place:]
            return
        if tag in ("h1", "h2", "p") and self.heading:
            self.end_heading()
        if tag in BREAKS:
            self.end_paragraph()
        place = next((n for n in range(len(self.open) - 1, -1, -1) if self.open[n][0] == tag), None)
        if place is not None:
            self.close_down_to(place)

    def handle_data(self, data):
        if self.skipping:
            if self.item and self.is_marker:
                self.item.marker += data
        elif self.heading:
            self.heading.heading += data
        elif data.strip() or self.is_in_text:
            self.in_text()
            self.write(escape(re.sub(r"\s{2,}|[\t\r\n]", " ", data), quote=False))

    # What a start tag means.

    def start(self, tag, attributes, style):
        level = tags.heading_level(tag, attributes, style)
        if level in (1, 2) and not self.is_in(*CELLS):
            self.start_heading(level)
        elif self.heading:
            return
        elif tag == "p" and "mso-list" in style and not level:
            self.word_item(tag)
        elif tag == "p" or level:
            self.end_paragraph()
            self.begin(tag, "h3" if level else "p")
        elif tag in STRUCTURE:
            self.end_paragraph()
            self.structure(tag, attributes)
        elif tag in BREAKS:
            self.end_paragraph()
        elif tag == "a":
            self.link(tag, attributes)
        else:
            self.inline(tag, style)

    def start_heading(self, level):
        self.end_heading()
        self.close_down_to(0)
        self.end_paragraph()
        self.heading = Part(level)

    def end_heading(self):
        if self.heading and self.heading.heading.strip():
            self.parts.append(self.heading)
        self.heading = None

    def structure(self, tag, attributes):
        if len([written for _tag, written in self.open if written]) >= DEEPEST:
            return
        spans = {name: attributes.get(name, "") for name in ("colspan", "rowspan")}
        said = (f' {name}="{n}"' for name, n in spans.items() if re.fullmatch(r"[1-9]\d?", n, re.ASCII))
        self.begin(tag, tag, "".join(said) if tag in ("td", "th") else "")

    def inline(self, tag, style):
        """Bold and italics, by tag or by style; of all else only the text is taken."""
        wanted = [name for name in tags.emphasis(tag, style) if not self.is_in(name)]
        if wanted:
            self.in_text()
            self.write("".join(f"<{name}>" for name in wanted))
        self.open.append((tag, wanted))

    def link(self, tag, attributes):
        address = tags.address_of_link(attributes.get("href", ""))
        self.counts["link"] += address is None
        if not address or self.is_in("a"):
            self.open.append((tag, []))
        else:
            self.in_text()
            self.begin(tag, "a", f' href="{escape(address)}"')

    def frame(self, address):
        """A player that we know becomes an address that stands alone, which becomes an embed."""
        address = f"https:{address}" if address.startswith("//") else address
        found = recognise(address)
        if found is None or found.kind == LINK or self.heading:
            self.counts["frame"] += 1
            return
        self.end_paragraph()
        self.write(f"<p>{escape(address, quote=False)}</p>")

    def word_item(self, tag):
        self.end_paragraph()
        self.item = WordItem(self.pieces, len(self.pieces))
        self.begin(tag, "li")

    def end_word_item(self):
        """Now that its bullet or number is read, the item goes into a list, or on in the one before it."""
        item, self.item = self.item, None
        tag = "ol" if re.match(r"\s*\(?(?:\d{1,3}|[a-zA-Z])[.)]", item.marker) else "ul"
        before = next((n for n in range(item.place - 1, -1, -1) if item.pieces[n].strip()), None)
        if before is not None and item.pieces[before] == f"</{tag}>":
            item.pieces[before] = ""
        else:
            item.pieces[item.place] = f"<{tag}><li>"
        item.pieces.append(f"</{tag}>")

    # Writing.

    @property
    def pieces(self):
        return self.parts[-1].pieces

    @property
    def is_in_text(self):
        return self.has_paragraph or self.is_in(*HOLDS_TEXT)

    def is_in(self, *tags):
        return any(tag in written for _tag, written in self.open for tag in tags)

    def write(self, piece):
        self.pieces.append(piece)

    def begin(self, tag, written, attributes=""):
        self.write(f"<{written}{attributes}>")
        self.open.append((tag, [written]))

    def in_text(self):
        if not self.is_in_text:
            self.write("<p>")
            self.has_paragraph = True

    def end_paragraph(self):
        """Something else begins here; in a cell it is parted from what stands before it by a space."""
        if self.has_paragraph:
            self.write("</p>")
            self.has_paragraph = False
        elif self.is_in_text:
            self.write(" ")

    def line_break(self):
        if self.heading:
            self.heading.heading += " "
        elif self.is_in_text:
            self.write("<br>")

    def close_down_to(self, place):
        while len(self.open) > place:
            _tag, written = self.open.pop()
            self.write("".join(f"</{name}>" for name in reversed(written)))
            if self.item and written == ["li"]:
                self.end_word_item()

    # What is left out.

    def skip(self, tag, attributes):
        self.is_marker = tag not in SKIPPED
        if tag == "iframe":
            self.frame(attributes.get("src", ""))
        elif SKIPPED.get(tag):
            self.counts[SKIPPED[tag]] += 1
        self.skipping.append(tag)

    def note_styles(self, tag, attributes, style):
        self.styles |= tags.told(tag, style)
        if tag == "table":
            self.table_is_told = False
        if tags.is_coloured(tag, attributes, style) and not self.table_is_told:
            self.counts["table colours"] += 1
            self.table_is_told = True
