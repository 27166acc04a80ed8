from django.contrib import admin, messages
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shows.choosing import SafeChoosers
from shows.models import ChartTitle, Season
from shows.netflix_top10.matching import make_shows
from shows.tasks import follow_the_record


class StateFilter(admin.SimpleListFilter):
    """The unmatched at first: they are what waits."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("matched", _("Matched")), ("aside", _("None of ours")), ("all", _("All"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Not matched")}, *others]

    def queryset(self, request, queryset):
        narrowed = {
            None: queryset.unmatched(),
            "matched": queryset.exclude(season=None),
            "aside": queryset.filter(is_set_aside=True),
        }
        return narrowed.get(self.value(), queryset)


@admin.register(ChartTitle)
class ChartTitleAdmin(SafeChoosers, admin.ModelAdmin):
    """What the charts call a season, and which season on record that is."""

    list_display = ["name", "show_title", "first_week", "matched"]
    list_filter = [StateFilter, "chart"]
    search_fields = ["show_title", "season_title"]
    search_help_text = _("Searches the titles as they were published.")
    show_full_result_count = False
    list_per_page = 50
    actions = ["make_new_shows", "set_aside", "offer_again"]
    autocomplete_fields = ["season"]
    readonly_fields = ["chart", "show_title", "season_title", "lines_on_record"]
    fieldsets = [
        (
            _("As published"),
            {"fields": ["chart", "show_title", "season_title", "lines_on_record"]},
        ),
        (
            _("On record as"),
            {
                "fields": ["season", "is_set_aside"],
                "description": _(
                    "Choose the season that is meant. All lines of this title follow, also those that are "
                    "imported later."
                ),
            },
        ),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        seasons = Prefetch("season", Season.objects.with_show())
        return super().get_queryset(request).with_first_week().prefetch_related(seasons)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "season":
            kwargs["queryset"] = Season.objects.with_show()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        obj.match(obj.season)
        follow_the_record.enqueue()

    @admin.action(description=_("Make new shows of these"), permissions=["change"])
    def make_new_shows(self, request, queryset):
        count = make_shows(queryset)
        follow_the_record.enqueue()
        said = ngettext("%d title is a show on record now.", "%d titles are shows on record now.", count)
        self.message_user(request, said % count, messages.SUCCESS if count else messages.WARNING)
        if left := queryset.unmatched().count():
            said = ngettext(
                "%d was passed over: it names no season, or its show is on record already.",
                "%d were passed over: they name no season, or their shows are on record already.",
                left,
            )
            self.message_user(request, said % left, messages.WARNING)

    @admin.action(description=_("None of ours: offer them no more"), permissions=["change"])
    def set_aside(self, request, queryset):
        count = queryset.set_aside()
        said = ngettext("%d title is offered no more.", "%d titles are offered no more.", count)
        self.message_user(request, said % count)

    @admin.action(description=_("Offer them again"), permissions=["change"])
    def offer_again(self, request, queryset):
        count = queryset.filter(is_set_aside=True).update(is_set_aside=False)
        follow_the_record.enqueue()
        said = ngettext("%d title is offered again.", "%d titles are offered again.", count)
        self.message_user(request, said % count)

    @admin.display(description=_("title"), ordering="season_title")
    def name(self, title):
        return str(title)

    @admin.display(description=_("first week"), ordering="first_week_ending")
    def first_week(self, title):
        return title.first_week_ending and date_format(title.first_week_ending)

    @admin.display(description=_("season"), empty_value=_("Not matched"))
    def matched(self, title):
        if title.is_set_aside:
            return gettext("None of ours")
        return title.season and str(title.season)

    @admin.display(description=_("lines"))
    def lines_on_record(self, title):
        count = title.lines().count()
        lines = ngettext("%d line", "%d lines", count) % count
        address = reverse("admin:shows_chartentry_changelist", query={"q": str(title)})
        return format_html('<a href="{}">{}</a>', address, lines)
