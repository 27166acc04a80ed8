"""How the newsroom sees articles in lists: their state, what is still to come, and what colleagues say."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Edition
from .models.published import published_q
from .moments import moment_in_list
from .notes import open_notes
from .reviews import standing


class State(models.TextChoices):
    """Where an article stands, by what readers see of it and what has been written since."""

    DRAFT = "draft", _("Draft")
    LIVE = "live", _("Live")
    AHEAD = "ahead", _("Live, with unpublished changes")
    UNPUBLISHED = "unpublished", _("Unpublished")
    SCHEDULED = "scheduled", _("Scheduled")


def with_state(articles):
    """`desk_state` and `live_number` in the same query.

    "With unpublished changes" is read off the clock: its text was saved after its live version was published.
    (The article's own form compares the two word by word.)
    """
    now = timezone.now()
    live = Edition.objects.filter(article=OuterRef("pk"), published_at__lte=now)
    live = live.order_by("-published_at", "-number")
    return articles.annotate(
        live_number=Subquery(live.values("number")[:1]), live_at=Subquery(live.values("published_at")[:1])
    ).annotate(
        desk_state=Case(
            When(published_at=None, then=Value(State.DRAFT)),
            When(published_q(now) & Q(saved_at__gt=F("live_at")), then=Value(State.AHEAD)),
            When(published_q(now), then=Value(State.LIVE)),
            When(withdrawn_at__lte=now, then=Value(State.UNPUBLISHED)),
            default=Value(State.SCHEDULED),
        )
    )


def state_label(article):
    """`desk_state` in words for lists, with the number of the version that is live."""
    if article.desk_state == State.LIVE:
        return gettext("Live, version %d") % article.live_number
    if article.desk_state == State.AHEAD:
        return gettext("Live, version %d; changes not published") % article.live_number
    return State(article.desk_state).label


def with_desk(articles):
    """What the list says beside the state, in the same query: what is to come, the review, open notes."""
    to_come = Edition.objects.filter(article=OuterRef("pk"), published_at__gt=timezone.now())
    to_come = to_come.order_by("published_at", "number")
    review = standing().filter(article=OuterRef("pk"))
    return articles.annotate(
        next_number=Subquery(to_come.values("number")[:1]),
        next_at=Subquery(to_come.values("published_at")[:1]),
        review_outcome=Subquery(review.values("outcome")[:1]),
        review_at=Subquery(review.values("submitted_at")[:1]),
        open_notes=open_notes(),
    )


def to_come_label(article):
    """What will happen to it by itself, with its time in the newsroom's zone; "" where nothing will."""
    sentences = []
    if article.next_at:
        words = {"number": article.next_number, "at": moment_in_list(article.next_at)}
        if article.is_public_at(article.next_at):
            sentences.append(gettext("version %(number)d goes live %(at)s") % words)
        else:
            sentences.append(gettext("version %(number)d stays off") % words)
    if article.withdrawn_at and article.withdrawn_at > timezone.now():
        sentences.append(gettext("goes off %s") % moment_in_list(article.withdrawn_at))
    return "; ".join(sentences)
