"""The owner's word lists: thousands of words looked for in one pass over what a reader sent.

Text and words are made alike first: NFKC, case-folded, entities read, invisible characters removed. Text is
looked at as it was typed too, and without its HTML tags, so that neither hides a word.
"""

import html
import re
import unicodedata
from functools import cache
from itertools import chain

from ahocorasick_rs import AhoCorasick, Implementation

from .models.policy import WORDS

MOST_SHOWN = 5
SHORTEST, SHORT = 2, 4
_TAGS = re.compile("<[^<>]*>")
# Unicode's Default_Ignorable_Code_Point: nobody sees them, so nobody hides a word with them.
_INVISIBLE = frozenset(
    chr(code)
    for code in chain(
        (0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
        range(0x180B, 0x1810),
        range(0x200B, 0x2010),
        range(0x202A, 0x202F),
        range(0x2060, 0x2070),
        range(0xFE00, 0xFE10),
        range(0xFFF0, 0xFFF9),
        range(0x1BCA0, 0x1BCA4),
        range(0x1D173, 0x1D17B),
        range(0xE0000, 0xE1000),
    )
)
# One character that NFKC makes eighteen of, and one of eight: a comment of them would become a book.
_ENDLESS = ("\ufdfa", "\ufdfb")
FEW_MARKS, LONG_RUN = 500, 40


class WordList:
    """Words, one a line, of which `found_in` tells those that a text has."""

    def __init__(self, lines):
        self.words = {}
        for line in filter(None, map(str.strip, lines.splitlines())):
            self.words |= dict.fromkeys(_patterns(line), line)
        # The DFA would be faster still, and take hundreds of megabytes in each worker.
        implementation = Implementation.ContiguousNFA
        self.search = AhoCorasick(list(self.words), implementation=implementation) if self.words else None

    def found_in(self, texts):
        """The words that stand in any of the searchable texts, five at most, as the owner typed them."""
        if self.search is None:
            return []
        found = chain.from_iterable(map(self.search.find_matches_as_strings, texts))
        return list(dict.fromkeys(self.words[word] for word in dict.fromkeys(found)))[:MOST_SHOWN]


def _patterns(line):
    """What to look for because of a line: the word as it was typed, and made alike.

    A short one in letters of another width, is meant just as it is: spammers write it, and
    made alike it would be found in nearly every text.
    """
    typed, normal = _plain(line), alike(line)
    wanted = [typed] if len(normal) < SHORT else [typed, normal]
    return {word for word in wanted if len(word) >= SHORTEST}


class WordLists:
    """The policy's two lists, in memory as long as they are in force."""

    def __init__(self, policy):
        policy.refresh_from_db(fields=WORDS)
        self.moderation = WordList(policy.moderation_words)
        self.disallowed = WordList(policy.disallowed_words)


_in_force = ("", None)


def lists_of(policy):
    """The word lists of the policy, read and built once a process; None where there are none.

    Two threads may build them at the same time once; each then has whole ones.
    """
    global _in_force
    if not policy.words_digest:
        return None
    digest, lists = _in_force
    if digest != policy.words_digest:
        lists = WordLists(policy)
        _in_force = (policy.words_digest, lists)
    return lists


def searchable(*values):
    """The texts to look for words in: the values as typed, made alike, and without their HTML tags.

    A line feed stands between values, so that no word is found across two of them.
    """
    typed = _plain("\n".join(values))
    normal = _normal(typed)
    return list(dict.fromkeys([typed, normal, _TAGS.sub("", normal)]))


def alike(text):
    """Text as it is compared: entities read, NFKC, case-folded, nothing invisible."""
    return _normal(_plain(text))


def _plain(text):
    """Text with its entities read, case-folded, and without what nobody sees."""
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii() and (unseen := _INVISIBLE & set(text)):
        text = re.sub(f"[{''.join(unseen)}]", "", text)
    return text.casefold()


def _normal(text):
    if text.isascii():
        return text
    for character in _ENDLESS:
        text = text.replace(character, " ")
    # Folding may undo NFKC, and NFKC may bring capitals.
    return _nfkc(_nfkc(text).casefold())


def _nfkc(text):
    """`text` in NFKC. Python's own sorts marks in a row by insertion; sorted before, they cost no time."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    marks = _marks() & set(text)
    if sum(map(text.count, marks)) > FEW_MARKS:
        some = "".join(map(re.escape, sorted(marks)))
        text = re.sub(f"[{some}]{{{LONG_RUN},}}", _in_order, text)
    return unicodedata.normalize("NFKC", text)


def _in_order(run):
    marks = "".join(unicodedata.normalize("NFKD", mark) for mark in run[0])
    return "".join(sorted(marks, key=unicodedata.combining))


@cache
def _marks():
    """Characters that combine with what stands before them, among them those that do so only in NFKC."""
    assigned = map(chr, chain(range(0x20000), range(0xE0000, 0xE1000)))
    return frozenset(c for c in assigned if unicodedata.combining(unicodedata.normalize("NFKD", c)[0]))
