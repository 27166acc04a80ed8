"""What the filter sees in a comment: words, words beside each other, how it begins, its links and numbers.

A feature is a short text. Words stand for themselves; a sign in front, which no word has, tells the rest.
Kept is what measured well on real comments, see docs/moderators.md.
"""

import html
import re
import unicodedata
from itertools import islice, pairwise

from django.utils.translation import gettext as _

# How much of a long comment is looked at: its beginning and its end, where spammers put what they sell.
FIRST_CHARACTERS, LAST_CHARACTERS = 3000, 1500
FIRST_WORDS, LAST_WORDS, NAME_WORDS = 80, 40, 8
# Two words with what joins them stay within the 64 characters of SpamWord.text.
WORD_LENGTH = 30

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_TAG = re.compile(r"<[a-z/!][^<>]{0,300}>", re.IGNORECASE)
# With a scheme, with www, or a bare name under an ending that comments use.
_LINK = re.compile(
    r"(?:https?://|\bwww\.)([^\s/?#\"'<>]{1,200})"
    r"|\b((?:[a-z0-9-]{1,40}\.){1,3}(?:com|net|org|info|biz|tv|me|co|io|ly|gl|us|uk|de|ru|fm|be))\b",
    re.IGNORECASE,
)
_BEGIN, _LINKS, _DIGITS, _SHORT, _HOST, _MAIL, _GAP = "^", "*link", "*digits", "*short", "/", "@", " … "
# Pieces of addresses: what they tell a moderator is that there is a link.
_PIECES = {"http", "https", "www", "com", "http www", "https www"}


def features(name, email, website, body):
    """The features of a comment: some 400 at most, each of at most 64 characters, however long it is."""
    text = _TAG.sub(" ", _plain(_ends(body)))
    words = _words(text)
    if len(words) > FIRST_WORDS + LAST_WORDS:
        words = words[:FIRST_WORDS] + words[-LAST_WORDS:]
    found = {*words, *_words(_plain(name))[:NAME_WORDS]}
    found.update(map(" ".join, pairwise(words)))
    found.update(map(_GAP.join, zip(words, words[2:], strict=False)))
    found.update(_BEGIN + " ".join(words[:count]) for count in range(1, min(len(words), 2) + 1))
    found.update(f"{_DIGITS}{min(len(word), 5)}" for word in words if word.isdecimal())
    if len(words) < 3:
        found.add(_SHORT)
    return frozenset(found | _addresses(text, website, email))


def described(feature):
    """The feature as a moderator reads it: free, a link, an e-mail address at mail.example."""
    if feature.startswith(_LINKS):
        count = int(feature.removeprefix(_LINKS))
        return _("a link") if count == 1 else _("%d links or more") % count
    if feature.startswith(_DIGITS):
        return _("a number")
    if feature == _SHORT:
        return _("hardly any words")
    if feature.startswith(_MAIL):
        return _("an e-mail address at %s") % feature.removeprefix(_MAIL)
    words = feature.removeprefix(_BEGIN).removeprefix(_HOST)
    return _("a link") if _PIECES.issuperset(words.split(_GAP)) else words


def _ends(text):
    if len(text) <= FIRST_CHARACTERS + LAST_CHARACTERS:
        return text
    return f"{text[:FIRST_CHARACTERS]}\n{text[-LAST_CHARACTERS:]}"


def _plain(text):
    """Without entities and unseen characters, and with plain letters for those in fancy shapes (NFKC)."""
    text = html.unescape(text).replace("\u2019", "'")
    # A character at a time: texts of marks without end, taken whole, cost Python's own NFKC seconds.
    return _NOT_ASCII.sub(lambda found: _plain_character(found[0]), text)


def _plain_character(character):
    return "" if unicodedata.category(character) == "Cf" else unicodedata.normalize("NFKC", character)


def _words(text):
    return [word[:WORD_LENGTH] for word in _WORD.findall(text.casefold())]


def _addresses(text, website, email):
    hosts = _hosts(text, most=5)
    marks = {f"{_LINKS}{count}" for count in range(1, min(len(hosts), 3) + 1)}
    marks.update(_HOST + host for host in hosts + _hosts(website, most=1))
    domain = email.rpartition("@")[2].casefold()
    return marks | {_MAIL + domain[-60:]} if domain else marks


def _hosts(text, *, most):
    """The hosts that a text links to, without www."""
    matches = islice(_LINK.finditer(text), most)
    return [(match[1] or match[2]).casefold().removeprefix("www.")[-60:] for match in matches]
