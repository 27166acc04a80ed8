"""What the pages around comments have in common: they belong to a live article, and most are private."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.cache import cache_control

from articles.models import Edition
from pagestore.by_heart import by_heart
from queries.prepared import Prepared

private = cache_control(no_store=True)


@Prepared
def LIVE(slug, now):
    return Edition.objects.live(now).filter(article__slug=slug).select_related("article").defer("content")


@by_heart(most=100)
def live_edition(slug):
    """The edition that readers see, with its article; the same 404 for a draft and for nothing."""
    edition = next(iter(LIVE(slug=slug, now=timezone.now())), None)
    if edition is None:
        raise Http404("Not published.")
    return edition
