"""Articles and decisions as Atom: of the site and of each of its lists, the same bytes for everyone."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from articles import lists
from articles.atom import answer, feed_of, xml_text
from articles.internal_links import ARTICLE, SHOW, address_by_id
from articles.models import Author, Category, Edition, Publication, Series, Tag
from articles.templatetags.articles import site_address
from shows.decision_words import dated_sentence_of, headline_of
from shows.forecast_words import chance_text
from shows.links import is_web_address
from shows.models import Decision, Outlook, Show

from . import full_text

NEWEST = 50


@require_safe
@conditional_page
def site(request):
    """The newest articles of the whole site."""
    return _answer(request, lists.everything(), reverse("articles:front"))


@require_safe
@conditional_page
def category(request, slug):
    category = get_object_or_404(Category, slug=slug)
    return _listed(request, category, lists.in_category(category))


@require_safe
@conditional_page
def tag(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    return _listed(request, tag, lists.with_tag(tag))


@require_safe
@conditional_page
def series(request, slug):
    series = get_object_or_404(Series, slug=slug)
    return _listed(request, series, lists.in_series(series))


@require_safe
@conditional_page
def author(request, slug):
    author = get_object_or_404(Author, slug=slug)
    return _listed(request, author, lists.by_author(author))


@require_safe
@conditional_page
def show(request, slug):
    """The newest coverage of a show."""
    show = get_object_or_404(Show.objects.with_label(), slug=slug)
    return _answer(request, lists.about(show.pk), show.get_absolute_url(), show.label)


def _listed(request, row, articles):
    return _answer(request, articles, row.get_absolute_url(), row.name)


def _answer(request, articles, link, heading=""):
    """The feed of the newest of a list of articles (`articles.lists`)."""
    publication = Publication.current()
    title = f"{publication.name}: {heading}" if heading else publication.name
    feed = feed_of(request, title, link, author=publication.name)
    editions = lists.live(articles, NEWEST, editions=Edition.objects.live().with_updated_at())
    newest = full_text.with_parts(editions.defer(None))
    is_full = settings.FEED_TEXT == "full"
    for edition in newest:
        feed.add_item(**_item(edition, is_full))
    return answer(feed, max((edition.published_at for edition in newest), default=None))


def _item(edition, is_full):
    article = edition.article
    filed = [article.category, *article.tags.all()]
    return {
        "title": xml_text(edition.headline),
        "link": site_address(article.get_absolute_url()),
        # The address by id outlives every change of the slug.
        "unique_id": site_address(address_by_id(ARTICLE, article.pk)),
        "description": xml_text(full_text.paragraph(edition.standfirst)),
        "content": xml_text(full_text.html_of(edition)) if is_full else "",
        "authors": [
            (xml_text(row.author.name), site_address(row.author.get_absolute_url()))
            for row in edition.edition_authors_in_order
        ],
        "pubdate": article.published_at,
        "updateddate": max(filter(None, [edition.updated_at, article.published_at])),
        "categories": [xml_text(row.name) for row in filed if row],
    }


@require_safe
@conditional_page
def decisions(request):
    """The newest decisions that have a date, each with where it can be read."""
    return _decided(request, Decision.objects.all(), reverse("shows:list"))


@require_safe
@conditional_page
def show_decisions(request, slug):
    """The decisions about one show, and nothing else."""
    show = get_object_or_404(Show.objects.with_label(), slug=slug)
    return _decided(request, show.decisions.all(), show.get_absolute_url(), show.label)


def _decided(request, decisions, link, heading=""):
    """The feed of the newest of these decisions."""
    dated = decisions.filter(announced_on__lte=timezone.localdate())
    newest = dated.select_related("show__network", "network").order_by("-announced_on", "-pk")[:NEWEST]
    publication = Publication.current()
    whose = f"{publication.name}: {heading}" if heading else publication.name
    feed = feed_of(request, _("%(name)s: decisions") % {"name": whose}, link, author=publication.name)
    for decision in newest:
        feed.add_item(**_decision_item(decision))
    return answer(feed)


def _decision_item(decision):
    show = decision.show
    return {
        "title": xml_text(headline_of(decision)),
        "link": site_address(show.get_absolute_url()),
        "unique_id": f"{site_address(address_by_id(SHOW, show.pk))}#decision-{decision.pk}",
        "description": xml_text(
            format_html("<p>{}{}</p>", dated_sentence_of(decision), _source_of(decision))
        ),
        "pubdate": decision.created_at,
        "updateddate": decision.created_at,
        "categories": [xml_text(show.title), xml_text(decision.get_outcome_display())],
    }


@require_safe
@conditional_page
def forecasts(request):
    """The newest forecasts, each with its reasons; what became of them stands on their page."""
    newest = Outlook.objects.filter(dated_on__lte=timezone.localdate()).select_related("show__network")
    publication = Publication.current()
    title = _("%(name)s: forecasts") % {"name": publication.name}
    feed = feed_of(request, title, reverse("tracker:forecasts"), author=publication.name)
    for outlook in newest.order_by("-dated_on", "-pk")[:NEWEST]:
        feed.add_item(**_forecast_item(outlook))
    return answer(feed)


def _forecast_item(outlook):
    show = outlook.show
    words = {"show": show.title, "question": outlook.question, "forecast": outlook}
    chance = _("renewal %(chance)s") % {"chance": chance_text(outlook.step)}
    said = format_html("<p>{} ({}). {}</p>", outlook, chance, outlook.reason)
    if outlook.withdrawn_at:
        said += format_html("<p>{} {}</p>", _("Withdrawn:"), outlook.withdrawn_reason)
    return {
        "title": xml_text(_("%(show)s: %(question)s %(forecast)s") % words),
        "link": site_address(f"{show.get_absolute_url()}#forecasts"),
        "unique_id": f"{site_address(address_by_id(SHOW, show.pk))}#forecast-{outlook.pk}",
        "description": xml_text(said),
        "author_name": xml_text(outlook.author_name) or None,
        "pubdate": outlook.created_at,
        "updateddate": outlook.withdrawn_at or outlook.created_at,
        "categories": [xml_text(show.title)],
    }


def _source_of(decision):
    name, address = decision.source_name, decision.source_url
    if is_web_address(address):
        return format_html(' {} <a href="{}">{}</a>', _("Source:"), address, name or address)
    return format_html(" {} {}", _("Source:"), name) if name else ""
