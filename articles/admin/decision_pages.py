"""What comes after recording a decision: the articles gone stale, and a short news article to start.

`shows` may not know of articles, so the model admin of decisions is taken over here by a subclass, as Django
has it for users: one address for decisions, and nothing that `shows` would have to call.
"""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from shows.admin import DecisionAdmin as RecordedDecisionAdmin
from shows.decision_words import dated_sentence_of, headline_of
from shows.models import Decision, shows_with_status

from .. import staleness
from ..models import Article
from ..stale_list import stale_for
from ..starting_news import news_about
from ..updates import told_by_boxes_of

PER_PAGE = 100

admin.site.unregister(Decision)


@admin.register(Decision)
class DecisionAdmin(RecordedDecisionAdmin):
    def get_urls(self):
        pages = [("recorded/", self.recorded_view, "recorded"), ("news/", self.news_view, "news")]
        return [
            path(f"<path:object_id>/{at}", self.admin_site.admin_view(view), name=f"shows_decision_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    def decision_or_404(self, request, object_id):
        decision = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, decision):
            raise PermissionDenied
        if decision is None:
            raise Http404
        return decision

    def response_add(self, request, obj, post_url_continue=None):
        """To what follows from it; the first articles are read at once, so that they stand there."""
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        staleness.judge_show(obj.show_id)
        return redirect("admin:shows_decision_recorded", obj.pk)

    @method_decorator(require_safe)
    def recorded_view(self, request, object_id):
        """The status now, the live articles that say otherwise, and how to report it."""
        decision = self.decision_or_404(request, object_id)
        stale = stale_for(request.user, limit=PER_PAGE, decision=decision)
        others = staleness.open_alerts().filter(
            decision=decision, article__in=Article.objects.published().values("pk")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Recorded"),
            "opts": self.opts,
            "decision": decision,
            "sentence": dated_sentence_of(decision),
            "show": shows_with_status().get(pk=decision.show_id),
            "is_to_come": decision.announced_on and decision.announced_on > timezone.localdate(),
            "stale": stale,
            "others": others.count() - (stale.count if stale else 0),
            "headline": headline_of(decision),
            "may_write": request.user.has_perm("articles.add_article"),
        }
        return TemplateResponse(request, "admin/shows/decision/recorded.html", context)

    @method_decorator(require_POST)
    def news_view(self, request, object_id):
        """Start a short news article about it, and open its form."""
        decision = self.decision_or_404(request, object_id)
        if not request.user.has_perm("articles.add_article"):
            raise PermissionDenied
        article = news_about(decision, by=request.user)
        messages.info(request, gettext("Started from the record: check every word before it is published."))
        return redirect("admin:articles_article_change", article.pk)

    def delete_model(self, request, decision):
        editions = told_by_boxes_of([decision])
        super().delete_model(request, decision)
        self.warn_of_boxes(request, editions)

    def delete_queryset(self, request, queryset):
        editions = told_by_boxes_of(list(queryset))
        super().delete_queryset(request, queryset)
        self.warn_of_boxes(request, editions)

    def warn_of_boxes(self, request, editions):
        """Readers are still told of a decision that is no longer on record."""
        if editions:
            links = format_html_join(
                ", ",
                '<a href="{}">{}</a>',
                (
                    (reverse("admin:articles_article_change", args=[edition.article_id]), edition.headline)
                    for edition in editions
                ),
            )
            said = gettext("Live articles have an update made from what was deleted; take it out there:")
            messages.warning(request, format_html("{} {}", said, links))
