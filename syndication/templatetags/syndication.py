"""What pages tell machines: `{% load syndication %}`."""

from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, to_locale

from articles.templatetags.articles import site_address

from .. import structured, structured_shows
from ..cards import social_image as image_for
from ..pictures import poster_of
from ..things import script

register = template.Library()


@register.simple_tag
def article_data(story, thread, publication):
    """The article in schema.org's words, and the way to it."""
    article = story.edition.article
    category = article.category
    steps = [(category.name, category.get_absolute_url())] if category else []
    steps.append((story.edition.headline, article.get_absolute_url()))
    return script(
        structured.news_article(story, thread.count, publication),
        structured.breadcrumbs(publication, *steps),
    )


@register.simple_tag
def show_data(record, credits, publication, shows_path, shows_name):
    """A show in schema.org's words, and the way to it."""
    show = record.show
    way = structured.breadcrumbs(publication, (shows_name, shows_path), (show.title, show.get_absolute_url()))
    return script(structured_shows.tv_series(record, credits), way)


@register.simple_tag
def network_data(network, publication):
    """A network in schema.org's words, and the way to it."""
    way = structured.breadcrumbs(publication, (network.name, network.get_absolute_url()))
    return script(structured_shows.network(network), way)


@register.simple_tag
def person_data(person, publication):
    """A person of shows in schema.org's words, and the way to them."""
    way = structured.breadcrumbs(publication, (person.name, person.get_absolute_url()))
    return script(structured_shows.person(person), way)


@register.simple_tag(takes_context=True)
def listing_data(context, publication):
    """The way to a list; an author's is a profile."""
    request, heading = context["request"], context["heading"]
    things = [structured.breadcrumbs(publication, (heading, request.path))]
    if request.resolver_match and request.resolver_match.view_name == "articles:author":
        things.insert(0, structured.profile_page(heading, request.path, context.get("about", "")))
    return script(*things)


@register.simple_tag
def page_data(title, path, publication):
    """The way to a page that hangs below the front page."""
    return script(structured.breadcrumbs(publication, (title, path)))


@register.simple_tag
def site_data(publication):
    """The site in schema.org's words."""
    return script(structured.web_site(publication))


@register.simple_tag
def social_image(story, publication):
    """The picture that social networks show for an article, or None."""
    return image_for(story.edition, story.record and story.record.show, publication)


@register.simple_tag
def show_image(show):
    """The poster that social networks show for a show, or None."""
    return poster_of(show)


@register.simple_tag
def canonical(path, **asked):
    """The link that gives a part of a list its one address: the path with what of the query counts.

    Nothing else that somebody put behind a question mark becomes an address. The first page is not numbered.
    """
    query = urlencode(
        {name: value for name, value in asked.items() if value and (name, value) != ("page", 1)}
    )
    return format_html('<link rel="canonical" href="{}{}">', site_address(path), f"?{query}" if query else "")


@register.simple_tag
def locale():
    """The page's language as OpenGraph writes it: “en_GB”."""
    return to_locale(get_language())
