"""Which articles readers discuss most."""

from datetime import timedelta
from functools import lru_cache

from django.db.models import Count, Max
from django.utils import timezone

from articles import lists
from articles.models import Article
from articles.models.published import published_q
from pagestore import generations

from .models import Comment

LATELY = timedelta(days=7)
# Of fewer there is no "most".
FEWEST = 3


def most_discussed(count):
    """The editions of the `count` published articles with the most comments of seven days, the most first.

    Each bears their number as `lately`. Empty where readers discuss fewer than three.
    """
    now = timezone.now()
    numbers = generations.to_remember_by(Comment._meta.db_table, Article._meta.db_table)
    find = _busiest if numbers else _busiest.__wrapped__
    busiest = dict(find(count, numbers, now.timestamp() // 300))
    found = lists.live_by_article(list(busiest), now)
    for pk, edition in found.items():
        edition.lately = busiest[pk]
    return [found[pk] for pk in busiest if pk in found] if len(found) >= FEWEST else []


@lru_cache(maxsize=10)
def _busiest(count, *_as_of):
    """(article, number) pairs; kept by the process until either table changes, five minutes at most."""
    lately = Comment.objects.approved().filter(
        published_q(prefix="article__"), created_at__gt=timezone.now() - LATELY
    )
    by_article = lately.order_by().values_list("article").annotate(number=Count("pk"), last=Max("created_at"))
    return [(pk, number) for pk, number, _last in by_article.order_by("-number", "-last", "-article")[:count]]
