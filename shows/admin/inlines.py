from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

from shows.choosing import AddAlone
from shows.models import Credit, Decision, Rating, Season

from .forms import DecisionForm, LoadedAutocomplete, RatingFormSet, RowFormSet, SourcedForm


class RowInline(AddAlone, admin.TabularInline):
    """A kind of row on the show's screen."""

    has_new_related = True

    extra = 0
    formset = RowFormSet

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = LoadedAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_add_related &= self.has_new_related
        return field


class SeasonInline(RowInline):
    model = Season
    fields = ["number", "premiered_on", "finale_on", "episode_count"]
    ordering = ["number"]


class WideRowInline(RowInline):
    """A kind of row that is too wide for a table on a small screen."""

    template = "admin/edit_inline/stacked.html"


class DecisionInline(WideRowInline):
    model = Decision
    form = DecisionForm
    fields = [
        ("outcome", "season_number"),
        ("announced_on", "precision", "network"),
        ("source_name", "source_url"),
        "note",
        "recorded_by_name",
    ]
    readonly_fields = ["recorded_by_name"]
    autocomplete_fields = ["network"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network")


class RatingInline(WideRowInline):
    model = Rating
    form = SourcedForm
    formset = RatingFormSet
    has_new_related = False
    fields = [("source", "season", "as_of_on"), ("score", "scale", "votes", "source_url")]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("season")


class CreditInline(RowInline):
    model = Credit
    fields = ["person", "role", "character", "position"]
    autocomplete_fields = ["person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person").in_order()
