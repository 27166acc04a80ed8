"""Readers' pages. They read no cookie, session or user: everybody gets the same bytes."""

from django.contrib import admin
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from shows.models import Show

from . import lists
from .front_page import live_front
from .internal_links import find
from .models import Article, Author, Category, Page, Series, Tag
from .paging import Slice
from .story import Story, live_story


@require_safe
def front(request):
    return render(request, "articles/front.html", {"front": live_front()})


def listing(request, articles, template="articles/listing.html", **context):
    """A page of a list of articles (`lists`), from the cursor in `?before=` on."""
    page = Slice.of(articles, request.GET.get("before", ""))
    return render(request, template, {"page": page, **context})


@require_safe
def archive(request):
    return listing(request, lists.everything(), heading=_("All articles"))


@require_safe
def category(request, slug):
    category = get_object_or_404(Category, slug=slug)
    articles = lists.in_category(category)
    return listing(request, articles, heading=category.name, about=category.description, label=_("Category"))


@require_safe
def tag(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    articles = lists.with_tag(tag)
    return listing(request, articles, heading=tag.name, label=_("Tag"))


@require_safe
def series(request, slug):
    series = get_object_or_404(Series, slug=slug)
    articles = lists.in_series(series)
    return listing(request, articles, heading=series.name, about=series.description, label=_("Series"))


@require_safe
def author(request, slug):
    author = get_object_or_404(Author, slug=slug)
    articles = lists.by_author(author)
    return listing(request, articles, heading=author.name, about=author.bio, label=_("Author"))


@require_safe
def page(request, slug):
    return render(
        request, "articles/page.html", {"page": get_object_or_404(Page.objects.public(), slug=slug)}
    )


@require_safe
def detail(request, slug):
    return render_story(request, live_story(slug))


def render_article(request, edition, *, preview):
    """The article page of a composed edition below `preview`, the `articles.previews.Bar` of it."""
    return render_story(request, Story(edition), preview)


def render_story(request, story, preview=None):
    edition = story.edition
    return render(
        request,
        "articles/article_detail.html",
        {"story": story, "edition": edition, "article": edition.article, "preview": preview},
    )


@require_safe
def by_id(request, kind, pk):
    """Where a link that is kept by id leads now: 302, or 404 where readers may not go."""
    found = find({(kind, pk)}).get((kind, pk))
    if found is None or not found.address:
        raise Http404
    return HttpResponseRedirect(found.address)


@cache_control(no_store=True)
@require_safe
def edit_link(request):
    """Where staff edit the page at `?path=`: {"url", "label"}, or 204 for whoever may not, or cannot."""
    found = editable_at(request.GET.get("path", ""))
    if found is None or not request.user.is_active or not request.user.is_staff:
        return HttpResponse(status=204)
    if not admin.site.get_model_admin(type(found)).has_change_permission(request, found):
        return HttpResponse(status=204)
    name = f"admin:{found._meta.app_label}_{found._meta.model_name}_change"
    return JsonResponse({"url": reverse(name, args=[found.pk]), "label": _("Edit this page")})


def editable_at(path):
    """The row that the public page at `path` shows, or None."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    models = {
        "articles:detail": Article,
        "articles:category": Category,
        "articles:tag": Tag,
        "articles:series": Series,
        "articles:author": Author,
        "articles:page": Page,
        "shows:detail": Show,
    }
    model = models.get(match.view_name)
    return model and model.objects.filter(slug=match.kwargs["slug"]).first()
