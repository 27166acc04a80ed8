"""A whole article, pasted from elsewhere, as blocks of ours: a section begins at every h1 and h2.

What Google Docs, Word and WordPress put on the clipboard is read by `pasted_html`; here it is cleaned by the
one allow-list and cut into blocks, and what is left out is told.
"""

import re
from dataclasses import dataclass, field
from html import escape, unescape

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .embeds import LINK, recognise
from .models import Article, Section
from .pasted_html import Reader, TooMuch
from .richtext import kept_html, plain_text

LONGEST = 1_000_000
MOST_BLOCKS = 80
LONGEST_HEADING = Section._meta.get_field("heading").max_length
LONGEST_HEADLINE = Article._meta.get_field("headline").max_length
EMPTY = re.compile(r"<(p|h3|li|ul|ol|blockquote|strong|em)>(?:\s|&nbsp;|<br>)*</\1>")
# A paragraph that is nothing but an address, linked or not.
BARE_ADDRESS = re.compile(r'<p>(?:<a href="[^"]*"[^>]*>)?\s*(https?://[^\s<]{4,480})\s*(?:</a>)?</p>')
# What a heading tells of its section; the first that fits.
KINDS = [
    ("conclusion", r"conclusion|bottom line|final thoughts|verdict|summing up|in the end|to sum up"),
    ("cast", r"\bcast\b|who plays|actors?\b|\bstars?\b|characters?\b|who is in"),
    (
        "viewership",
        r"view(er|ing|s\b)|\bhours\b|top 10|chart|watched|audience (size|figures|numbers)|numbers",
    ),
    ("reception", r"recept|review|critic|rating|rotten|imdb|score|reaction|fans"),
    ("background", r"background|histor|production|based on|so far|behind the|origins?\b|recap"),
    ("speculation", r"specul|could|might|would|theor|predict|expect|chances?\b|future|next\b|what if"),
    (
        "decision",
        r"renew|cancel|axed|decision|will there be|coming back|return|season \d+|official|\bstatus\b",
    ),
    ("overview", r"overview|summary|\babout\b|what is|introduction|in brief|at a glance|key facts"),
]


class Refused(Exception):
    """What was pasted is not taken; the message is a sentence for whoever pasted it."""


@dataclass
class Paste:
    """What became of it: `headline` where it began with one, `blocks` as data, what was `left_out`, and
    `notes` in sentences."""

    headline: str = ""
    blocks: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def words(self):
        return sum(block.get("words", 0) for block in self.blocks)


def read(html="", text=""):
    """The Paste of some HTML, else of plain text; raises Refused."""
    if max(len(html), len(text)) > LONGEST:
        raise Refused(_("That is more than a million characters. Paste it in parts."))
    reader = Reader()
    try:
        reader.read(html if html.strip() else html_of(text))
    except TooMuch:
        raise Refused(_("That is too much to be read at once. Paste it in parts.")) from None
    paste = Paste(left_out=left_out(reader.left_out))
    for part in reader.parts:
        add_part(paste, part)
    if not paste.blocks:
        raise Refused(_("There is no text in what was pasted."))
    if len(paste.blocks) > MOST_BLOCKS:
        said = _("That would be %(count)d blocks; an article takes %(most)d at once. Paste it in parts.")
        raise Refused(said % {"count": len(paste.blocks), "most": MOST_BLOCKS})
    return paste


def add_part(paste, part):
    """A heading with what stands under it, as a section and, where a video or post is linked, embeds."""
    heading, html = " ".join(part.heading.split()), tidy(kept_html("".join(part.pieces)))
    is_headline = part.level == 1 and not paste.blocks and not paste.headline
    if is_headline and heading and len(heading) <= LONGEST_HEADLINE:
        paste.headline, heading = heading, ""
    if len(heading) > LONGEST_HEADING:
        html, heading = f"<h3>{escape(heading, quote=False)}</h3>{html}", ""
        paste.notes.append(
            _("A heading of more than %d characters stands in the text instead.") % LONGEST_HEADING
        )
    kind = kind_of(heading)
    for piece in cut_at_embeds(html):
        if piece.startswith("<"):
            paste.blocks.append(section(kind, heading, piece))
            heading = ""
        else:
            if heading:
                paste.blocks.append(section(kind, heading, ""))
                heading = ""
            paste.blocks.append({"type": "embed", "url": piece, "site": recognise(piece).site})
    if heading:
        paste.blocks.append(section(kind, heading, ""))


