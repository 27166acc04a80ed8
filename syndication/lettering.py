"""Setting text in pictures: which characters the font has, and lines that fit a box."""

import unicodedata
from functools import cache
from pathlib import Path

FONT = Path(__file__).parent / "fonts" / "DejaVuSerifCondensed-Bold.ttf"
ELLIPSIS = "…"


@cache
def font_of(size):
    # Imported here: it loads Pillow, which only pages with a composed picture need.
    from PIL import ImageFont

    # Basic layout: the wheel's other engine is not on every system, and would set lines a little otherwise.
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def settable(text):
    """The text in one line without what the font cannot draw; None where a letter is missing.

    Emoji and marks of direction are left out without loss; a headline without its letters says nothing.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if any(character.isalpha() and not has_glyph(character) for character in text):
        return None
    return " ".join("".join(each for each in text if each == " " or has_glyph(each)).split())


@cache
def _missing():
    return _drawn("\uffff")


def _drawn(character):
    mask = font_of(24).getmask(character)
    return mask.size, bytes(mask)


@cache
def _glyph(character):
    return unicodedata.category(character)[0] not in "CZ" and _drawn(character) != _missing()


def has_glyph(character):
    """Whether the font draws this character; what is above the basic plane it never does."""
    return ord(character) < 0x10000 and _glyph(character)


def fitted(text, sizes, width, height, leading=1.14):
    """(size, lines) of the largest size whose lines fit the box; at the smallest the rest is cut off."""
    for size in sizes:
        lines = wrapped(text, size, width)
        most = int(height // (size * leading))
        if len(lines) <= most and all(font_of(size).getlength(line) <= width for line in lines):
            return size, lines
    lines = wrapped(text, size, width, breaks_words=True)
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(f"{lines[most - 1]}{ELLIPSIS}", size, width)]
    return size, lines


def wrapped(text, size, width, breaks_words=False):
    """The text in lines no wider than `width`; a word that is wider alone stays, or is broken."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font_of(size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines += pieces(word, size, width) if breaks_words else [word]
    return [line for line in lines if line]


def pieces(word, size, width):
    found = [""]
    for character in word:
        if font_of(size).getlength(found[-1] + character) > width:
            found.append("")
        found[-1] += character
    return found


def shortened(text, size, width):
    """The text in one line, cut where it is too wide."""
    if font_of(size).getlength(text) <= width:
        return text
    text = text.removesuffix(ELLIPSIS)
    while text and font_of(size).getlength(text + ELLIPSIS) > width:
        text = text[:-1].rstrip()
    return text + ELLIPSIS
