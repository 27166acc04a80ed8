"""What became of forecasts: what a decision answers, which forecast of a question counts, and its score.

A question is whether a show will have a season. docs/record.md gives the reasons for these rules.
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shows.dates import last_day
from shows.models.decision import Decision
from shows.status import lapsed_on

Outcome = Decision.Outcome
OVER = (Outcome.CANCELLED, Outcome.ENDED)
# In percent, how likely each of the eight steps says it is that the season comes.
CHANCES = {1: 1, 2: 5, 3: 20, 4: 40, 5: 60, 6: 80, 7: 95, 8: 99}


class Verdict(models.TextChoices):
    """What became of a forecast; only those that were right or wrong are scored."""

    OPEN = "open", _("Open")
    RIGHT = "right", _("Right")
    WRONG = "wrong", _("Wrong")
    REPLACED = "replaced", _("Replaced by a later one")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNDECIDED = "undecided", _("Never decided")
    UNSCORED = "unscored", _("Not scored")


class Answer(NamedTuple):
    """What answered a question: a decision, or a season that began although no decision is on record.

    `earliest` and `latest` are the days between which it was given; `earliest` is None where nobody can tell.
    """

    goes_on: bool
    earliest: date | None
    latest: date
    decision: object = None
    season: object = None


class Judged(NamedTuple):
    """A forecast with what became of it."""

    outlook: object
    verdict: Verdict
    answer: Answer | None = None

    @property
    def is_scored(self):
        return self.verdict in (Verdict.RIGHT, Verdict.WRONG)

    @property
    def chance(self):
        return CHANCES[self.outlook.step]

    @property
    def brier(self):
        """The squared distance of what was said from what came: 0 is best, 1 worst; None where not scored."""
        if not self.is_scored:
            return None
        return (self.chance / 100 - self.answer.goes_on) ** 2

    @property
    def lead_days(self):
        """Whole days between the forecast and the decision that it is scored against."""
        return (self.answer.earliest - self.outlook.dated_on).days if self.is_scored else None


def answer_of(decision, number):
    """Whether a decision says that season `number` comes (None: that another one does): True, False, or None
    where it says nothing about it."""
    if decision.outcome in OVER:
        return False
    if decision.outcome not in Decision.PROMISES:
        return None
    if not number or not decision.season_number or decision.season_number >= number:
        return True
    # A last season before this one says that this one does not come.
    return False if decision.outcome == Outcome.FINAL_SEASON else None


def answers_to(number, seasons, decisions, on):
    """All that answered a question by a day, the earliest first."""
    found = []
    for decision in decisions:
        if decision.announced_on and decision.announced_on > on:
            continue
        goes_on = answer_of(decision, number)
        if goes_on is not None:
            # One without a date may have come on any day; what is dated goes before it.
            latest = last_day(decision.announced_on, decision.precision) or date.max
            found.append(Answer(goes_on, decision.announced_on, latest, decision=decision))
    for season in seasons:
        if number and season.number >= number and season.began_on and season.began_on <= on:
            found.append(Answer(True, None, season.began_on, season=season))
    return sorted(found, key=lambda each: (each.earliest or each.latest, each.decision is None))


def promised_already(number, seasons, decisions, on):
    """What promises a season by a day, or has shown that it came, as an `Answer`; None while that is open."""
    given = answers_to(number, seasons, decisions, on)
    shown = next((each for each in given if each.season), None)
    dated = [each for each in given if each.earliest]
    last = next(iter(reversed(dated or given)), None)
    return shown or (last if last and last.goes_on else None)


def next_season(seasons, decisions):
    """The number of the season after the last that was shown or promised; None where none is known."""
    begun = [season.number for season in seasons if season.began_on]
    promised = [each.season_number or 0 for each in decisions if each.outcome in Decision.PROMISES]
    known = max([*begun, *promised], default=0)
    return known + 1 if known else None


def judge(outlooks, seasons, decisions, on):
    """What became of one show's forecasts by a day, as `Judged` in the order in which they are given."""
    answers, chosen = {}, {}
    questions = defaultdict(list)
    for outlook in outlooks:
        questions[outlook.season_number].append(outlook)
    for number, asked in questions.items():
        given = answers_to(number, seasons, decisions, on)
        for outlook in asked:
            answers[outlook.pk] = next((each for each in given if each.latest >= outlook.dated_on), None)
        counting = [each for each in asked if each.dated_on <= on and _may_count(each, answers[each.pk])]
        for outlook in sorted(counting, key=lambda each: (each.dated_on, each.pk)):
            # The last of those that have the same answer stands.
            chosen[number, answers[outlook.pk]] = outlook.pk
    return [Judged(each, _verdict(each, answers[each.pk], chosen, on), answers[each.pk]) for each in outlooks]


def judged_of(show, on=None):
    """{id: `Judged`} of all of a show's forecasts, by a day (default: today); read once for each show."""
    if not hasattr(show, "_judged"):
        rows = list(show.outlooks.all()), list(show.seasons.all()), list(show.decisions.all())
        judged = judge(*rows, on or timezone.localdate())
        show._judged = {each.outlook.pk: each for each in judged}
    return show._judged


def _may_count(outlook, answer):
    return not _is_withdrawn(outlook, answer) and (answer is None or _is_before(outlook.dated_on, answer))


def _is_withdrawn(outlook, answer):
    """Whether it was taken back in time: not once the decision had come."""
    if not outlook.withdrawn_at:
        return False
    return answer is None or timezone.localdate(outlook.withdrawn_at) < (answer.earliest or answer.latest)


def _is_before(day, answer):
    return answer.earliest is not None and day < answer.earliest


def _verdict(outlook, answer, chosen, on):
    if outlook.dated_on > on:
        return Verdict.OPEN
    if _is_withdrawn(outlook, answer):
        return Verdict.WITHDRAWN
    if not _may_count(outlook, answer):
        return Verdict.UNSCORED
    if chosen[outlook.season_number, answer] != outlook.pk:
        return Verdict.REPLACED
    if answer is None:
        return Verdict.UNDECIDED if outlook.dated_on <= lapsed_on(on) else Verdict.OPEN
    return Verdict.RIGHT if (CHANCES[outlook.step] > 50) == answer.goes_on else Verdict.WRONG
