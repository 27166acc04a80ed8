"""Forecasts and what became of them, in words."""

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from shows.dates import dated_text
from shows.figures import SPACE
from shows.forecasts import CHANCES, Verdict
from shows.models import Outlook

CSS = {
    Verdict.OPEN: "awaiting",
    Verdict.RIGHT: "renewed",
    Verdict.WRONG: "cancelled",
    Verdict.REPLACED: "unknown",
    Verdict.WITHDRAWN: "unknown",
    Verdict.UNDECIDED: "unknown",
    Verdict.UNSCORED: "unknown",
}


def chance_text(step):
    """How likely a step says it is that the show goes on: "80 %"."""
    return f"{CHANCES[step]}{SPACE}%"


def score_text(figure):
    """A Brier score with three places: "0.040"."""
    # Rounded first, because number_format cuts.
    return number_format(round(figure, 3), decimal_pos=3)


def step_choices():
    """The eight steps with what each means, the surest renewal first, as choices of a form."""
    said = _("%(step)s (%(chance)s in 100 go on)")
    steps = [
        (step.value, said % {"step": step.label, "chance": CHANCES[step]}) for step in reversed(Outlook.Step)
    ]
    return steps


def answer_text(answer):
    """What answered a question: "Renewed for season 2, 5 May 2026", "Season 2 began on 5 May 2026"."""
    if answer.decision:
        told = answer.decision.outcome_text, dated_text(answer.earliest, answer.decision.precision)
        return ", ".join(told)
    words = {"number": answer.season.number, "date": date_format(answer.latest)}
    return _("Season %(number)s began on %(date)s") % words


def verdict_text(judged):
    """What became of a forecast, in a line: "Right: Renewed for season 2, 5 May 2026"."""
    words = {"verdict": judged.verdict.label, "why": why_text(judged)}
    return _("%(verdict)s: %(why)s") % words if words["why"] else words["verdict"]


def why_text(judged):
    """What its verdict rests on; empty where nothing was decided."""
    match judged.verdict:
        case Verdict.OPEN | Verdict.REPLACED if judged.answer is None:
            return ""
        case Verdict.UNDECIDED:
            return _("no decision within 24 months")
        case Verdict.WITHDRAWN:
            return _withdrawal(judged.outlook)
    told = answer_text(judged.answer)
    if judged.verdict != Verdict.UNSCORED:
        return told
    words = {"answer": told, "reason": _unscored(judged.answer)}
    return _("%(answer)s; %(reason)s") % words


def _withdrawal(outlook):
    day = date_format(timezone.localdate(outlook.withdrawn_at))
    words = {"date": day, "reason": outlook.withdrawn_reason}
    return _("%(date)s, “%(reason)s”") % words


def _unscored(answer):
    if answer.earliest is None:
        return _("the day of the decision is not on record")
    return _("it was not made before that day")
