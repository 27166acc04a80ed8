"""What is asked about once before publishing: nothing here is forbidden, all of it is seldom meant."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from ..internal_links import HREF, PAGE, OwnLinks, by_id, is_ours, unescape
from ..models import Section
from .finding import Finding, Level
from .prose import FIELD_LABELS, place_of

NARROWEST_LEAD = 1200
# Parts of the page that are there whatever the article says.
ANCHORS = {"", "main", "top", "comments", "comment-form"}
COMMENT = re.compile(r"comment-\d+\Z")


def omission_findings(edition, blocks):
    """What is missing. `blocks` are the draft's own rows: an edition leaves its empty sections out."""
    return [*standfirst_missing(edition), *lead_picture_wanting(edition), *empty_sections(blocks)]


def warning(check, text, target, place=""):
    place = place or str(FIELD_LABELS.get(target, ""))
    return Finding(check=check, level=Level.WARNING, text=text, place=place, target=target)


def standfirst_missing(edition):
    if not edition.standfirst.strip():
        yield warning("standfirst", _("There is no standfirst."), "standfirst")


def lead_picture_wanting(edition):
    if not edition.lead:
        yield warning("lead", _("There is no lead picture."), "lead_image")
    elif edition.lead.image.width < NARROWEST_LEAD:
        said = _("The lead picture is %(width)d pixels wide; %(wanted)d are wanted.")
        words = {"width": edition.lead.image.width, "wanted": NARROWEST_LEAD}
        yield warning("lead", said % words, "lead_image")


def empty_sections(blocks):
    for block in blocks:
        if isinstance(block, Section) and block.heading.strip() and not block.frozen():
            said = _("The section “%s” has a heading and no text: readers will not see it.")
            yield warning("empty", said % block.heading, f"row-{id(block)}", block.heading)


def broken_links(edition):
    """Links to our own pages, and to places on this page, that lead nowhere."""
    sections = [(n, block) for n, block in enumerate(edition.blocks) if block["type"] == "section"]
    kept = {number: by_id(block["html"]) for number, block in sections}
    broken = set(OwnLinks(kept.values()).broken)
    anchors = ANCHORS | {block["anchor"] for _n, block in sections if block.get("anchor")}
    for number, block in sections:
        for match in HREF.finditer(kept[number]):
            href = unescape(match[2])
            if href in broken or is_lost(href) or is_lost_anchor(href, anchors):
                yield warning(
                    "link", _("A link leads nowhere: %s") % href, f"block-{number}", place_of(block)
                )


def is_lost(href):
    """Whether it is an article's or a show's address that nothing answers, nor ever did."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return True
    return is_ours(parts) and not parts.query and PAGE.fullmatch(parts.path) is not None


def is_lost_anchor(href, anchors):
    return href.startswith("#") and href[1:] not in anchors and not COMMENT.match(href[1:])
