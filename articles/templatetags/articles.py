"""What templates ask of articles: `{% load articles %}`."""

from datetime import date
from urllib.parse import urljoin, urlsplit

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .. import lists
from ..internal_links import OwnLinks
from ..name_at_hand import name_at_hand

register = template.Library()


@register.simple_tag
def coverage(show, limit=6):
    """The latest Headlines about a show; one query."""
    return lists.headlines_about(show.pk, limit)


@register.simple_tag
def wordmark(name):
    """A publication's name in type: the last letters let go of the line. Read aloud as one word."""
    if len(name) < 4:
        return name
    return format_html(
        '<span class="sr">{}</span><span aria-hidden="true">{}<i>{}</i></span>', name, name[:-2], name[-2:]
    )


@register.simple_tag(name="name_at_hand")
def name_without_asking(given=""):
    """`given`, else the publication's name as far as it is known without the database."""
    return given or name_at_hand()


@register.simple_tag
def site_address(path=""):
    """An absolute address on this site, by SITE_URL and never by the request's host.

    A path that is absolute already (a picture on a media host) stays as it is.
    """
    return urljoin(settings.SITE_URL, path)


@register.filter
def machine_time(moment):
    """A moment for `<time datetime>`: to the second, because HTML knows no microseconds."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.filter
def day(iso):
    """A day that was stored as text ("2026-05-05") as readers read it."""
    return date_format(date.fromisoformat(iso), "j M Y")


@register.filter
def profile_name(address):
    """How a link to a social profile reads: the host without "www."."""
    return urlsplit(address).netloc.removeprefix("www.")


@register.filter
def cleaned(html):
    """HTML that an edition holds: it was cleaned by the allow-list when it was frozen."""
    return mark_safe(html)  # noqa: S308


@register.filter
def drawn(html):
    """Rich text of a standing page, with the present addresses of our own articles and shows.

    Its headings, kept as an article's below a section's, stand right below the page's own.
    """
    raised = html.replace("<h3>", "<h2>").replace("</h3>", "</h2>")
    return mark_safe(OwnLinks([html]).drawn(raised))  # noqa: S308
