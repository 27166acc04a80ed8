"""Claims about a show's fate against its decisions and its status."""

from django.utils.translation import gettext as _

from shows.models import Decision
from shows.status_words import Status

Outcome = Decision.Outcome
GOING_ON = (Status.RENEWED, Status.REVIVED)
OVER = (Status.CANCELLED, Status.ENDED)
UNDECIDED = (Status.AWAITING, Status.RUNNING, Status.UPCOMING, Status.UNKNOWN)
DECIDED = (*OVER, *GOING_ON, Status.FINAL_SEASON)


def contradiction(fate, record):
    """The row of the record that speaks against the claim, in words; None where nothing does."""
    if not record.seasons and not record.decisions:
        return None
    is_false = {
        "cancelled": _is_not_cancelled,
        "renewed": _is_not_renewed,
        "final": _is_not_final,
        "open": _is_decided,
    }[fate.kind]
    return row_of(record) if is_false(fate, record) else None


def row_of(record):
    """ "The Imperfects · Cancelled: Netflix, 8 Nov 2022", as the record's screen says it."""
    words = {"show": record.show.title, "reason": record.show.status_reason}
    return _("%(show)s · %(reason)s") % words


def sentence_of(fate):
    """What the editor is told, before the quote and the row."""
    return {
        "cancelled": _("The text says that it will not go on, and the record does not."),
        "renewed": _("The text says that it was renewed, and the record does not."),
        "final": _("The text says which season is the last, and the record says otherwise."),
        "open": _("The text says that nothing is decided, and the record has a decision."),
    }[fate.kind]


def _has(record, *outcomes):
    return any(decision.outcome in outcomes for decision in record.decisions)


def _begun(record):
    return max((season.number for season in record.premiered_seasons), default=0)


def _promises(record):
    return [decision for decision in record.decisions if decision.outcome in Decision.PROMISES]


def _is_not_cancelled(fate, record):
    status = record.show.status
    if fate.season:
        # "No third season" says nothing about a second one.
        promised = {decision.season_number for decision in _promises(record)} | {
            season.number for season in record.seasons
        }
        if fate.season in promised:
            return True
        return (
            fate.season == _begun(record) + 1 and status in (*UNDECIDED, *GOING_ON) and None not in promised
        )
    if status in (*OVER, Status.FINAL_SEASON):
        return False
    if not fate.is_now and _has(record, Outcome.CANCELLED, Outcome.ENDED):
        return False
    return not _has(record, Outcome.FINAL_SEASON)


def _is_not_renewed(fate, record):
    promises = _promises(record)
    if not fate.is_now and not fate.season:
        return not promises and _begun(record) < 2
    if fate.season:
        if fate.season <= _begun(record):
            return False
        kept = [each for each in promises if each.season_number in (fate.season, None)]
        return not kept or (fate.is_now and record.show.status in OVER)
    if fate.is_final:
        return record.show.status in (*OVER, Status.AWAITING, *GOING_ON)
    if record.show.status == Status.CANCELLED:
        return True
    # What was renewed once has been renewed, also when it has ended since as it was meant to.
    return not promises and record.show.status in (Status.ENDED, Status.AWAITING, Status.UNKNOWN)


def _is_not_final(fate, record):
    known = [season.number for season in record.seasons]
    known += [decision.season_number or 0 for decision in _promises(record)]
    if fate.season:
        return max(known, default=0) > fate.season
    return record.show.status in GOING_ON


def _is_decided(fate, record):
    status = record.show.status
    if status not in DECIDED:
        return False
    if fate.season and status in GOING_ON:
        return record.show.status_season in (fate.season, None)
    return True
