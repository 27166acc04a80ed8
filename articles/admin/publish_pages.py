"""Publishing, unpublishing and what is still to come: each asks once, and says what readers will see."""

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from logbook.models import Entry

from ..checks.answering import LONGEST_REASON
from ..checks.report import Report
from ..comparing import changes
from ..models import Edition
from ..moments import moment
from ..publish_forms import PublishForm, UnpublishForm
from .article_pages import atomic_post
from .article_state import published_line, to_come_line


class PublishPages:
    """The part of the article's model admin that changes what readers see."""

    def get_urls(self):
        pages = [
            ("publish/", self.publish_view, "publish"),
            ("unpublish/", self.unpublish_view, "unpublish"),
            ("keep-published/", self.keep_published_view, "keep_published"),
            ("versions/<int:pk>/cancel/", self.cancel_view, "cancel"),
        ]
        return [
            path(f"<path:object_id>/{at}", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    def publishable_or_404(self, request, object_id):
        article = self.article_or_404(request, object_id)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return article

    @atomic_post
    def publish_view(self, request, object_id):
        """The one confirmation: what changes for readers, and whose changes they are; now, or at a time."""
        article = self.publishable_or_404(request, object_id)
        scheduled = list(article.scheduled_editions)
        form = PublishForm(request.POST or None, scheduled=scheduled)
        checks, problem = Report.of_saved(article), ""
        is_looking = "answer" in request.POST or "look" in request.POST
        is_pressed = request.method == "POST" and not is_looking
        is_as_shown = request.POST.get("seen", "") in ("", article.saved_at.isoformat())
        if is_pressed and is_as_shown and form.is_valid() and self.publish(request, article, form, checks):
            return redirect(self.change_url(article))
        if "answer" in request.POST:
            problem = self.keep_reason(request, article, checks)
        if is_looking:
            # The terms stay as they are typed; nobody asked whether they are complete.
            form._errors = {}
        live = article.live_edition
        context = {
            "title": _("Publish?"),
            "article": article,
            "form": form,
            "problems": [finding.text for finding, _place in checks.errors],
            "checks": checks,
            "problem": problem,
            "asked": request.POST.get("answer"),
            "longest": LONGEST_REASON,
            "is_saved_since": is_pressed and not is_as_shown,
            "is_new": is_pressed and not was_shown(request, checks),
            "scheduled": [(edition, moment(edition.published_at)) for edition in scheduled],
            "live": published_line(live),
            "differences": changes(live, Edition.compose(article)) if live else [],
            "names": [_("Readers see now"), _("Readers will see")],
            "people": self.who_changed(article, live) if live else [],
        }
        return self.page(request, "publish", context)

    def who_changed(self, article, live):
        """Who has saved the draft since the live version was published, by name."""
        saved = LogEntry.objects.filter(
            content_type__app_label="articles",
            content_type__model="article",
            object_id=article.pk,
            action_time__gt=live.published_at,
        )
        people = saved.select_related("user").order_by("action_time")
        return list(
            dict.fromkeys(entry.user.get_full_name() or entry.user.get_username() for entry in people)
        )

    def publish(self, request, article, form, checks):
        """Publish the saved draft as the form says; False where something stands in the way, or a warning
        is there that the page had not shown."""
        if article.is_published and not article.has_unpublished_changes() and not form.adds_something:
            messages.info(request, gettext("Readers see this text already: there is nothing to publish."))
            return True
        if not was_shown(request, checks):
            return False
        try:
            edition = article.publish(by=request.user, **form.cleaned_terms)
        except ValidationError:
            return False  # the page lists what stands in the way
        words = {"number": edition.number, "at": moment(edition.published_at)}
        if form.cleaned_terms["at"]:
            said = gettext("Scheduled: version %(number)d goes live %(at)s.") % words
            if not article.is_public_at(edition.published_at):
                said = to_come_line(article, edition)
        else:
            said = gettext("Published: version %(number)d is live.") % words
        action = Entry.Action.SCHEDULED if form.cleaned_terms["at"] else Entry.Action.PUBLISHED
        self.keep_in_log(request, article, action, said)
        if checks.warnings:
            anyway = "; ".join(filter(None, (found.row or found.text for found, _place in checks.warnings)))
            self.keep_in_log(
                request, article, Entry.Action.ANSWERED, gettext("Published anyway: %s") % anyway
            )
        messages.success(request, said)
        return True

    @atomic_post
    def unpublish_view(self, request, object_id):
        """Ask what the address is to answer and when, then take it off."""
        article = self.publishable_or_404(request, object_id)
        form = UnpublishForm(request.POST or None, article=article)
        if request.method == "POST" and form.is_valid():
            if article.unpublish(**form.cleaned_terms):
                said = self.unpublished_line(article)
                self.keep_in_log(request, article, Entry.Action.UNPUBLISHED, said)
                messages.success(request, said)
            return redirect(self.change_url(article))
        context = {
            "title": _("Unpublish?"),
            "article": article,
            "form": form,
            "published": published_line(article.live_edition),
            "scheduled": [(row, moment(row.published_at)) for row in article.scheduled_editions],
            "media": self.media + form.media,
        }
        return self.page(request, "unpublish", context)

    def unpublished_line(self, article):
        if article.is_published:
            return gettext("It will be unpublished %s.") % moment(article.withdrawn_at)
        return gettext("Unpublished: readers do not find it any more.")

    @method_decorator(require_POST)
    def keep_published_view(self, request, object_id):
        """Take back an unpublishing that is still to come."""
        article = self.publishable_or_404(request, object_id)
        if article.keep_published():
            said = gettext("It stays published.")
            self.keep_in_log(request, article, Entry.Action.KEPT, said)
            messages.success(request, said)
        else:
            messages.warning(request, gettext("Too late: it is unpublished already. Publish it again."))
        return redirect(self.change_url(article))

    @method_decorator(require_POST)
    def cancel_view(self, request, object_id, pk):
        """Drop a version that is still to come, or give it another moment."""
        article = self.publishable_or_404(request, object_id)
        edition = get_object_or_404(article.editions, pk=pk)
        if article.cancel(edition):
            said = gettext("Version %d will not be published. The draft keeps its text.") % edition.number
            self.keep_in_log(request, article, Entry.Action.CANCELLED, said)
            messages.success(request, said)
        else:
            messages.warning(request, gettext("Too late: readers see that version already."))
        return redirect("admin:articles_article_versions", article.pk)


def was_shown(request, checks):
    """Whether the page from which it was pressed has shown every warning that there is now."""
    return set(filter(None, checks.fingerprints.split(","))) <= set(request.POST.get("shown", "").split(","))
