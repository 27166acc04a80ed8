"""When pages change by the clock alone: the next such moment bounds how long any of them holds."""

import datetime as dt

from django.apps import apps
from django.db.models import Subquery
from django.utils import timezone

from .models import Generation

# Publishing, withdrawing and coming back may lie in the future; so does the end of a story's time on top.
MOMENTS = (
    ("articles.Edition", "published_at"),
    ("articles.Article", "published_at"),
    ("articles.Article", "withdrawn_at"),
    ("articles.Article", "returns_at"),
    ("articles.FrontStory", "until"),
)
# What counts back from now, such as the most discussed of seven days, is counted anew every five minutes.
ROLLING = 300


def next_moment(now):
    """The first moment after `now` at which a page may change, as seconds since 1970.

    Dates change at midnight where the newsroom is: statuses, days of waiting, and the days after which
    comments close. One query, which stands in a row of a table that always has some.
    """
    planned = (
        Generation.objects.values_list(*(_first_after(now, *moment) for moment in MOMENTS)).first() or ()
    )
    return min(at.timestamp() for at in (_midnight(now), *filter(None, planned)))


def _first_after(now, model, field):
    later = apps.get_model(model).objects.filter(**{f"{field}__gt": now})
    return Subquery(later.order_by(field).values(field)[:1])


def _midnight(now):
    tomorrow = timezone.localdate(now) + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time.min, timezone.get_default_timezone())


def end_of_round(at):
    """The end of the five minutes in which this moment (seconds since 1970) lies."""
    return (at // ROLLING + 1) * ROLLING
