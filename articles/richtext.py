"""The one allow-list for editors' rich text: what the editor offers and what the sanitiser keeps."""

import re
from functools import cache
from html import unescape

from django.utils.html import strip_tags
from django_prose_editor.fields import create_sanitizer

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3]},
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}


@cache
def _sanitizer():
    return create_sanitizer(EXTENSIONS)


def clean_html(html):
    """`html` reduced to the tags and attributes of EXTENSIONS; scripts and their text are dropped.

    Forms clean on validation; importers and freezing call this themselves, because `save()` does not.
    """
    return _sanitizer()(html)


def kept_html(html):
    """What a form keeps of rich text: cleaned, with links to our own articles and shows by their ids."""
    from .internal_links import by_id

    return by_id(clean_html(html))


def plain_text(html):
    """The words of rich text, blocks parted by spaces: for counting, searching and first words.

    They are text and not HTML: what is nothing but `&nbsp;` has no words.
    """
    parted = re.sub(r"(</?(?:p|li|h3|td|th|blockquote|br)\b)", r" \1", html)
    return " ".join(unescape(strip_tags(parted)).split())
