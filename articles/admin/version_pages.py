"""An article's versions: their list, any two side by side, and one brought back into the draft."""

from itertools import pairwise

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from logbook.models import Entry

from ..comparing import changes, compare
from ..models import Edition
from ..restoring import restore

DRAFT = "draft"


class VersionPages:
    """The part of the article's model admin that deals with what was published."""

    def get_urls(self):
        pages = [
            ("versions/", self.versions_view, "versions"),
            ("compare/", self.compare_view, "compare"),
            ("restore/<int:number>/", self.restore_view, "restore"),
        ]
        return [
            path(f"<path:object_id>/{at}", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    @method_decorator(require_safe)
    def versions_view(self, request, object_id):
        """Every version with who, when and why; from here they are compared, restored and cancelled."""
        article = self.article_or_404(request, object_id)
        editions = list(article.editions.defer("content").order_by("-number"))
        live = article.live_edition
        for edition in editions:
            edition.is_live = live is not None and edition.pk == live.pk
            edition.is_to_come = edition.published_at > timezone.now()
        for edition, older in pairwise(editions):
            edition.before = older.number
        context = {
            "title": _("Versions"),
            "article": article,
            "editions": editions,
            "live": live,
            "may_change": self.has_change_permission(request, article),
            "may_publish": self.has_publish_permission(request),
        }
        return self.page(request, "versions", context)

    @method_decorator(require_safe)
    def compare_view(self, request, object_id):
        """Two states side by side: `?from=` and `?to=` are version numbers, or "draft"."""
        article = self.article_or_404(request, object_id)
        numbers = list(article.editions.order_by("-number").values_list("number", flat=True))
        if not numbers:
            raise Http404
        live = article.live_edition
        default = str(live.number if live else numbers[0])
        chosen = [request.GET.get("from", default), request.GET.get("to", DRAFT)]
        old, new = (self.state_or_404(article, name) for name in chosen)
        shows_all = "all" in request.GET
        differences = compare(old, new) if shows_all else changes(old, new)
        context = {
            "title": _("Compare"),
            "article": article,
            "choices": [(str(n), gettext("Version %d") % n) for n in numbers] + [(DRAFT, gettext("Draft"))],
            "from": chosen[0],
            "to": chosen[1],
            "names": [self.state_name(name) for name in chosen],
            "differences": differences,
            "shows_all": shows_all,
        }
        return self.page(request, "compare", context)

    def state_or_404(self, article, name):
        if name == DRAFT:
            return Edition.compose(article)
        edition = article.editions.filter(number=int(name)).first() if name.isdecimal() else None
        if edition is None:
            raise Http404
        return edition

    def state_name(self, name):
        return gettext("Draft") if name == DRAFT else gettext("Version %s") % name

    def restore_view(self, request, object_id, number):
        """Say what of the draft would go, then put the version in its place."""
        article = self.article_or_404(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        edition = self.state_or_404(article, str(number))
        if request.method == "POST":
            restore(edition)
            said = gettext("Restored version %d into the draft.") % number
            self.keep_in_log(request, article, Entry.Action.RESTORED, said)
            messages.success(
                request, gettext("Version %d is the draft again. Readers see what they saw before.") % number
            )
            return redirect(self.change_url(article))
        differences = changes(Edition.compose(article), edition)
        context = {
            "title": gettext("Restore version %d?") % number,
            "article": article,
            "edition": edition,
            "differences": differences,
            "names": [gettext("Draft"), gettext("Version %d") % number],
        }
        return self.page(request, "restore", context)
