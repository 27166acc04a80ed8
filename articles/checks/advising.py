"""Advice: shown while writing, never asked about."""

import re
from html import unescape

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..richtext import plain_text
from .finding import Finding, Level
from .prose import FIELD_LABELS, paragraphs_of, place_of
from .readability import reading_ease

# Words of the text. A story with panels and parts is longer than a piece of news in one section.
SHORTEST, SHORTEST_STORY, LONGEST_NEWS, LONGEST = 80, 300, 800, 2500
LONGEST_PARAGRAPH = 150
HARDEST = 40
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
SAYS_NOTHING = re.compile(
    r"(?:click|tap|read|see|more|link|this|that|page|article|source)?\s*(?:here|this|link|more)|"
    r"click|this (?:page|article|link)",
    re.IGNORECASE,
)
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)


def advice_findings(edition):
    sections = [(n, block) for n, block in enumerate(edition.blocks) if block["type"] == "section"]
    texts = {number: plain_text(block["html"]) for number, block in sections}
    return [
        *length(sections, texts),
        *readability(texts),
        *description_missing(edition),
        *(found for number, block in sections for found in in_section(number, block)),
    ]


def advice(check, text, target="", place="", quote=""):
    place = place or str(FIELD_LABELS.get(target, ""))
    return Finding(check, Level.ADVICE, text, quote=quote, place=place, target=target)


def length(sections, texts):
    """Whether it is short or long for what it is: news in one section, or a story in several."""
    words = sum(len(text.split()) for text in texts.values())
    is_story = len([block for _n, block in sections if block["heading"]]) > 2
    shortest = SHORTEST_STORY if is_story else SHORTEST
    longest = LONGEST if is_story else LONGEST_NEWS
    if 0 < words < shortest:
        said = ngettext(
            "%(count)d word: short for this kind of story.",
            "%(count)d words: short for this kind of story.",
            words,
        )
        yield advice("length", said % {"count": words})
    elif words > longest:
        yield advice("length", _("%(count)d words: long for this kind of story.") % {"count": words})


def readability(texts):
    if not settings.LANGUAGE_CODE.startswith("en"):
        return
    ease = reading_ease(" ".join(texts.values()))
    if ease is not None and ease < HARDEST:
        said = _("Hard to read (Flesch reading ease %d): shorter sentences and plainer words would help.")
        yield advice("readability", said % round(ease))


def description_missing(edition):
    if not edition.search_description.strip():
        said = _("There is no search description; search engines will show the standfirst.")
        yield advice("description", said, "search_description")


def in_section(number, block):
    place, target = place_of(block), f"block-{number}"
    for match in LINK.finditer(block["html"]):
        words = " ".join(unescape(strip_tags(match[1])).split())
        if SAYS_NOTHING.fullmatch(words) or BARE_ADDRESS.match(words):
            said = _("The link “%s” does not say where it leads.") % words
            yield advice("link_text", said, target, place)
    for paragraph in paragraphs_of(block["html"]):
        count = len(paragraph.text.split())
        if count > LONGEST_PARAGRAPH:
            said = _("A paragraph of %d words: two would be easier to read.") % count
            yield advice("paragraph", said, target, place, quote=" ".join(paragraph.text.split()[:12]) + " …")
