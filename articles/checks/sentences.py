# ruff: noqa: RUF001
"""Paragraphs cut into sentences, in which titles and quotations are single signs.

A known show's title becomes a sign of its own, any other title OTHER, and what stands between quotation
marks QUOTED: a pattern then finds no claim inside of them.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from .english import spelled_alike

FIRST_TITLE = 0xE100
OTHER, QUOTED = "\ue0fe", "\ue0ff"
TITLE = "[\ue100-\ue1ff]"
RUNS = re.compile("([\ue0fe\ue0ff\ue100-\ue1ff])\\1+")
# Curly or straight; a single mark opens where no letter stands before it, and closes where none follows.
QUOTATION = re.compile(
    r"“[^”]*(?:”|$)|(?<!\w)\"[^\"]*(?:\"|$)|(?<![\w’'])[‘'](?=\w)[^“”\"]{2,300}?[’'](?!\w)"
)
BOUNDARY = re.compile(r"(?:[.!?…][)\]]*|(?<=\ue0ff))\s+(?=[(\[]?[A-Z0-9£$\ue0fe\ue0ff\ue100-\ue1ff])")
ABBREVIATED = re.compile(
    r"(?:\b(?:No|Nos|Dr|Mr|Mrs|Ms|St|vs|approx|Vol|Ep|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|"
    r"\b[A-Z]|\b[ap]\.m|\b[A-Z]\.[A-Z])\.$"
)
TITLE_WORDS = re.compile(r"[A-Z0-9][^.!?]*$")
SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "into",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
}


def looks_like_title(text):
    """Whether every word of weight begins with a capital, as in "Devil in Ohio"."""
    words = re.findall(r"[^\W_][\w'’-]*", text)
    weighty = [word for word in words if word not in SMALL]
    return 0 < len(words) <= 8 and text[0] not in "-–—" and all(not word[0].islower() for word in weighty)


class Titles:
    """The titles of the shows on record, each with its sign."""

    def __init__(self, records):
        self.ids = list(records)
        names = {}
        for number, record in enumerate(records.values()):
            for name in [record.show.title, *record.show.other_titles.splitlines()]:
                if name.strip():
                    names.setdefault(_folded(name.strip()), chr(FIRST_TITLE + number))
        self.signs = names
        longest_first = sorted(names, key=len, reverse=True)
        choices = "|".join(_either_spelling(name) for name in longest_first)
        self.pattern = re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])") if choices else None

    def id_of(self, sign):
        return self.ids[ord(sign) - FIRST_TITLE]

    def sign_of(self, name):
        return self.signs.get(_folded(name)) or self.signs.get(_folded("T" + name[1:]))

    def mask(self, paragraph):
        """The paragraph's text, as long as before, with signs in the place of titles and quotations."""
        text = list(paragraph.text)
        for start, end in paragraph.italics:
            self._mask_if_title(paragraph.text, text, start, end)
        for match in QUOTATION.finditer(paragraph.text):
            inner = match[0].strip("“”\"‘’'").rstrip(",.;")
            sign = self.sign_of(inner) or (OTHER if inner and looks_like_title(inner) else QUOTED)
            _fill(text, *match.span(), sign)
        for match in self.pattern.finditer("".join(text)) if self.pattern else ():
            _fill(text, *match.span(), self.sign_of(match[0]))
        return "".join(text)

    def _mask_if_title(self, plain, text, start, end):
        inner = plain[start:end].strip()
        if not inner or not looks_like_title(inner) or (self.pattern and self.pattern.match(inner)):
            # A known title in a longer italic run is no mention of that show: "The Order of the Phoenix".
            match = self.pattern and self.pattern.match(inner) if inner else None
            rest = inner[match.end() :] if match else ""
            if not match or re.fullmatch(r"(?:['’]s?)?(?:[:,]? (?:season )?\d+)?", rest, re.IGNORECASE):
                return
        _fill(text, start, end, OTHER)


def _folded(name):
    return re.sub(r"[’‘]", "'", name).replace(" & ", " and ")


def _either_spelling(name):
    pattern = re.escape(name).replace("'", "['’‘]").replace(r"\ and\ ", r"\ (?:and|&)\ ")
    return re.sub(r"^The\\ ", r"[Tt]he\\ ", pattern)


def _fill(text, start, end, sign):
    text[start:end] = sign * (end - start)


@dataclass
class Sentence:
    """One sentence: as the article has it (`quote`), and as the checks read it (`text`)."""

    quote: str
    text: str
    passage: object
    is_heading: bool = False
    # The sentences before it in the paragraph; with none, those of the paragraph before.
    before: list = field(default_factory=list, repr=False)

    @cached_property
    def signs(self):
        """The signs of the titles it names, in order."""
        return re.findall("[\ue0fe\ue100-\ue1ff]", self.text)

    @property
    def is_question(self):
        return self.text.rstrip(" \ue0ff)").endswith("?")


def sentences_of(paragraph, titles, passage, before=()):
    """The paragraph's sentences; `before` are those of the paragraph above it."""
    masked = titles.mask(paragraph)
    found = []
    for start, end in _spans(masked):
        text = spelled_alike(RUNS.sub(r"\1", masked[start:end])).strip()
        if text:
            quote = paragraph.text[start:end].strip()
            found.append(
                Sentence(quote, text, passage, paragraph.is_heading, [*(found[-2:] or list(before)[-1:])])
            )
    return found


def _spans(masked):
    start = 0
    for match in BOUNDARY.finditer(masked):
        if not ABBREVIATED.search(masked[start : match.start() + 1]):
            yield start, match.end()
            start = match.end()
    yield start, len(masked)
