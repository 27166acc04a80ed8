"""What became of a show after one of its seasons: the decision that followed, or the next season itself."""

from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shows.dates import last_day
from shows.models import Decision, Season

Outcome = Decision.Outcome
RENEWED, CANCELLED, ENDED = "renewed", "cancelled", "ended"


class Fate(NamedTuple):
    """`kind` is RENEWED, CANCELLED or ENDED; `decision` is None where the next season alone tells it."""

    kind: str
    decision: Decision | None = None
    returned: Season | None = None

    @property
    def returned_text(self):
        """ "Season 2 followed on 1 Feb 2023", where there is no decision to tell it."""
        told = {"number": self.returned.number, "date": date_format(self.returned.began_on)}
        return _("Season %(number)s followed on %(date)s") % told


def fate_of(season, seasons, decisions, on):
    """The Fate of a season by a day, from all seasons and decisions of its show; None where none is known.

    It is told by the latest decision between the season's beginning and the next one's, or one that names the
    next season, or this one as the last; else by the next season, if it has begun.
    """
    if season.began_on is None:
        return None
    after = [each for each in seasons if each.began_on and _place(each) > _place(season)]
    following = min(after, key=_place, default=None)
    until = following.began_on if following else date.max
    told = [each for each in decisions if _is_known(each, on) and _is_about(each, season, until)]
    latest = max(told, key=lambda each: (each.announced_on or date.min, each.pk), default=None)
    if latest:
        return Fate(_kind(latest, season), latest)
    return Fate(RENEWED, returned=following) if following and until <= on else None


def _place(season):
    return season.began_on, season.number


def _is_known(decision, on):
    return decision.outcome not in Decision.SILENT and (decision.announced_on or date.min) <= on


def _is_about(decision, season, until):
    number = decision.season_number
    if decision.outcome in (Outcome.RENEWED, Outcome.REVIVED) and number:
        return number == season.number + 1
    if decision.outcome == Outcome.FINAL_SEASON and number:
        return number in (season.number, season.number + 1)
    if decision.announced_on is None:
        return until == date.max
    told_by = last_day(decision.announced_on, decision.precision)
    return season.began_on <= told_by and decision.announced_on < until


def _kind(decision, season):
    if decision.outcome == Outcome.CANCELLED:
        return CANCELLED
    is_last = decision.outcome == Outcome.FINAL_SEASON and decision.season_number == season.number
    return ENDED if is_last or decision.outcome == Outcome.ENDED else RENEWED
