"""Comments as Atom: of one article and of the whole site, the same bytes for everyone."""

from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from articles.atom import answer, feed_of, xml_text
from articles.models import Edition, Publication
from articles.models.published import published_q
from articles.templatetags.articles import site_address

from .models import Comment
from .text import body_html, without_spoilers
from .views.pages import live_edition

NEWEST = 50
SHOWN = ("name", "body", "is_spoiler", "created_at", "moderated_at", "article__slug")


@require_safe
@conditional_page
def article_feed(request, slug):
    """The newest comments of one article."""
    edition = live_edition(slug)
    title = gettext("Comments on %(headline)s") % {"headline": edition.headline}
    comments = edition.article.comments.approved()
    return _answer(request, title, f"{edition.article.get_absolute_url()}#comments", comments)


@require_safe
@conditional_page
def site_feed(request):
    """The newest comments on whatever is published."""
    title = gettext("Comments on %(name)s") % {"name": Publication.current().name}
    comments = Comment.objects.approved().filter(published_q(prefix="article__"))
    return _answer(request, title, reverse("articles:front"), comments)


def _answer(request, title, link, comments):
    newest = comments.select_related("article").order_by("-created_at", "-pk")
    newest = list(newest.only(*SHOWN)[:NEWEST])
    headlines = dict(
        Edition.objects.live()
        .filter(article__in={comment.article_id for comment in newest})
        .order_by()
        .values_list("article", "headline")
    )
    feed = feed_of(request, title, link)
    for comment in newest:
        if comment.article_id in headlines:
            feed.add_item(**_item(comment, headlines[comment.article_id]))
    return answer(feed)


def _item(comment, headline):
    names = {"name": comment.shown_name, "headline": headline}
    address = site_address(comment.get_absolute_url())
    body = gettext("[spoiler]") if comment.is_spoiler else without_spoilers(comment.body)
    return {
        "title": xml_text(gettext("%(name)s on “%(headline)s”") % names),
        "link": address,
        "unique_id": address,
        "description": xml_text(body_html(body)),
        "author_name": xml_text(comment.shown_name),
        "pubdate": comment.created_at,
        "updateddate": max(comment.created_at, comment.moderated_at or comment.created_at),
    }
