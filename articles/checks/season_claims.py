# ruff: noqa: E501
"""Seasons that a sentence speaks of as if they had been shown, and how many it counts."""

import re
from typing import NamedTuple

from django.utils.translation import ngettext

from .doubts import is_doubtful
from .subjects import ASIDE, NTH_SEASON, OF_IT, OWNER, Subject, season_in, subject_before

SHOWN = (
    r"(?:premiered|debuted|arrived|came(?: out)?|fell|rose|dropped|took|lost|gained|spent|opened|ended|began|started|launched|ran|left|drew|brought|"
    r"aired|followed|reached|hit|topped|returned|picked up|saw|introduced|told|won|earned|peaked|slipped|climbed|finished|concluded|closed|did|had|"
    r"was (?:watched|shown|released|seen|the|its|a|better|worse|weaker|stronger|ranked|#\d|\d)|disappointed|struggled|sank|moved|killed|stayed|entered|debuts)"
)
IT = rf"(?P<words>(?:{OWNER} )?{NTH_SEASON}{OF_IT})"
CLAIMS = [
    re.compile(rf"{IT}(?:{ASIDE})?(?: (?:also|only|then|just|again|already|even))? {SHOWN}\b", re.IGNORECASE),
    re.compile(
        rf"^(?:in|during|at the (?:end|start) of|by the end of|throughout|for|with) {IT},", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:released|aired|streamed|showed|broadcast|launched|finished|put out|dropped) {IT}(?= (?:on|in|last|this|with)\b|[.,;]|$)",
        re.IGNORECASE,
    ),
]
NOT_ONE = re.compile(
    r"\b(?:a|an|any|no|another|every|each|possible|potential|hypothetical|planned|future|next|new|or|for|without)\s*$",
    re.IGNORECASE,
)
# What has not come yet is spoken of in many ways.
NOT_YET = re.compile(
    r"\b(?:will|shall|going to|no|not|never|next|await\w*|wait\w*|planned|plans?|ideas?|possible|potential|possibility|hypothetical|in doubt|question|script\w*|writ\w+|"
    r"pitch\w*|promis\w+|announced|confirmed|ordered|renew\w*|due|in production|develop\w*|film\w*|shoot\w*|coming|upcoming|future|someday|want\w*|ask\w*|need\w*|without|imagin\w*)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:ran|lasted|lived|survived|went on|continued|has run|aired)(?: for| through)? (?:only |just |a total of |all of |but )?(?P<count>\d+) (?:whole |full |short )?seasons\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"^(?:[^.;:—]{0,40}?)\bafter (?:only |just |but |a )*(?:(?P<count>\d+)|single|sole) seasons?\b(?! (?:of|in|at|on)\b)",
    re.IGNORECASE,
)


class Shown(NamedTuple):
    """ "The second season fell flat": a season that the text has seen."""

    subject: Subject

    def contradiction(self, record):
        known = [season.number for season in record.seasons]
        promised = [each for each in record.decisions if each.outcome in each.PROMISES]
        if not known or any(each.season_number is None for each in promised):
            return None
        known += [each.season_number for each in record.decisions if each.season_number]
        return count_row(record) if self.subject.season > max(known) else None


class Counted(NamedTuple):
    """ "It was cancelled after two seasons"."""

    subject: Subject
    count: int

    def contradiction(self, record):
        begun = record.premiered_seasons
        numbers = {season.number for season in begun}
        # A show whose early seasons are not on record has more than those that are.
        if not begun or numbers != set(range(1, len(numbers) + 1)):
            return None
        return None if self.count in {len(begun), *_counts_at_decisions(record)} else count_row(record)


def _counts_at_decisions(record):
    for decision in record.decisions:
        if decision.announced_on:
            yield sum(1 for season in record.premiered_seasons if season.began_on <= decision.announced_on)


def count_row(record):
    """ "The Imperfects · 1 season on record"."""
    count = len(record.seasons)
    said = ngettext("%(show)s · %(count)d season on record", "%(show)s · %(count)d seasons on record", count)
    return said % {"show": record.show.title, "count": count}


def season_claims_in(sentence, fates):
    """The seasons that a sentence takes for shown, and how many it says there were."""
    text = sentence.text
    if "season" not in text.lower():
        return
    if not NOT_YET.search(text) and not is_doubtful(sentence, len(text)):
        yield from _shown(text)
    for match in COUNTED.finditer(text):
        subject = subject_before(text, match.start())
        if subject and not subject.season and not is_doubtful(sentence, match.start()):
            yield Counted(subject, int(match["count"]))
    for fate in fates:
        match = AFTER.search(text[fate.end :]) if fate.kind == "cancelled" and not fate.season else None
        if match:
            yield Counted(fate.subject, int(match["count"] or 1))


def _shown(text):
    for pattern in CLAIMS:
        for match in pattern.finditer(text):
            if not NOT_ONE.search(text[: match.start("words")]) and season_in(match["words"]):
                yield Shown(Subject.told_by(match["words"]))
