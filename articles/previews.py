"""Previews: the page that publishing would give, drawn by the readers' own code and kept by nobody."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from .frozen_state import edition_from
from .models import Edition, PreviewLink
from .moments import moment
from .views import render_article

# Beside the text the page stands in a frame of the newsroom's own.
FRAMED_CSP = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}


@dataclass
class Bar:
    """What stands above a previewed page: which text it is, what is wrong with it, and where to go."""

    sentence: str
    problems: list = field(default_factory=list)  # (label, sentence)
    links: list = field(default_factory=list)  # (address, text)
    is_beside: bool = False


def draw_preview(request, edition, bar):
    """The page of an edition under the readers' policy; `bar` stands above it. Nobody keeps or indexes it."""
    policy = FRAMED_CSP if bar.is_beside else settings.SECURE_CSP
    draw = never_cache(csp_override(policy)(render_article))
    response = draw(request, edition, preview=bar)
    response.headers["X-Robots-Tag"] = "noindex"
    if bar.is_beside:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


# For people without a login.


def signer():
    return TimestampSigner(salt="articles.preview-link")


def path_of(link):
    """Where a link shows what it shows; whoever has this may look."""
    return reverse("articles:shared_preview", args=[signer().sign(str(link.pk))])


def link_of(token):
    """The link that a token stands for, or None where it is gone; raises BadSignature."""
    pk = signer().unsign(token)
    return PreviewLink.objects.select_related("article__category", "article__show").filter(pk=pk).first()


@require_safe
@never_cache
def shared_preview(request, token):
    """An unpublished state for whoever has its address: the same page for everyone, until it ends."""
    try:
        link = link_of(token)
    except BadSignature:
        return ended(request, 404)
    if link is None or not link.is_open:
        return ended(request, 410)
    bar = Bar(gettext("Preview, not published. Expires %s.") % moment(link.expires_at))
    return for_strangers(draw_preview(request, shown_by(link), bar))


def shown_by(link):
    """What a link shows: the state that it was made of, or the newest saved draft."""
    return edition_from(link.state, link.article) if link.state else Edition.compose(link.article)


def ended(request, status):
    """A page that says how to go on; it tells nothing of the article."""
    return for_strangers(render(request, "articles/preview_ended.html", {"status": status}, status=status))


def for_strangers(response):
    """The address lets in whoever has it, so it is told to no other site."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
