"""How many comments readers may see."""

from functools import lru_cache

from django.db.models import Count, Subquery
from django.utils import timezone

from queries.prepared import Prepared

from .models import Comment, ModerationEvent


def approved_count(article):
    """How many comments readers may see below the article.

    Counting a hundred thousand takes as long as half a page. So a process keeps a count until anything is
    decided or posted anywhere, and five minutes at most.
    """
    return _counted(article.pk, article.created_at, newest_of_all(), timezone.now().timestamp() // 300)


def newest_of_all():
    """The newest comment and decision: what changes with each of either. None while there are none."""
    return next(iter(NEWEST()), None)


@Prepared
def NEWEST():
    event = ModerationEvent.objects.order_by("-pk").values("pk")[:1]
    return Comment.objects.order_by("-pk").values_list("pk", "created_at", Subquery(event))[:1]


@lru_cache(maxsize=1000)
def _counted(article, *_as_of):
    return Comment.objects.approved().filter(article=article).count()


def counts_by_article(ids):
    """The numbers of approved comments by article, for those that have any; one query."""
    approved = Comment.objects.approved().filter(article__in=ids).order_by().values_list("article")
    return dict(approved.annotate(Count("pk"))) if ids else {}
