"""What other apps' pages show of comments: `{% load comments %}`."""

from django import template
from django.db.models import Count
from django.urls import reverse

from ..forms import blank_form_html
from ..models import Comment
from ..threads import Discussion

register = template.Library()


@register.simple_tag
def comments_for(article):
    """The article's Discussion (`count`, `entries`) for `comments/_comments.html`; one query."""
    return Discussion.of(article)


@register.simple_tag
def comment_counts(articles):
    """Approved comments by article for a list of articles or editions, in one query; see `count_for`."""
    ids = [_article_id(item) for item in articles]
    counts = Comment.objects.approved().filter(article__in=ids).order_by().values_list("article")
    return dict(counts.annotate(Count("pk")))


@register.filter
def count_for(counts, article):
    """How many comments an article or edition has, of the counts of `comment_counts`."""
    return counts.get(_article_id(article), 0)


def _article_id(item):
    return getattr(item, "article_id", None) or item.pk


@register.simple_tag
def comments_address(article):
    """Where the article's comments are posted; a comment's permalink is this with its number."""
    return reverse("comments:post", args=[article.slug])


@register.simple_tag
def blank_comment_form(article):
    """The empty form, rendered once for all articles."""
    return blank_form_html(article)


@register.simple_tag
def waiting_comments():
    """How many comments wait for a moderator, for the newsroom's front page."""
    return Comment.objects.pending().count()
