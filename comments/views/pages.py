"""What the pages around comments have in common: they belong to a live article, and most are private."""

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from articles.models import Edition

private = cache_control(no_store=True)


def live_edition(slug):
    """The edition that readers see, with its article; the same 404 for a draft and for nothing."""
    return get_object_or_404(
        Edition.objects.live().select_related("article").defer("content"), article__slug=slug
    )
