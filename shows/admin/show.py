from django.contrib import admin
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.choosing import SafeChoosers
from shows.long_lists import LongList
from shows.models import Show, shows_with_status
from shows.status import Status
from shows.tasks import follow_the_record
from shows.templatetags.shows import source, status

from .decision_log import decisions_before, log_formset
from .inlines import CreditInline, DecisionInline, RatingInline, SeasonInline
from .outlook import OutlookInline


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Show)
class ShowAdmin(LongList, SafeChoosers, admin.ModelAdmin):
    """A show's whole record on one screen."""

    list_display = ["title", "status", "network", "year"]
    list_filter = [StatusFilter, "network__kind", "format"]
    search_fields = ["title", "other_titles"]
    search_help_text = _("Searches titles and other titles.")
    ordering = [Lower("title"), "pk"]
    show_full_result_count = False
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["network", "companies", "genres"]
    readonly_fields = ["status_line", "source_lines"]
    inlines = [SeasonInline, DecisionInline, RatingInline, CreditInline, OutlookInline]
    save_on_top = True
    fieldsets = [
        (
            None,
            {
                "fields": ["status_line"],
                "description": _(
                    "Nobody types a status: it follows from the latest decision and the dates of the seasons."
                ),
            },
        ),
        (
            _("The show"),
            {"fields": ["title", "slug", "other_titles", "format", "network", "country", "language"]},
        ),
        (
            _("What it is about and who makes it"),
            {
                "fields": ["synopsis", "genres", "companies"],
                "description": _("People are credited further down, one row each."),
            },
        ),
        (
            _("Poster"),
            {
                "fields": ["poster", "poster_alt", "poster_credit"],
                "classes": ["collapse"],
                "description": _("Use only a picture that the publication may show, and say whose it is."),
            },
        ),
        (
            _("Elsewhere"),
            {
                "fields": ["website", "imdb_id", "tvmaze_id", "wikidata_id", "source_lines"],
                "classes": ["collapse"],
                "description": _("These numbers tie the record to other catalogues, also when importing."),
            },
        ),
    ]

    def get_queryset(self, request):
        return shows_with_status().order_by(*self.get_ordering(request))

    def save_formset(self, request, form, formset, change):
        """Sign the new decisions and forecasts with the name of whoever records them."""
        for row in formset.forms:
            if row.instance._state.adding and hasattr(row.instance, "sign"):
                row.instance.sign(request.user)
        before = decisions_before(formset)
        super().save_formset(request, form, formset, change)
        log_formset(request.user, formset, before)

    def save_related(self, request, form, formsets, change):
        """What was typed may say which lines of the charts are meant, and how long was waited."""
        super().save_related(request, form, formsets, change)
        follow_the_record.enqueue()

    @admin.display(description=_("status"), ordering="status")
    def status(self, show):
        return status(show)

    @admin.display(description=_("year"), ordering="first_premiered_on")
    def year(self, show):
        return show.first_premiered_on.year if show.first_premiered_on else gettext("Not known")

    @admin.display(description=_("status"))
    def status_line(self, show):
        if show.pk is None:
            return gettext("It will stand here once the record says it.")
        read_at = source(show.status_source_name, show.status_source_url)
        if not read_at:
            return show.status_reason
        return format_html("{}, {}", show.status_reason, read_at)

    @admin.display(description=_("taken from"))
    def source_lines(self, show):
        """Whom the show's page credits; an import writes it."""
        lines = (
            (source(row.name, row.address), source(row.licence, row.licence_url), date_format(row.fetched_on))
            for row in (show.sources.all() if show.pk else ())
        )
        return format_html_join(mark_safe("<br>"), "{}, {}, {}", lines) or gettext("Nothing was imported.")
