# ruff: noqa: E501
"""What a sentence says of a show's days: premieres, finales and the days of its decisions."""

import re
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shows.models import Decision

from .dates import DATE, MONTHS, Day
from .doubts import is_doubtful
from .sentences import TITLE
from .subjects import Subject, subject_before

HAS_DATE = re.compile(rf"\b(?:{'|'.join(month[:3] for month in MONTHS)})|\b(?:19|20)\d\d\b")
GAP = r"(?:(?!\b(?:and|but|before|after|to|lists?|charts?|top10|trailer|teaser)\b)[^,.;:—#%\d]){0,45}?"
PREMIERED = re.compile(
    rf"\b(?:premiered|debuted|launched|came out|was released|was launched|arrived|landed on|first aired|dropped on|"
    rf"(?:began|started) (?:streaming|airing)|hit (?:Netflix|screens))\b{GAP} (?P<preposition>on|in)(?: the morning of| the evening of)? {DATE}",
    re.IGNORECASE,
)
# "The Imperfects, released on 1 September 2022, …"
PARTICIPLE = re.compile(
    rf"(?P<subject>{TITLE}|\bthe (?:series|show|drama)),? (?:which )?(?:was )?(?:first )?(?:released|launched)\b{GAP} (?P<preposition>on|in) {DATE}",
    re.IGNORECASE,
)
FINISHED = re.compile(
    rf"\b(?:ended|concluded|wrapped up|finished|aired its (?:finale|last episode))(?: its (?:run|season|1st season))? (?P<preposition>on) {DATE}",
    re.IGNORECASE,
)
DECIDED = re.compile(
    r"cancelled|axed|scrapped|renewed|pulled|picked up|given|ordered|commissioned|greenlit|ended",
    re.IGNORECASE,
)
AFTER_DECISION = re.compile(
    rf"^(?:(?!\b(?:and|but|before|after|because)\b)[^,.;:—]){{0,50}}?\b(?P<preposition>on|in) {DATE}",
    re.IGNORECASE,
)
BEFORE_DECISION = re.compile(
    rf"^(?P<preposition>On) {DATE},? (?:[\w'\ue100-\ue1ff]+ ){{0,3}}$", re.IGNORECASE
)
OUTCOMES = {
    "cancelled": (Decision.Outcome.CANCELLED, Decision.Outcome.ENDED),
    "renewed": Decision.PROMISES,
    "final": (Decision.Outcome.FINAL_SEASON,),
}


class OnDay(NamedTuple):
    """ "It premiered on 8 September 2022": `of` is "premiered_on" or "finale_on"."""

    subject: Subject
    day: Day
    of: str

    def contradiction(self, record):
        seasons = [each for each in record.seasons if self.subject.season in (None, each.number)]
        days = [getattr(season, self.of) for season in seasons]
        if not days or None in days:
            return None
        if any(self.day.is_of(on) for on in days):
            return self.day.wrong_weekday
        said = (
            _("Season %(number)d premiered on %(date)s")
            if self.of == "premiered_on"
            else _("Season %(number)d ended on %(date)s")
        )
        told = [
            said % {"number": season.number, "date": date_format(on)}
            for season, on in zip(seasons, days, strict=True)
        ]
        return f"{record.show.title} · {'; '.join(told[-3:])}"


class DecidedOn(NamedTuple):
    """ "It was cancelled on 8 November 2022"."""

    fate: object
    day: Day

    @property
    def subject(self):
        return self.fate.subject

    def contradiction(self, record):
        decisions = [each for each in record.decisions if each.outcome in OUTCOMES[self.fate.kind]]
        if self.fate.season:
            decisions = [each for each in decisions if each.season_number == self.fate.season]
        elif self.fate.kind == "renewed" and len(record.seasons) > 1:
            # An earlier renewal may be meant, which nobody put on record.
            return None
        if not decisions or any(each.announced_on is None for each in decisions):
            return None
        if any(self.day.is_of(each.announced_on, each.precision) for each in decisions):
            return self.day.wrong_weekday
        return f"{record.show.title} · {'; '.join(str(decision) for decision in decisions)}"


def day_claims_in(sentence, fates):
    """The dates that a sentence gives as facts; `fates` are (Fate, match) of the same sentence."""
    text = sentence.text
    if not HAS_DATE.search(text):
        return
    for pattern, of in ((PREMIERED, "premiered_on"), (FINISHED, "finale_on")):
        for match in pattern.finditer(text):
            subject = subject_before(text, match.start())
            if subject and not is_doubtful(sentence, match.start()):
                yield OnDay(subject, Day.told_by(match), of)
    for match in PARTICIPLE.finditer(text):
        if not is_doubtful(sentence, match.start()):
            yield OnDay(Subject.told_by(match["subject"]), Day.told_by(match), "premiered_on")
    for fate in fates:
        if fate.kind in OUTCOMES and DECIDED.search(text[fate.start : fate.end]):
            match = AFTER_DECISION.search(text[fate.end :]) or BEFORE_DECISION.search(text[: fate.start])
            if match and (fate.kind == "cancelled" or match["day"] or match["day2"]):
                yield DecidedOn(fate, Day.told_by(match))
