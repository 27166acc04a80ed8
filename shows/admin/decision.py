from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shows.choosing import AddAlone
from shows.long_lists import LongList
from shows.models import Decision, Show
from shows.tasks import follow_the_record
from shows.templatetags.shows import source

from .decision_log import log_changed, log_deleted, log_recorded
from .forms import DecisionForm, RecordForm
from .recording import Tried


@admin.register(Decision)
class DecisionAdmin(LongList, AddAlone, admin.ModelAdmin):
    """Where writers, who may not change shows, record what was decided."""

    form = DecisionForm
    add_form_template = "admin/shows/decision/add_form.html"
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

    class Media:
        js = ["js/newsroom-decision.js"]

    def get_urls(self):
        told = path("told/", self.admin_site.admin_view(self.told_view), name="shows_decision_told")
        return [told, *super().get_urls()]

    @method_decorator(require_safe)
    def told_view(self, request):
        """What recording what is typed would mean, as JSON; {} while too little is typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        tried = Tried(request.GET)
        return JsonResponse(tried.told() if tried.is_valid() else {}, headers={"Cache-Control": "no-store"})

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": _("Record a decision"), **(extra_context or {})})

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **({} if change else {"form": RecordForm}) | kwargs)

    def get_fieldsets(self, request, obj=None):
        """While it is recorded, who did so is no question yet."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [*fieldsets[:-1], (None, {"fields": ["seen"], "classes": ["hidden"]})]

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
        before = self.get_queryset(request).get(pk=decision.pk) if change else None
        super().save_model(request, decision, form, change)
        if change:
            log_changed(request.user, before, decision)
        else:
            log_recorded(request.user, decision)
        follow_the_record.enqueue()

    def delete_model(self, request, decision):
        log_deleted(request.user, decision)
        super().delete_model(request, decision)

    def delete_queryset(self, request, queryset):
        for decision in queryset:
            log_deleted(request.user, decision)
        super().delete_queryset(request, queryset)

    @admin.display(description=_("outcome"), ordering="outcome")
    def outcome_text(self, decision):
        return decision.outcome_text

    @admin.display(description=_("announced"), ordering="announced_on")
    def announced(self, decision):
        return decision.announced_text

    @admin.display(description=_("source"))
    def source(self, decision):
        return source(decision.source_name, decision.source_url)
