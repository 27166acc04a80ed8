"""Live articles gone stale: their list, an update of one by one press, and leaving one as it is."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from logbook.models import Entry
from shows.decision_words import dated_sentence_of
from shows.record import Record

from ..models import Article, StaleAlert
from ..stale_list import listed, stale_for
from ..staleness import Settlement, close, open_alerts
from ..updates import add_to_draft, add_update
from .article_pages import atomic_post

PER_PAGE = 200


class LeaveForm(forms.Form):
    """Why an article that the record has overtaken stays as it is."""

    reason = forms.CharField(
        label=_("Leave it, because"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField", "size": 40}),
    )


class StalePages:
    """The part of the article's model admin that keeps live articles true to the record."""

    def get_urls(self):
        pages = [
            ("stale/", self.stale_view, "stale"),
            ("stale/<int:pk>/update/", self.add_update_view, "stale_update"),
            ("stale/<int:pk>/leave/", self.leave_view, "stale_leave"),
        ]
        return [
            path(at, self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    @method_decorator(require_safe)
    def stale_view(self, request):
        """All that wait for somebody, and those that were settled of late with what became of them."""
        stale = stale_for(request.user, limit=PER_PAGE)
        if stale is None:
            raise PermissionDenied
        settled = listed(request.user).exclude(settlement="").order_by("-settled_at", "-pk")[:50]
        context = {
            "title": _("Stale articles"),
            "stale": stale,
            "settled": [(alert, dated_sentence_of(alert.decision)) for alert in settled],
        }
        return self.page(request, "stale", context)

    def alert_or_404(self, request, pk):
        """The alert with its article locked, so that of two presses the second finds it settled."""
        alert = StaleAlert.objects.select_related("decision__show__network", "decision__network")
        alert = alert.filter(pk=pk if pk < 2**63 else None).first()
        if alert is None:
            raise Http404
        articles = Article.objects.select_for_update() if request.method == "POST" else Article.objects
        alert.article = articles.get(pk=alert.article_id)
        if not self.has_change_permission(request, alert.article):
            raise PermissionDenied
        return alert

    @method_decorator(require_POST)
    @method_decorator(transaction.atomic)
    def add_update_view(self, request, pk):
        """Tell readers what was decided; the draft alone for who may not publish."""
        alert = self.alert_or_404(request, pk)
        if not self.has_publish_permission(request):
            self.update_draft(request, alert)
        elif not open_alerts().filter(pk=pk).exists():
            messages.info(request, self.settled_line(alert))
        elif alert.decision_id != self.decided_now(alert):
            messages.warning(request, gettext("The record has changed since: nothing was added."))
        else:
            self.update_live(request, alert)
        return redirect(self.way_back(request))

    def decided_now(self, alert):
        """The id of the decision that the show's status rests on today."""
        show_id = alert.decision.show_id
        decision = Record.for_shows([show_id])[show_id].decision_in_force
        return decision and decision.pk

    def update_live(self, request, alert):
        article = alert.article
        try:
            # Settled first: the new version is held against the record as soon as it is stored.
            with transaction.atomic():
                close(alert, Settlement.UPDATED, by=request.user)
                edition = add_update(article.pk, alert.decision, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return
        words = {"number": edition.number, "fact": dated_sentence_of(alert.decision)}
        said = gettext("Published: version %(number)d is live, with an update: %(fact)s") % words
        self.keep_in_log(request, article, Entry.Action.PUBLISHED, said)
        messages.success(
            request,
            format_html(
                '{} <a href="{}">{}</a> · <a href="{}">{}</a>',
                gettext("“%(headline)s” has an update: version %(number)d is live.")
                % {"headline": edition.headline, "number": edition.number},
                article.get_absolute_url(),
                gettext("See it"),
                reverse("admin:articles_article_versions", args=[article.pk]),
                gettext("Versions"),
            ),
        )

    def update_draft(self, request, alert):
        """What a writer may do: the box waits in the draft, and readers see it once an editor publishes."""
        add_to_draft(alert.article, alert.decision)
        alert.article.save(update_fields=["saved_at"])
        said = gettext("Added an update to the draft: %s") % dated_sentence_of(alert.decision)
        self.keep_in_log(request, alert.article, Entry.Action.CHANGED, said)
        messages.success(
            request,
            format_html(
                '{} <a href="{}">{}</a>',
                gettext("The update stands in the draft. Readers see it once an editor has published it."),
                self.change_url(alert.article),
                gettext("Open the draft"),
            ),
        )

    @atomic_post
    def leave_view(self, request, pk):
        """Keep the reason why nothing is changed; a page of its own asks for it where it is missing."""
        alert = self.alert_or_404(request, pk)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        form = LeaveForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self.leave(request, alert, form.cleaned_data["reason"])
            return redirect(self.way_back(request))
        alert.new_fact = dated_sentence_of(alert.decision)
        context = {
            "title": _("Leave it as it is?"),
            "article": alert.article,
            "alert": alert,
            "form": form,
            "back": self.way_back(request),
        }
        response = self.page(request, "stale_leave", context)
        response.status_code = 422 if request.method == "POST" else 200
        return response

    def leave(self, request, alert, reason):
        if not close(alert, Settlement.DISMISSED, by=request.user, reason=reason):
            messages.info(request, self.settled_line(alert))
            return
        words = {"fact": dated_sentence_of(alert.decision), "reason": reason}
        said = gettext("Left as it is, though: %(fact)s Reason: %(reason)s") % words
        self.keep_in_log(request, alert.article, Entry.Action.ANSWERED, said)
        messages.success(request, gettext("It stays as it is. Your reason is kept."))

    def settled_line(self, alert):
        alert.refresh_from_db(fields=["settlement", "settled_by_name"])
        words = {"what": alert.get_settlement_display(), "who": alert.settled_by_name}
        if alert.settled_by_name:
            return gettext("That is settled already: %(what)s (%(who)s).") % words
        return gettext("That is settled already: %(what)s.") % words

    def way_back(self, request):
        """To the page of the newsroom that the button stood on."""
        back = request.POST.get("back") or request.GET.get("back") or ""
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(
            reverse("admin:index")
        )
        return back if is_ours else reverse("admin:articles_article_stale")
