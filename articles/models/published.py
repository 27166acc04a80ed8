"""What is published: the one rule, and the articles that it lets readers see."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


def published_q(now=None, prefix="", until=None):
    """The one rule of what is published: begun by the clock, and not withdrawn by it, or back again.

    With `until` only what had begun by then: of two upper bounds a database uses one, perhaps the wrong one.
    """
    now = now or timezone.now()
    begun = Q(**{f"{prefix}published_at__lte": now if until is None else min(now, until)})
    standing = Q(**{f"{prefix}withdrawn_at": None}) | Q(**{f"{prefix}withdrawn_at__gt": now})
    back = Q(**{f"{prefix}returns_at__lte": now})
    return begun & (standing | back)


class ArticleQuerySet(models.QuerySet):
    def published(self, now=None):
        """Articles that anyone may read now; their text is in their live edition."""
        return self.filter(published_q(now))

    def editable_by(self, user):
        """Articles whose working copy this person may see: all, or a writer's own."""
        if user.has_perm("articles.edit_any_article") or not user.has_perm("articles.change_article"):
            return self
        return self.filter(owner=user)
