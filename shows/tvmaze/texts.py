"""TVmaze's texts as the record keeps them: plain words, codes of languages."""

import re
import unicodedata
from functools import cache
from html import unescape

import nh3
from django.conf.locale import LANG_INFO

BREAKS = re.compile(r"</(?:p|li|ul|ol|div|h\d)\s*>|<br\s*/?>", re.IGNORECASE)
# Names that Django's list of languages has otherwise or not at all.
LANGUAGES = {"Chinese": "zh", "Mandarin": "cmn", "Cantonese": "yue", "Tagalog": "tl", "Norwegian": "no"}


def clean_text(text):
    """Text as it is stored: NFC, in one line, without control characters and spaces at its ends."""
    kept = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) != "Cc")
    return " ".join(unicodedata.normalize("NFC", kept).split())


def plain_text(html):
    """The words of an HTML text, a paragraph a block, blank lines between; scripts go with their content."""
    # Breaks become a sign that cleaned texts do not hold; the lines of the HTML itself mean nothing.
    parted = BREAKS.sub("\f", html.replace("\f", " "))
    words = unescape(nh3.clean(parted, tags=set(), clean_content_tags={"script", "style"}))
    return "\n\n".join(filter(None, map(clean_text, words.split("\f"))))


@cache
def _codes():
    named = {row["name"]: code for code, row in LANG_INFO.items() if "name" in row}
    return named | LANGUAGES


def language_code(name):
    """The code of a language by its English name, "English" as "en"; empty where it is not known."""
    return _codes().get(name, "")
