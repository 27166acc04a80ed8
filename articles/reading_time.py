"""How long a text takes to read."""

import math

from .richtext import plain_text

# Silent reading of English non-fiction by adults: M. Brysbaert, "How many words do we read per minute?",
# Journal of Memory and Language 109 (2019), mean of 190 studies.
WORDS_A_MINUTE = 238


def word_count(edition):
    """The words of an edition's sections and quotes, without headings, captions and lists of sources."""
    texts = [plain_text(block["html"]) for block in edition.blocks if block["type"] == "section"]
    texts += [block["quote"] for block in edition.blocks if block["type"] == "quote"]
    return sum(len(text.split()) for text in texts)


def reading_minutes(words):
    """Whole minutes, rounded up; 0 for no words."""
    return math.ceil(words / WORDS_A_MINUTE)
