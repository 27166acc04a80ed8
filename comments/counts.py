"""How many comments readers may see."""

from functools import lru_cache

from django.db.models import Count, F, Func

from pagestore import by_heart, generations
from pagestore.declarations import part_of
from queries.prepared import Prepared

from .models import Comment
from .rows import replies_of


def numbers_of_comments(article_pk, *, is_first=False):
    """The number under which a process keeps what it made of an article's comments; None where it must not.

    It is another once anything that readers see is changed among the comments that are numbered together
    with this article's. `is_first`: for what is about to be read, and has not been kept before.
    """
    ask = by_heart.to_begin_by if is_first else generations.to_remember_by
    return ask(part_of(Comment._meta.db_table, article_pk))


def approved_count(article):
    """How many comments readers may see below the article."""
    return _kept(APPROVED, article.pk, article=article.pk)


def replies_count(article, thread):
    """How many replies of the thread with this number, which is below this article, readers may see."""
    return _kept(REPLIES, article.pk, thread=thread)


@Prepared
def APPROVED(article):
    return _how_many(Comment.objects.approved().filter(article=article))


@Prepared
def REPLIES(thread):
    return _how_many(replies_of(thread))


def _how_many(comments):
    return comments.order_by().values_list(Func(F("pk"), function="COUNT"))


def _kept(count, article_pk, **given):
    # Counting a hundred thousand takes as long as a page, so that a process keeps a count while it stands.
    numbers = numbers_of_comments(article_pk)
    return (_counted if numbers else _counted.__wrapped__)(count, numbers, **given)


@lru_cache(maxsize=1000)
def _counted(count, _numbers, **given):
    return next(iter(count(**given)))[0]


def counts_by_article(ids):
    """The numbers of approved comments by article, for those that have any; one query."""
    return dict(BY_ARTICLE(articles=sorted(ids))) if ids else {}


@Prepared
def BY_ARTICLE(articles):
    approved = Comment.objects.approved().filter(article__pk__in=articles).order_by()
    return approved.values_list("article").annotate(Count("pk"))
