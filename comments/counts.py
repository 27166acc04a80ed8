"""How many comments readers may see."""

from functools import lru_cache

from django.db.models import Count

from pagestore import generations
from pagestore.declarations import part_of

from .models import Comment


def approved_count(article):
    """How many comments readers may see below the article.

    Counting a hundred thousand takes as long as half a page. So a process keeps a count until anything that
    readers see is changed among the comments that are numbered together with this article's.
    """
    numbers = generations.to_remember_by(part_of(Comment._meta.db_table, article.pk))
    return (_counted if numbers else _counted.__wrapped__)(article.pk, numbers)


@lru_cache(maxsize=1000)
def _counted(article, _numbers):
    return Comment.objects.approved().filter(article=article).count()


def counts_by_article(ids):
    """The numbers of approved comments by article, for those that have any; one query."""
    approved = Comment.objects.approved().filter(article__in=ids).order_by().values_list("article")
    return dict(approved.annotate(Count("pk"))) if ids else {}
