from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from shows.choosing import SafeChoosers
from shows.figures import grouped
from shows.models import ChartEntry, ChartTitle, Season
from shows.models.chart import GLOBAL, TV_CATEGORIES, touch_list
from shows.tasks import follow_the_record

from .forms import SourcedForm


@admin.register(ChartEntry)
class ChartEntryAdmin(SafeChoosers, admin.ModelAdmin):
    """The weekly lists, line by line, as they were published."""

    form = SourcedForm
    list_display = ["week_ending", "rank", "title_published", "figures", "list_name", "matched"]
    list_filter = ["category", "chart", ("season", admin.EmptyFieldListFilter)]
    search_fields = ["show_title", "season_title"]
    date_hierarchy = "week_ending"
    show_full_result_count = False
    autocomplete_fields = ["season"]
    fieldsets = [
        (
            _("The list"),
            {
                "fields": ["chart", "territory", "category", "week_ending", "source_url"],
                "description": _("One line of one week's list. Most of them come by an import."),
            },
        ),
        (
            _("The line, as published"),
            {"fields": ["rank", "show_title", "season_title", "hours_viewed", "views"]},
        ),
        (
            _("On record as"),
            {
                "fields": ["season"],
                "description": _(
                    "Choose the season that is meant. All lines of this title follow, also those to come."
                ),
            },
        ),
    ]

    def get_queryset(self, request):
        seasons = Prefetch("season", Season.objects.with_show())
        return super().get_queryset(request).prefetch_related(seasons)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "season":
            kwargs["queryset"] = Season.objects.with_show()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("title"), ordering="show_title")
    def title_published(self, entry):
        return entry.season_title or entry.show_title

    @admin.display(description=_("figures"), empty_value="")
    def figures(self, entry):
        hours = entry.hours_viewed is not None and _("%s hours") % grouped(entry.hours_viewed)
        views = entry.views is not None and _("%s views") % grouped(entry.views)
        return ", ".join(filter(None, [hours, views]))

    @admin.display(description=_("list"), ordering="category")
    def list_name(self, entry):
        category = entry.get_category_display()
        return category if entry.territory == GLOBAL else f"{category}, {entry.territory}"

    @admin.display(description=_("season"), empty_value=_("Not matched"))
    def matched(self, entry):
        return entry.season and str(entry.season)

    def save_model(self, request, obj, form, change):
        """A line that moves leaves its list; a season that is chosen is its title's, in every list."""
        before = ChartEntry.objects.get(pk=obj.pk).key if change else obj.key
        super().save_model(request, obj, form, change)
        if before != obj.key:
            touch_list(before)
        if change and "season" in form.changed_data and obj.category in TV_CATEGORIES:
            ChartTitle.objects.of(obj).match(obj.season)
        follow_the_record.enqueue()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        follow_the_record.enqueue()

    def delete_queryset(self, request, queryset):
        """One by one: a list without lines goes too."""
        for entry in queryset:
            entry.delete()
        follow_the_record.enqueue()
