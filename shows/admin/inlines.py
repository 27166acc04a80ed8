from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from shows.models import Credit, Decision, Outlook, Rating, Season

from .forms import DecisionForm, LoadedAutocomplete, RatingFormSet, RowFormSet, SourcedForm


class RowInline(admin.TabularInline):
    """A kind of row on the show's screen; who may not change shows sees the rows only."""

    extra = 0
    formset = RowFormSet

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = LoadedAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request, obj=None):
        return may_save(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return may_save(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return may_save(request, obj) and super().has_delete_permission(request, obj)


def may_save(request, show):
    """Whether a user may save the show's screen: without it, open rows would end in an error."""
    return request.user.has_perm("shows.change_show" if show else "shows.add_show")


class SeasonInline(RowInline):
    model = Season
    fields = ["number", "premiered_on", "finale_on", "episode_count"]
    ordering = ["number"]


class DecisionInline(RowInline):
    model = Decision
    form = DecisionForm
    fields = [
        "outcome",
        "season_number",
        "announced_on",
        "precision",
        "network",
        "source_name",
        "source_url",
        "note",
        "recorded_by_name",
    ]
    readonly_fields = ["recorded_by_name"]
    autocomplete_fields = ["network"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network")


class RatingInline(RowInline):
    model = Rating
    form = SourcedForm
    formset = RatingFormSet
    fields = ["source", "season", "score", "scale", "votes", "as_of_on", "source_url"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("season")


class CreditInline(RowInline):
    model = Credit
    fields = ["person", "role", "character", "position"]
    autocomplete_fields = ["person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person").in_order()


class OutlookInline(RowInline):
    model = Outlook
    fields = ["step", "dated_on", "reason", "author_name"]
    readonly_fields = ["author_name"]
    verbose_name_plural = _("forecasts (never mixed with decisions)")
