"""The live articles gone stale, as the newsroom's front page and their own page list them."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.functional import cached_property

from shows.decision_words import dated_sentence_of

from .models import Article, Edition, StaleAlert

SHOWN = 8


@dataclass
class StaleList:
    """Alerts that somebody may do something about: `shown` of them, and the `count` of all."""

    alerts: object
    limit: int | None
    may_publish: bool

    @cached_property
    def shown(self):
        rows = list(self.alerts[: self.limit])
        for row in rows:
            row.new_fact = dated_sentence_of(row.decision)
        return rows

    @cached_property
    def count(self):
        """All of them; where the page shows less than it could, they need no counting."""
        is_all = self.limit is None or len(self.shown) < self.limit
        return len(self.shown) if is_all else self.alerts.count()


def stale_for(user, limit=SHOWN, **of):
    """The open alerts for this person, the newest first, in at most two queries; None for who cannot help.

    Editors have all, writers those about their own articles. `of` narrows them, such as `decision__show=…`.
    """
    if not user.has_perm("articles.change_article"):
        return None
    return StaleList(
        listed(user).filter(settlement="", **of), limit, user.has_perm("articles.publish_article")
    )


def listed(user):
    """Alerts about articles that readers see now and this person may edit, with what a list says of them."""
    live = Edition.objects.filter(article=OuterRef("article"), published_at__lte=timezone.now())
    live = live.order_by("-published_at", "-number")
    articles = Article.objects.published().editable_by(user)
    alerts = StaleAlert.objects.filter(article__in=articles.values("pk")).annotate(
        live_at=Subquery(live.values("published_at")[:1]), headline=F("article__headline")
    )
    return alerts.select_related("article", "decision__show__network", "decision__network")
