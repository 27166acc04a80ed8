"""What changed between two states of an article: part by part, with the words that went and came."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from .models import Panel, Section

# Looking for the shortest difference takes the product of two lengths; longer texts get a good one.
LONGEST_EXACT = 3000
WORDS = re.compile(r"\n|[^\s]+")
MARKS = [
    (re.compile(r"</?(?:strong|b)>"), "**"),
    (re.compile(r"</?(?:em|i)>"), "_"),
    (re.compile(r"<li[^>]*>"), "\n• "),
    (re.compile(r"<h3[^>]*>"), "\n### "),
    (re.compile(r"<t[dh][^>]*>"), " | "),
    (re.compile(r"<(?:p|tr|blockquote|br)[^>]*>"), "\n"),
    (re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.S), r"\2 [\1]"),
]


@dataclass
class Difference:
    """One part: `was` and `now` as runs of (text, whether it differs); an empty side was not there."""

    title: str
    was: list = field(default_factory=list)
    now: list = field(default_factory=list)

    @property
    def kind(self):
        if not self.was or not self.now:
            return "added" if self.now else "removed"
        return "changed" if self.was != self.now else "same"


def compare(old, new):
    """Every part of two editions (one may be composed and not stored) as Differences, in reading order."""
    parts = [Difference(title, *words_of(was, now)) for title, was, now in fields_of(old, new)]
    return [part for part in parts if part.was or part.now] + compare_blocks(old, new)


def changes(old, new):
    """Only the parts that differ."""
    return [part for part in compare(old, new) if part.kind != "same"]


def fields_of(old, new):
    names = {
        "headline": _("Headline"),
        "kicker": _("Kicker"),
        "standfirst": _("Standfirst"),
        "byline": _("By"),
        "search_title": _("Search title"),
        "search_description": _("Search description"),
    }
    yield from ((title, getattr(old, name), getattr(new, name)) for name, title in names.items())
    yield _("Lead picture"), picture_text(old.lead), picture_text(new.lead)
    yield _("Picture for social networks"), picture_text(old.social), picture_text(new.social)


def picture_text(picture):
    """A picture with the texts that a version keeps of it."""
    if not picture:
        return ""
    texts = [str(picture.image), picture.alt_text, picture.caption, picture.credit]
    return "\n".join(dict.fromkeys(filter(None, texts)))


def compare_blocks(old, new):
    was, now = [[(key_of(b), b) for b in edition.blocks] for edition in (old, new)]
    matcher = SequenceMatcher(None, [key for key, _b in was], [key for key, _b in now], autojunk=False)
    differences = []
    for _tag, a, b, c, d in matcher.get_opcodes():
        differences += paired([block for _k, block in was[a:b]], [block for _k, block in now[c:d]], old, new)
    return differences


def key_of(block):
    return block["type"], block.get("kind"), block.get("heading"), block.get("image"), block.get("url")


def paired(was, now, old, new):
    """Blocks that stand in each other's place: of one type side by side, the others alone."""
    differences = []
    while was or now:
        if was and now and was[0]["type"] == now[0]["type"]:
            before, after = was.pop(0), now.pop(0)
            texts = words_of(text_of(before, old), text_of(after, new))
            differences.append(Difference(title_of(after), *texts))
        elif was and (not now or was[0]["type"] not in {block["type"] for block in now}):
            block = was.pop(0)
            differences.append(Difference(title_of(block), was=[(text_of(block, old), True)]))
        else:
            block = now.pop(0)
            differences.append(Difference(title_of(block), now=[(text_of(block, new), True)]))
    return differences


def title_of(block):
    names = {
        "picture": _("Picture"),
        "quote": _("Pull quote"),
        "embed": _("Embed"),
        "update": _("Update"),
    }
    if block["type"] == "section":
        kind = Section.Kind(block["kind"]).label if block["kind"] in Section.Kind else block["kind"]
        return _("Section: %s") % (block["heading"] or kind)
    if block["type"] == "panel":
        kind = Panel.Kind(block["kind"]).label if block["kind"] in Panel.Kind else block["kind"]
        return _("Panel: %s") % kind
    return names.get(block["type"], block["type"])


def text_of(block, edition):
    """All that a block says, as lines of plain words with marks for what is bold, linked or a list."""
    if block["type"] == "section":
        sources = [f"{source['title']} [{source['url']}]" for source in block["sources"]]
        return "\n".join(
            [block["heading"], readable(edition.own_links.titled(block["html"])), *sources]
        ).strip()
    if block["type"] == "picture":
        picture = edition.edition_images_by_id.get(block["image"])
        return "\n".join(filter(None, [block["caption"], picture_text(picture)]))
    if block["type"] == "panel":
        season = _("season %d") % block["season"] if block["season"] else ""
        return " · ".join(filter(None, [title_of(block), season]))
    if block["type"] == "embed":
        poster = picture_text(edition.edition_images_by_id.get(block["poster"]))
        told = [block["url"], block["title"], block["author"], block["on"], block["text"], poster]
        return "\n".join(filter(None, told))
    if block["type"] == "update":
        source = block["source"]
        return "\n".join(filter(None, [block["on"], block["text"], source["title"], source["url"]]))
    return "\n".join(filter(None, [block["quote"], block["attribution"]]))


def readable(html):
    for pattern, mark in MARKS:
        html = pattern.sub(mark, html)
    lines = unescape(strip_tags(html)).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def words_of(was, now):
    """Two texts as two lists of (run of words, whether the other text lacks it)."""
    if was == now:
        return ([(was, False)], [(now, False)]) if was else ([], [])
    before, after = WORDS.findall(was), WORDS.findall(now)
    is_long = max(len(before), len(after)) > LONGEST_EXACT
    old, new = [], []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=is_long).get_opcodes():
        if b > a:
            old.append((joined(before[a:b]), tag != "equal"))
        if d > c:
            new.append((joined(after[c:d]), tag != "equal"))
    return old, new


def joined(words):
    return re.sub(r" ?\n ?", "\n", " ".join(words))
