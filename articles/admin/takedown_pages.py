"""Taking down a passage on a legal claim."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..takedown_forms import PassageForm
from ..takedown_passages import find, take_down


class TakedownPages:
    """The part of the article's model admin that takes down."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.takedown_view)
        return [
            path("<path:object_id>/takedown/", view, name="articles_article_takedown"),
            *super().get_urls(),
        ]

    def takedown_view(self, request, object_id):
        """Ask for the passage and the claim; show where it stands; then remove it everywhere."""
        article = self.article_or_404(request, object_id)
        if not request.user.has_perm("articles.take_down"):
            raise PermissionDenied
        form = PassageForm(request.POST or None)
        places = self.places_of(article, form) if request.method == "POST" else []
        if places and form.cleaned_data["sure"] and form.cleaned_data["found"] == signed(places):
            return self.take_down(request, article, form.cleaned_data)
        if places:
            form.data = form.data.copy()
            form.data["found"] = signed(places)
        context = {
            "title": _("Take down a passage"),
            "article": article,
            "form": form,
            "fields": [form[name] for name in ("passage", "instead", "reason")],
            "places": list(dict.fromkeys(place.name for place in places)),
        }
        return self.page(request, "takedown", context)

    def places_of(self, article, form):
        """Where the passage stands; an error beside it where that is nowhere."""
        if not form.is_valid():
            return []
        places = find(article, form.cleaned_data["passage"], form.cleaned_data["instead"])
        if not places:
            said = gettext("It stands nowhere in this article: not in a version, not in the draft.")
            form.add_error("passage", said)
        return places

    def take_down(self, request, article, asked):
        words = {name: asked[name] for name in ("instead", "reason")}
        takedown = take_down(article, asked["passage"], by=request.user, **words)
        if takedown:
            self.log_change(request, article, gettext("Took down a passage."))
            said = gettext("Taken down from: %s.") % ", ".join(takedown.found_in.splitlines())
            messages.success(request, said)
        return redirect(self.change_url(article))


def signed(places):
    """What tells whether the places are those that were shown."""
    return " ".join(f"{place.row._meta.model_name}-{place.row.pk}" for place in places)
