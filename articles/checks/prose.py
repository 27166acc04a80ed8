"""An edition's prose as paragraphs with their places; what is quoted or set in a table is left out."""

from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from ..models import Section, Update

FIELD_LABELS = {
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "lead_image": _("Lead picture"),
    "category": _("Category"),
    "authors": _("By"),
    "search_description": _("Search description"),
    "social_image": _("Picture for social networks"),
}
SILENT = ("blockquote", "table")
BREAKS = ("p", "li", "h3", "ul", "ol", *SILENT)
ITALIC = ("em", "i")


class Paragraph(NamedTuple):
    """Plain text, and which stretches of it stand in italics."""

    text: str
    italics: tuple = ()
    is_heading: bool = False


class Passage(NamedTuple):
    """Paragraphs that belong together, with where an editor finds them."""

    place: str
    target: str
    paragraphs: tuple


class _Reader(HTMLParser):
    """Collects paragraphs; text in quotations and tables is skipped, links and bold count as their words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.paragraphs, self.silent, self.italic_from = [], 0, None
        self.text, self.italics, self.is_heading = "", [], False

    def handle_starttag(self, tag, attributes):
        if tag in BREAKS:
            self.end_paragraph()
            self.is_heading = tag == "h3"
        if tag in SILENT:
            self.silent += 1
        elif tag in ITALIC:
            self.italic_from = len(self.text)
        elif tag == "br":
            self.text += " "

    def handle_endtag(self, tag):
        if tag in BREAKS:
            self.end_paragraph()
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ITALIC and self.italic_from is not None:
            self.italics.append((self.italic_from, len(self.text)))
            self.italic_from = None

    def handle_data(self, data):
        if not self.silent:
            # One space for any run of white space, so that a quote of the sentence reads well.
            gap = " " if data[:1].isspace() and self.text and not self.text.endswith(" ") else ""
            end = " " if data[-1:].isspace() and data.strip() else ""
            self.text += gap + " ".join(data.split()) + end

    def end_paragraph(self):
        if self.text.strip():
            self.paragraphs.append(Paragraph(self.text, tuple(self.italics), self.is_heading))
        self.text, self.italics, self.italic_from, self.is_heading = "", [], None, False


@lru_cache(maxsize=512)
def paragraphs_of(html):
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return tuple(reader.paragraphs)


def passages_of(edition):
    """The fields, sections and updates that speak in the publication's own voice, in reading order."""
    for name in ("headline", "standfirst", "search_description"):
        if text := getattr(edition, name):
            paragraph = Paragraph(text, is_heading=name == "headline")
            yield Passage(str(FIELD_LABELS[name]), name, (paragraph,))
    for number, block in enumerate(edition.blocks):
        if block["type"] == "section":
            heading = (Paragraph(block["heading"], is_heading=True),) if block["heading"] else ()
            yield Passage(place_of(block), f"block-{number}", (*heading, *paragraphs_of(block["html"])))
        elif block["type"] == "update":
            place = str(Update._meta.verbose_name.capitalize())
            yield Passage(place, f"block-{number}", (Paragraph(block["text"]),))


def place_of(block):
    """A section by its heading, else by what kind it is."""
    kind = block["kind"]
    return block["heading"] or str(Section.Kind(kind).label if kind in Section.Kind else kind)
