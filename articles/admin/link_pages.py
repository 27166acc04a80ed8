"""What the text's tools ask for: our own articles and shows to link to, an address to embed, a paste."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import pasting
from ..embed_forms import hint
from ..internal_links import ARTICLE, address_by_id, choices, find, may_know, target_of

LONGEST_ADDRESS = 500


class LinkPages:
    """The part of the article's model admin that helps with the text."""

    def get_urls(self):
        pages = [
            ("link-search/", self.link_search_view, "link_search"),
            ("embed-hint/", self.embed_hint_view, "embed_hint"),
            ("<path:object_id>/paste/", self.paste_view, "paste"),
        ]
        return [
            path(at, self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    @method_decorator([require_safe, never_cache])
    def link_search_view(self, request):
        """{"results"} for the words in `?q=`; for a link that is kept by id in `?href=`, {"leads_to"}."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if "href" in request.GET:
            return JsonResponse({"leads_to": leads_to(request.GET["href"], request.user)})
        found = choices(request.GET.get("q", "")[:200], request.user)
        return JsonResponse({"results": [choice(kind, row) for kind, row in found]})

    @method_decorator([require_safe, never_cache])
    def embed_hint_view(self, request):
        """What an embed with the address in `?url=` becomes, and the fields that it has a place for."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return JsonResponse(hint(request.GET.get("url", "").strip()[:LONGEST_ADDRESS]))

    @method_decorator([require_POST, never_cache])
    def paste_view(self, request, object_id):
        """The blocks that a pasted article becomes, of which nothing is saved; 422 with a sentence."""
        article = self.article_or_404(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        try:
            paste = pasting.read(request.POST.get("html", ""), request.POST.get("text", ""))
        except pasting.Refused as refused:
            return JsonResponse({"error": str(refused)}, status=422)
        told = {"headline": paste.headline, "words": paste.words, "left_out": paste.left_out}
        return JsonResponse({**told, "notes": paste.notes, "blocks": paste.blocks})


def choice(kind, row):
    if kind == ARTICLE:
        title, note = row.live_headline or row.headline, article_note(row)
    else:
        title, note = row.label, _("Show")
    return {"href": address_by_id(kind, row.pk), "title": title, "note": note}


def article_note(article):
    return _("Article") if article.is_published else _("Article, not published: no link for readers yet")


def leads_to(href, user):
    """A sentence about what a link that is kept by id leads to; empty for any other.

    Of another's draft a writer learns nothing here, not even that there is one.
    """
    target = target_of(href)
    if target is None:
        return ""
    found = find({target}).get(target)
    if found is None or not (found.address or may_know(target, user)):
        return _("Leads nowhere: what it led to is gone.")
    if not found.address:
        return (
            _("Leads to “%s”, which readers cannot open now: they see the words without a link.")
            % found.title
        )
    return _("Leads to “%s”, wherever it moves.") % found.title
