"""The tags and styles of pasted HTML: what is meant by them, and which of them a reader would miss."""

import re
from functools import cache
from urllib.parse import parse_qs, urlsplit

import nh3

# Left out with all that they hold, and what they are counted as.
SKIPPED = {"svg": "picture", "canvas": "picture", "object": "frame", "iframe": "", "video": "video"}
SKIPPED |= {"audio": "sound"} | dict.fromkeys(["button", "select", "textarea"], "form")
ALONE = {"img": "picture", "input": "form", "embed": "frame", "hr": "rule"}
VOID = {*ALONE, "br", "meta", "link", "base", "col", "wbr", "source", "track", "area"}
STRUCTURE = {"ul", "ol", "li", "blockquote", "table", "tbody", "thead", "tr", "td", "th"}
CELLS = ("li", "td", "th", "blockquote")
# Text stands in a paragraph unless one of these is open.
HOLDS_TEXT = ("p", "h3", "li", "td", "th")
BREAKS = {"div", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "address"}
BREAKS |= {"dl", "dt", "dd", "details", "summary", "pre", "center", "body", "html", "form", "fieldset"}
DEEPEST = 12
KEPT = {"p", "a", "b", "strong", "i", "em", "cite", "span", "h1", "h2", "h3", "h4", "h5", "h6"}
# Not even their text.
NEVER = {"script", "style", "title", "template", "noscript", "math"}

STYLED = {"u": "underlined", "s": "struck", "strike": "struck", "del": "struck", "mark": "marked"}
STYLED |= {"sub": "lowered", "sup": "raised", "font": "font", "small": "small", "big": "big"}
TABLE = ("table", "tr", "td", "th")
# What every word processor says of plain text is not worth telling.
PLAIN = {"", "inherit", "initial", "none", "normal", "auto", "transparent", "start", "left", "windowtext"}
PLAIN |= {"black", "#000", "#000000", "rgb(0,0,0)", "rgba(0,0,0,0)", "white", "#fff", "#ffffff"}
TOLD = {"color", "background", "background-color", "text-align", "text-decoration", "text-decoration-line"}


def declarations(style):
    """A style attribute as {property: value}, in lower case."""
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _colon, value in pairs if value.strip()}


def heading_level(tag, attributes, style):
    """1 or 2 for what begins a section, 3 for a lower heading, 0 for any other tag."""
    if re.fullmatch(r"h[1-6]", tag):
        return min(int(tag[1]), 3)
    if tag != "p":
        return 0
    classes = attributes.get("class", "").lower().split()
    if {"msotitle", "title"} & set(classes):
        return 1
    outline = style.get("mso-outline-level", "")
    return int(outline) if outline in ("1", "2", "3") else 0


def emphasis(tag, style):
    """The tags that say what is meant by a tag and its style: strong, em, both or none."""
    weight = style.get("font-weight", "bold" if tag in ("b", "strong") else "")
    slant = style.get("font-style", "italic" if tag in ("i", "em", "cite") else "")
    is_bold = weight in ("bold", "bolder") or bool(re.fullmatch(r"[6-9]\d\d|1000", weight))
    meant = [("strong", is_bold), ("em", slant in ("italic", "oblique"))]
    return [name for name, is_on in meant if is_on]


def is_coloured(tag, attributes, style):
    """Whether it is a part of a table with a colour of its own."""
    backgrounds = {style.get(name, "").replace(" ", "") for name in ("background", "background-color")}
    return tag in TABLE and bool(attributes.get("bgcolor") or backgrounds - PLAIN)


def told(tag, style):
    """The styles of a tag that readers would see, as a set that tells one from another."""
    if tag in TABLE or tag == "a":
        return set()
    values = {(name.partition("-")[0], style[name].replace(" ", "")) for name in TOLD & set(style)}
    return {(name, value) for name, value in values if value not in PLAIN} | (
        {(STYLED[tag], "")} if tag in STYLED else set()
    )


def address_of_link(address):
    """An address without Google's detour; empty for a mark in the text, None for what must be no link."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.netloc in ("www.google.com", "google.com") and parts.path == "/url":
        return parse_qs(parts.query).get("q", [address])[0]
    if parts.scheme not in ("", "http", "https", "mailto"):
        return None
    return address.strip() if parts.path or parts.netloc else ""


@cache
def _first_cleaner():
    return nh3.Cleaner(
        tags={*SKIPPED, *VOID, *STRUCTURE, *BREAKS, *STYLED, *KEPT},
        clean_content_tags=NEVER,
        attributes={
            "*": {"style", "class", "bgcolor"},
            "a": {"href"},
            "iframe": {"src"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
        },
        link_rel=None,
        # Whatever leads nowhere is counted before it is dropped.
        url_schemes={"http", "https", "mailto", "javascript", "data", "file", "tel", "ftp"},
    )


def well_formed(html):
    """Any HTML without scripts and comments, every tag closed in its place."""
    return _first_cleaner().clean(html)
