"""Which decisions followers are told of, and when."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from shows import dates
from shows.dates import Precision
from shows.models import Decision

# So long a decision that was just recorded may be corrected or taken back before anybody is told of it.
GRACE = timedelta(minutes=10)
# What was announced longer ago is history that somebody fills in, and no news.
NEWS_FOR = timedelta(days=14)


def is_news(decision):
    """Whether followers are, or will be, told of it.

    What was ordered or removed decides nothing about a show's future, and of what is dated in no month nobody
    can say that it is new.
    """
    day = last_day(decision)
    is_recent = day is not None and day >= timezone.localdate() - NEWS_FOR
    return is_recent and decision.outcome not in Decision.SILENT


def told_at(decision):
    """When they are told of a decision that is saved now; on its day where that is still to come."""
    return max(timezone.now() + GRACE, midnight(decision.announced_on))


def is_news_today(decision):
    """Whether to tell of it now that its time has come: it may have been corrected meanwhile."""
    return is_news(decision) and decision.announced_on <= timezone.localdate()


def known_since(decision):
    """From when on the show's page told of it: who began to follow later has seen it there."""
    return max(decision.created_at, midnight(decision.announced_on))


def last_day(decision):
    """The latest day on which it can have been announced; None where not even the month is known."""
    is_known = decision.precision in (Precision.DAY, Precision.MONTH)
    return dates.last_day(decision.announced_on, decision.precision) if is_known else None


def midnight(day):
    """The first second of a day in the newsroom's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
