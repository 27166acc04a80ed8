"""What the newsroom's templates ask about stale articles: `{% load newsroom_stale %}`."""

from django import template

from ..stale_list import stale_for

register = template.Library()


@register.simple_tag(takes_context=True)
def stale_articles(context):
    """The page's own list, where its view gave one as `stale`; else the open alerts of whoever looks."""
    return context["stale"] if "stale" in context else stale_for(context["user"])