def section(kind, heading, html):
    text = plain_text(html)
    return {
        "type": "section",
        "kind": kind,
        "kind_label": str(Section.Kind(kind).label),
        "heading": heading,
        "html": html,
        "words": len(text.split()),
        "begins": Truncator(text).words(14),
    }


def cut_at_embeds(html):
    """The HTML in pieces, and between them the addresses of videos and posts that stood alone."""
    place = 0
    for match in BARE_ADDRESS.finditer(html):
        address = unescape(match[1])
        found = recognise(address)
        if found is None or found.kind == LINK or len(address) > 500:
            continue
        if before := html[place : match.start()].strip():
            yield before
        yield address
        place = match.end()
    if after := html[place:].strip():
        yield after


def tidy(html):
    """Cleaned HTML without what is empty; what only held spaces for the eye goes too."""
    html = re.sub(r"<a>(.*?)</a>", r"\1", html, flags=re.DOTALL)
    html = re.sub(r"(?:&nbsp;|\s){1,40}(</(?:p|h3|li|td|th)>)", r"\1", html)
    before = None
    while before != html:
        before, html = html, EMPTY.sub("", html)
    return re.sub(
        r"\s*(</?(?:p|h3|ul|ol|li|blockquote|table|tbody|tr|td|th)\b[^>]*>)\s*", r"\1", html
    ).strip()


def kind_of(heading):
    heading = heading.casefold()
    return next((kind for kind, words in KINDS if heading and re.search(words, heading)), "other")


def html_of(text):
    """Plain text as HTML: blank lines part paragraphs; "#" and "-" at the start of a line are understood."""
    paragraphs = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\0", ""))
    return "".join(html_of_paragraph(paragraph) for paragraph in paragraphs if paragraph.strip())


def html_of_paragraph(paragraph):
    lines = [line.strip() for line in paragraph.strip().split("\n")]
    if mark := re.match(r"(#{1,6}) +(?=\S)", lines[0]):
        rest = "\n".join(lines[1:])
        heading = escape(lines[0][mark.end() :].rstrip("# "), quote=False)
        tag = f"h{len(mark[1])}"
        return f"<{tag}>{heading}</{tag}>" + (html_of_paragraph(rest) if rest else "")
    if all(re.match(r"[-*•] +\S", line) for line in lines):
        return (
            "<ul>" + "".join(f"<li>{escape(line[1:].strip(), quote=False)}</li>" for line in lines) + "</ul>"
        )
    return f"<p>{escape(' '.join(lines), quote=False)}</p>"


def left_out(counted):
    """What was not taken, as words: "2 pictures", "1 video"."""
    counts = {
        "picture": lambda n: ngettext("%d picture", "%d pictures", n),
        "video": lambda n: ngettext("%d video", "%d videos", n),
        "sound": lambda n: ngettext("%d sound", "%d sounds", n),
        "style": lambda n: ngettext("%d style", "%d styles", n),
        "table colours": lambda n: ngettext("the colours of %d table", "the colours of %d tables", n),
        "frame": lambda n: ngettext("%d frame from elsewhere", "%d frames from elsewhere", n),
        "link": lambda n: ngettext("%d link that leads nowhere", "%d links that lead nowhere", n),
        "script": lambda n: ngettext("%d script", "%d scripts", n),
        "form": lambda n: ngettext("%d form field", "%d form fields", n),
        "rule": lambda n: ngettext("%d dividing line", "%d dividing lines", n),
    }
    return [words(counted[name]) % counted[name] for name, words in counts.items() if counted.get(name)]
