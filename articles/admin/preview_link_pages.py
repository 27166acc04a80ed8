"""Links that show an unpublished article to people without a login: made, listed and revoked."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from logbook.models import Entry

from ..models import PreviewLink
from ..moments import moment
from ..preview_link_forms import PreviewLinkForm
from ..previews import path_of
from .article_pages import atomic_post


class PreviewLinkPages:
    """Whoever may change an article may show it around, and may revoke every link to it."""

    def get_urls(self):
        pages = [
            ("links/", self.links_view, "links"),
            ("links/<int:pk>/revoke/", self.revoke_view, "revoke_link"),
        ]
        return [
            path(f"<path:object_id>/{at}", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["open_links"] = obj.preview_links.open().count()
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def changeable_or_404(self, request, object_id):
        article = self.article_or_404(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    @atomic_post
    def links_view(self, request, object_id):
        """Every link to the article with what became of it, and the form that makes one more."""
        article = self.changeable_or_404(request, object_id)
        form = PreviewLinkForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self.make_link(request, article, form)
            return redirect("admin:articles_article_links", article.pk)
        context = {
            "title": _("Preview links"),
            "article": article,
            "form": form,
            "links": [self.row_of(link) for link in article.preview_links.for_listing()],
        }
        return self.page(request, "links", context)

    def make_link(self, request, article, form):
        link = form.make(article, request.user)
        words = {"who": link.for_whom, "at": moment(link.expires_at)}
        said = gettext("Preview link for %(who)s, open until %(at)s.") % words
        self.keep_in_log(request, article, Entry.Action.SHARED, said)
        messages.success(request, said)

    def row_of(self, link):
        """A link as its list shows it; only one that is open has an address to give away."""
        return {
            "link": link,
            "address": settings.SITE_URL + path_of(link) if link.is_open else "",
            "made": moment(link.created_at),
            "status": status_of(link),
        }

    def revoke_view(self, request, object_id, pk):
        """Ask, then end a link before its time."""
        article = self.changeable_or_404(request, object_id)
        link = get_object_or_404(article.preview_links.defer("state"), pk=pk)
        if request.method == "POST":
            self.revoke(request, article, link)
            return redirect("admin:articles_article_links", article.pk)
        context = {
            "title": _("Revoke this link?"),
            "article": article,
            "link": link,
            "status": status_of(link),
            "back": reverse("admin:articles_article_links", args=[article.pk]),
        }
        return self.page(request, "revoke_link", context)

    @method_decorator(transaction.atomic)
    def revoke(self, request, article, link):
        revoked = PreviewLink.objects.open().filter(pk=link.pk).update(revoked_at=timezone.now())
        if not revoked:
            messages.warning(request, gettext("That link had ended already."))
            return
        said = gettext("Preview link for %s revoked: it shows nothing any more.") % link.for_whom
        self.keep_in_log(request, article, Entry.Action.REVOKED, said)
        messages.success(request, said)


def status_of(link):
    if link.revoked_at:
        return gettext("Revoked %s") % moment(link.revoked_at)
    if link.is_open:
        return gettext("Open until %s") % moment(link.expires_at)
    return gettext("Expired %s") % moment(link.expires_at)
