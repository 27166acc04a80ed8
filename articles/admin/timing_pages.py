"""Moments that are not the text's: another time for what is to come, another date of first publication."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from logbook.models import Entry

from ..moments import moment
from ..timing_forms import FirstPublishedForm, MoveForm


class TimingPages:
    """The part of the article's model admin that moves moments."""

    def get_urls(self):
        pages = [
            ("versions/<int:pk>/move/", self.move_view, "move"),
            ("first-published/", self.first_published_view, "first_published"),
        ]
        return [
            path(f"<path:object_id>/{at}", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    def move_view(self, request, object_id, pk):
        """Give a version that is still to come another moment."""
        article = self.publishable_or_404(request, object_id)
        edition = get_object_or_404(article.editions, pk=pk)
        form = MoveForm(request.POST or None, initial={"at": edition.published_at})
        if request.method == "POST" and form.is_valid():
            self.move(request, article, edition, form.cleaned_data["at"])
            return redirect("admin:articles_article_versions", article.pk)
        words = {"number": edition.number, "at": moment(edition.published_at)}
        context = {
            "title": gettext("Another time for version %d") % edition.number,
            "about": gettext("Version %(number)d goes live %(at)s.") % words,
            "verb": _("Move it"),
            "back": "admin:articles_article_versions",
        }
        return self.page(request, "timing", context | {"article": article, "form": form})

    @transaction.atomic
    def move(self, request, article, edition, at):
        words = {"number": edition.number, "before": moment(edition.published_at), "at": moment(at)}
        if not article.move(edition, at):
            messages.warning(request, gettext("Too late: readers see that version already."))
            return
        said = gettext("Version %(number)d goes live %(at)s, not %(before)s.") % words
        self.keep_in_log(request, article, Entry.Action.RESCHEDULED, said)
        messages.success(request, said)

    def first_published_view(self, request, object_id):
        """Change the date that readers are told, for what was first published elsewhere."""
        article = self.publishable_or_404(request, object_id)
        form = FirstPublishedForm(request.POST or None, article=article)
        if request.method == "POST" and form.is_valid():
            self.date(request, article, form.cleaned_data["at"])
            return redirect(self.change_url(article))
        first = article.published_at
        context = {
            "title": _("Date of first publication"),
            "about": gettext("Readers are told: first published %s.") % moment(first) if first else "",
            "verb": _("Change the date"),
            "back": "admin:articles_article_change",
        }
        return self.page(request, "timing", context | {"article": article, "form": form})

    @transaction.atomic
    def date(self, request, article, at):
        words = {"before": moment(article.published_at), "at": moment(at)}
        article.first_published(at)
        said = gettext("First published %(at)s, not %(before)s.") % words
        self.keep_in_log(request, article, Entry.Action.DATED, said)
        messages.success(request, said)
