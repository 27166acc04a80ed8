"""What other apps' pages show of comments: `{% load comments %}`."""

from django import template

from .. import threads
from ..counts import counts_by_article
from ..discussed import most_discussed
from ..forms import blank_form_html
from ..models import Comment
from ..proxies import all_come_from_one

register = template.Library()


@register.simple_tag
def comments_for(article):
    """The first page of the article's Discussion for `comments/_comments.html`."""
    return threads.Discussion(article)


@register.simple_tag
def comment_counts(articles, *more):
    """Approved comments by article for lists of articles or editions, in one query; see `count_for`."""
    return counts_by_article({_article_id(item) for item in (*articles, *more) if item})


register.simple_tag(most_discussed)


@register.filter
def count_for(counts, article):
    """How many comments an article or edition has, of the counts of `comment_counts`; 0 without counts."""
    return counts.get(_article_id(article), 0) if counts else 0


def _article_id(item):
    return getattr(item, "article_id", None) or item.pk


@register.simple_tag
def comments_address(article):
    """Where the article's comments are posted; a comment's permalink is this with its number."""
    return threads.comments_address(article)


@register.simple_tag
def blank_comment_form(article, policy):
    """The empty form, rendered once for all articles."""
    return blank_form_html(article, policy)


@register.simple_tag
def comments_come_from_one_network():
    """Whether a proxy seems to hide readers' addresses, for the newsroom's front page."""
    return all_come_from_one()


@register.simple_tag
def waiting_comments():
    """How many comments wait for a moderator, for the newsroom's front page."""
    return Comment.objects.pending().count()
