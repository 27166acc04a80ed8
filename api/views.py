"""The addresses of the API: what readers see, and nothing else, as JSON."""

from django.db.models import Q
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import lists as articles_of
from articles.absence import whereabouts
from articles.models import Article, Author, Category, Edition, FormerAddress, Publication, Series, Tag
from articles.paging import Slice
from articles.templatetags.articles import site_address
from comments.keysets import after, cursor_of
from comments.views.pages import live_edition
from shows.models import Decision, Network, Show, shows_with_status
from shows.record import Record
from shows.status_words import Status

from . import lists
from .addresses import api_address
from .answers import Problem, endpoint
from .articles import ARTICLE, ARTICLE_CARD
from .description import described
from .discussion import COMMENT
from .shows import DECISION_OF_SHOW, SHOW, SHOW_CARD

LISTED = {
    "show": (Show, lambda show: articles_of.about(show.pk)),
    "category": (Category, articles_of.in_category),
    "tag": (Tag, articles_of.with_tag),
    "series": (Series, articles_of.in_series),
    "author": (Author, articles_of.by_author),
}


@endpoint()
def newest(request):
    return redirect("api:index")


@endpoint()
def index(request):
    """What there is, and whose it is."""
    publication = Publication.current()
    lists_of = {name: api_address(name) for name in ("articles", "shows", "decisions")}
    return {
        "name": publication.name,
        "url": site_address("/"),
        "description": api_address("description"),
        **lists_of,
    }


@endpoint()
def description(request):
    """This API in OpenAPI's words."""
    return described()


@endpoint(*LISTED, "limit", "before")
def articles(request):
    """Live articles, the newest first; of the lists only one can be asked for."""
    asked = [name for name in LISTED if request.GET.get(name)]
    if len(asked) > 1:
        raise Problem(400, _("Ask by one of these: %(names)s.") % {"names": ", ".join(asked)})
    listed = articles_of.everything()
    for name in asked:
        model, list_of = LISTED[name]
        listed = list_of(lists.named(request, name, model.objects))
    lists.cursor_of(request, "before")
    editions = Edition.objects.live().with_updated_at()
    page = Slice.of(listed, request.GET.get("before", ""), lists.limit_of(request), editions)
    return lists.page_of(request, ARTICLE_CARD, page.editions, api_address("articles"), before=page.older)


@endpoint()
def article(request, slug):
    """What readers see of one article now; 301 from a former address, 410 where it is gone for good."""
    editions = Edition.objects.live().with_updated_at()
    editions = editions.select_related("article__category", "article__show", "article__series")
    editions = editions.prefetch_related("article__tags", "article__also_about")
    edition = editions.filter(article__slug=slug).first()
    return ARTICLE.of(edition) if edition else elsewhere(slug)


def elsewhere(slug):
    """Where an article went, as its page answers; Http404 for what never was public."""
    former = FormerAddress.objects.filter(path=f"/articles/{slug}/").select_related("article").first()
    row = Article.objects.filter(slug=slug).first() or (former and former.article)
    if row is None:
        raise Http404
    other, is_gone = (row, False) if former and row.is_published else whereabouts(row)
    if other:
        return HttpResponsePermanentRedirect(api_address("article", other.slug))
    if is_gone:
        raise Problem(410, _("It was taken off for good."))
    raise Http404


@endpoint("limit", "after")
def comments(request, slug):
    """The approved comments of one article, the oldest first."""
    row = live_edition(slug).article
    rows = row.comments.approved().order_by("created_at", "pk")
    if cursor := lists.cursor_of(request, "after"):
        rows = rows.filter(after(cursor))
    found, has_more = lists.split(rows, lists.limit_of(request))
    for comment in found:
        comment.article = row
    onward = cursor_of(found[-1].created_at, found[-1].pk) if has_more else ""
    return lists.page_of(request, COMMENT, found, api_address("comments", slug), after=onward)


@endpoint("status", "network", "limit", "after")
def shows(request):
    """Shows with where they stand today, by their numbers."""
    rows = shows_with_status().order_by("pk")
    if status := lists.chosen(request, "status", Status.values):
        rows = rows.filter(status=status)
    if network := lists.named(request, "network", Network.objects):
        rows = rows.filter(network=network)
    if number := lists.number_of(request, "after"):
        rows = rows.filter(pk__gt=number)
    found, has_more = lists.split(rows, lists.limit_of(request))
    return lists.page_of(
        request, SHOW_CARD, found, api_address("shows"), after=found[-1].pk if has_more else ""
    )


@endpoint()
def show(request, slug):
    """One show with its whole record."""
    pk = get_object_or_404(Show.objects.values_list("pk", flat=True), slug=slug)
    return SHOW.of(Record.for_shows([pk])[pk].with_relations("companies", "genres"))


@endpoint("show", "outcome", "limit", "before")
def decisions(request):
    """Decisions up to today, those recorded last first."""
    rows = Decision.objects.filter(Q(announced_on=None) | Q(announced_on__lte=timezone.localdate()))
    if show := lists.named(request, "show", Show.objects):
        rows = rows.filter(show=show)
    if outcome := lists.chosen(request, "outcome", Decision.Outcome.values):
        rows = rows.filter(outcome=outcome)
    if number := lists.number_of(request, "before"):
        rows = rows.filter(pk__lt=number)
    rows = rows.select_related("show__network", "network").order_by("-pk")
    found, has_more = lists.split(rows, lists.limit_of(request))
    return lists.page_of(
        request,
        DECISION_OF_SHOW,
        found,
        api_address("decisions"),
        before=found[-1].pk if has_more else "",
    )
