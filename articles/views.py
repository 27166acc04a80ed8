"""Readers' pages. They read no cookie, session or user: everybody gets the same bytes."""

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from shows.models import Show
from shows.record import Record

from . import embeds, lists
from .front_page import Front
from .internal_links import find
from .models import Article, Author, Category, Edition, Page, Series, Tag
from .paging import Slice
from .reading_time import reading_minutes, word_count


@require_safe
def front(request):
    return render(request, "articles/front.html", {"front": Front()})


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
    editions = Edition.objects.live().with_updated_at()
    editions = editions.select_related("article__category", "article__show", "article__series")
    editions = editions.prefetch_related("article__tags", "article__also_about")
    return render_article(request, get_object_or_404(editions, article__slug=slug))


def render_article(request, edition, *, preview=None):
    """The article page of an edition: a live one, or a composed one for `preview`.

    `preview` is the `articles.previews.Bar` that stands above it.
    """
    return render(
        request,
        "articles/article_detail.html",
        {"story": Story(edition), "edition": edition, "article": edition.article, "preview": preview},
    )


@require_safe
def by_id(request, kind, pk):
    """Where a link that is kept by id leads now: 302, or 404 where readers may not go."""
    found = find({(kind, pk)}).get((kind, pk))
    if found is None or not found.address:
        raise Http404
    return HttpResponseRedirect(found.address)


class Story:
    """What an article page draws of an edition; each part is asked of the database once, when it is used."""

    def __init__(self, edition):
        self.edition = edition

    @cached_property
    def records(self):
        """The record of every show that the page speaks of, by id."""
        return Record.for_shows(self.edition.show_ids)

    @property
    def record(self):
        """The record of the article's own show, or None."""
        return self.records.get(self.edition.article.show_id)

    @property
    def decided(self):
        """The article's own show where a decision is in force: its status then stands above the headline."""
        show = self.record and self.record.show
        return show if show and show.status_outcome else None

    @cached_property
    def blocks(self):
        """The edition's blocks with their pictures and records; what is no longer there is left out.

        `level` is that of a panel's heading: below the section's, or the first below the headline.
        """
        drawn, level = [], 2
        for raw in self.edition.blocks:
            if block := self.drawable(raw):
                level = 3 if block.get("heading") else level
                drawn.append(block | {"level": level})
        return drawn

    def drawable(self, block):
        """A block as its template wants it, or None when there is nothing to draw."""
        block = block | {"template": f"articles/_{block['type']}.html"}
        if block["type"] == "picture":
            picture = self.edition.edition_images_by_id.get(block["image"])
            return picture and block | {"picture": picture, "caption": block["caption"] or picture.caption}
        if block["type"] == "panel":
            record = self.records.get(block["show"] or self.edition.article.show_id)
            return record and block | {"record": record}
        if block["type"] == "section":
            return block | {"html": self.edition.own_links.drawn(block["html"])}
        if block["type"] == "embed":
            return embeds.drawable(block, self.edition.edition_images_by_id.get(block["poster"]))
        return block

    @cached_property
    def word_count(self):
        return word_count(self.edition)

    @property
    def reading_minutes(self):
        return reading_minutes(self.word_count)

    @property
    def has_player(self):
        """Whether there is a video, for which the page needs its script."""
        return any(block.get("player") for block in self.blocks)

    @property
    def contents(self):
        """The headed sections, where there are enough of them for a table of contents."""
        return self.edition.sections if len(self.edition.sections) >= 4 else []

    @cached_property
    def coverage(self):
        """The latest other articles about the same show."""
        article = self.edition.article
        found = lists.live(lists.about(article.show_id), 7) if article.show_id else []
        return [edition for edition in found if edition.article_id != article.pk][:6]

    @cached_property
    def parts(self):
        """The parts of the article's series before and after it; empty where it is in none."""
        article = self.edition.article
        if not article.series_id or not article.published_at:
            return {}
        parts = Edition.objects.live().filter(article__series=article.series_id).for_listing()
        at, pk = article.published_at, article.pk
        same = Q(article__published_at=at)
        before = parts.filter(Q(article__published_at__lt=at) | same & Q(article__lt=pk))
        after = parts.filter(Q(article__published_at__gt=at) | same & Q(article__gt=pk))
        return {"before": before.first(), "after": after.reverse().first()}


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
