from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from shows.models import Decision, Show
from shows.templatetags.shows import source

from .forms import DecisionForm


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """Where writers, who may not change shows, record what was decided."""

    form = DecisionForm
    list_display = ["show", "outcome_text", "announced", "source", "recorded_by_name"]
    list_filter = ["outcome"]
    search_fields = ["show__title", "show__other_titles"]
    date_hierarchy = "announced_on"
    ordering = ["-announced_on", "-pk"]
    show_full_result_count = False
    autocomplete_fields = ["show", "network"]
    readonly_fields = ["recorded_by_name", "created_at"]
    fieldsets = [
        (
            None,
            {
                "fields": ["show", "outcome", "season_number", ("announced_on", "precision"), "network"],
                "description": _(
                    "One row for each announcement. A later decision never replaces an earlier one: "
                    "record it as well, and the status follows the latest."
                ),
            },
        ),
        (
            _("Where it can be read"),
            {
                "fields": ["source_name", "source_url", "note"],
                "description": _("Name the place that broke the news or the network's own announcement."),
            },
        ),
        (_("Recorded"), {"fields": ["recorded_by_name", "created_at"]}),
    ]

    def get_queryset(self, request):
        shows = Prefetch("show", Show.objects.with_label())
        return super().get_queryset(request).select_related("network").prefetch_related(shows)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "show":
            kwargs["queryset"] = Show.objects.with_label()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, decision, form, change):
        if not change:
            decision.sign(request.user)
        super().save_model(request, decision, form, change)

    @admin.display(description=_("outcome"), ordering="outcome")
    def outcome_text(self, decision):
        return decision.outcome_text

    @admin.display(description=_("announced"), ordering="announced_on")
    def announced(self, decision):
        return decision.announced_text

    @admin.display(description=_("source"))
    def source(self, decision):
        return source(decision.source_name, decision.source_url)
