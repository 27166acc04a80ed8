"""What a sentence says of a show's fate: cancelled, renewed, ending, or nothing decided yet."""

import re
from typing import NamedTuple

from .doubts import ALL_BUT, is_doubtful, is_set_in_past
from .fate_words import AS_OF, ELLIPTIC, NETWORK_ACTS, RESCUED, TRIGGER, WAYS
from .subjects import Subject, season_in, subject_before


class Fate(NamedTuple):
    """One claim about a show's fate, with the number of the season that it names."""

    kind: str
    is_now: bool
    subject: Subject
    season: int | None = None
    is_final: bool = False
    # Where in the sentence it is said.
    start: int = 0
    end: int = 0


def fates_in(sentence):
    """The claims about a fate that a sentence makes as facts."""
    text = sentence.text
    if not TRIGGER.search(text):
        return
    for way in WAYS:
        for match in way.pattern.finditer(text):
            if fate := _fate(sentence, way, match):
                yield fate


def _fate(sentence, way, match):
    text, start = sentence.text, match.start()
    if NETWORK_ACTS.search(text[:start]) or is_doubtful(
        sentence, start if way.subject == "whole" else match.end()
    ):
        return None
    if way.kind != "open" and ALL_BUT.search(text, 0, start):
        return None
    if is_set_in_past(text, start) or (way.kind == "open" and AS_OF.search(text)):
        return None
    if way.kind == "cancelled" and RESCUED.search(text):
        return None
    subject = _subject(sentence, way, match)
    if subject is None:
        return None
    named = match["season"] if "season" in match.re.groupindex else text[match.end() : match.end() + 60]
    season = _season_of(named) if way.kind != "cancelled" or "season" in match.re.groupindex else None
    if way.kind == "final":
        season = season or subject.season
    elif subject.season and subject.season != season and way.kind != "open":
        # "The second season was renewed": of which nobody knows what it says.
        return None
    is_final = bool(re.search(r"\bfinal\b", match[0] + named))
    return Fate(way.kind, way.is_now, subject, season, is_final, *match.span())


def _season_of(named):
    """The number of the season that is spoken of; "for a third" means one too."""
    match = ELLIPTIC.search(named)
    return season_in(named) or (int(match["nth"]) if match else None)


def _subject(sentence, way, match):
    text = sentence.text
    before = subject_before(text, match.start())
    if way.subject == "before":
        return before
    if way.subject == "title":
        return before if before and before.sign else None
    if way.subject == "before or context" and before:
        return before
    named = match.groupdict().get("object")
    if named or way.subject == "object":
        return Subject.told_by(named) if named else None
    # The sentence names no subject of its own: it is about the show that it names, if that is one only.
    signs = set(sentence.signs)
    return None if len(signs) > 1 else Subject(next(iter(signs), None))
