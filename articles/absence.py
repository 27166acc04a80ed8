"""What readers get where there is no page: the new address, another article, “gone”, or “not found”."""

import re

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone

from .models import Article, FormerAddress

ARTICLE = re.compile(r"(/articles/([-\w]+)/)(.*)", re.ASCII)
LONGEST = 400


class MovedForGood(HttpResponsePermanentRedirect):
    """308: a comment that is posted to an old address arrives at the new one with all that it says."""

    status_code = 308


def absent(get_response):
    """Middleware: looks for where a page went, only once nothing else has answered.

    The addresses of WordPress (`/?p=12`) are the front page's with a query, so they are looked for first.
    """

    def middleware(request):
        if request.path == "/" and "p" in request.GET and (moved := instead_of(request)):
            return moved
        response = get_response(request)
        if response.status_code != 404 or request.path.startswith("/admin/"):
            return response
        return instead_of(request) or response

    return middleware


def instead_of(request):
    """The response for an address that an article had, or has while it is unpublished; else None."""
    match = ARTICLE.fullmatch(request.path)
    if match and (article := Article.objects.filter(slug=match[2]).first()):
        return while_unpublished(request, article)
    asked = {request.path, request.get_full_path(), match[1] if match else request.path}
    paths = [path for path in asked if len(path) <= LONGEST and "\0" not in path]
    former = FormerAddress.objects.filter(path__in=paths).select_related("article").first()
    if former is None:
        return None
    if not former.article.is_published:
        return while_unpublished(request, former.article)
    return moved_to(request, former.article, match[3] if match else "")


def moved_to(request, article, rest=""):
    """301 to an article; for a post 308, which keeps what was posted."""
    kind = HttpResponsePermanentRedirect if request.method in ("GET", "HEAD") else MovedForGood
    return kind(article.get_absolute_url() + rest)


def while_unpublished(request, article):
    """What an unpublished article's address answers; None for “not found”, as for a draft."""
    other, is_gone = whereabouts(article)
    if other:
        return moved_to(request, other)
    if is_gone:
        return render(request, "articles/article_gone.html", {"show": article.show}, status=410)
    return None


def whereabouts(article):
    """(the article that readers are sent to instead, or None; whether it is gone for good) of an article.

    Neither for a draft, for what is published, and for what was taken off for now.
    """
    if article.is_published or article.withdrawn_at is None or article.withdrawn_at > timezone.now():
        return None, False
    if article.absence == Article.Absence.MOVED and article.sent_to and article.sent_to.is_published:
        return article.sent_to, False
    return None, article.absence == Article.Absence.FOR_GOOD
