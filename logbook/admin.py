"""The log to look at: filtered, searched, linked to what it speaks of, and taken along as a table."""

import csv

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .filters import ActionFilter, PersonFilter, SubjectFilter
from .lines import Lines
from .models import Entry

MOST_LINES = 10_000
# A spreadsheet would take a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """The log as a list; nobody adds to it, changes it or deletes from it by hand."""

    list_display = ["moment", "actor_name", "action", "subject", "detail"]
    list_select_related = ["kind"]
    list_filter = [PersonFilter, ActionFilter, SubjectFilter]
    date_hierarchy = "at"
    search_fields = ["subject_name", "detail", "actor_name"]
    search_help_text = _("Search by what was done to what, its details, and who did it")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = []
    actions = None
    fields = readonly_fields = ["moment", "actor_name", "action", "subject_name", "detail"]
    change_list_template = "admin/logbook/entry/log.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.table_view)
        return [path("table/", view, name="logbook_entry_table"), *super().get_urls()]

    def get_changelist(self, request, **kwargs):
        return Lines

    @admin.display(description=_("when"))
    def moment(self, entry):
        return date_format(timezone.localtime(entry.at), "j M Y, H:i")

    @admin.display(description=_("to what"))
    def subject(self, entry):
        """The thing by the name that it had, linked where it is still there and may be seen; and its log."""
        name = entry.subject_name
        if entry.address:
            name = format_html('<a href="{}">{}</a>', entry.address, name)
        return format_html("{} {}", name, self.link_to_log(entry))

    def link_to_log(self, entry):
        if entry.kind is None or entry.object_id is None:
            return ""
        query = urlencode({"about": f"{entry.kind.app_label}.{entry.kind.model}:{entry.object_id}"})
        return format_html(
            '<a class="its-log" href="?{}">{}<span class="visually-hidden"> {}</span></a>',
            query,
            gettext("its log"),
            entry.subject_name,
        )

    def changelist_view(self, request, extra_context=None):
        context = {"title": gettext("Log"), "table_query": request.GET.urlencode()}
        return super().changelist_view(request, context | (extra_context or {}))

    @method_decorator(require_safe)
    def table_view(self, request):
        """What the list shows, newest first, for a spreadsheet (CSV); at most ten thousand lines."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = self.get_changelist_instance(request).get_queryset(request)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="log.csv"'
        table = csv.writer(response)
        table.writerow([_("when"), _("who"), _("did what"), _("kind"), _("to what"), _("in detail")])
        for entry in entries[:MOST_LINES]:
            table.writerow([harmless(text) for text in self.cells(entry)])
        return response

    def cells(self, entry):
        at = timezone.localtime(entry.at).isoformat(timespec="seconds")
        kind = entry.kind.name if entry.kind else ""
        return [at, entry.actor_name, entry.get_action_display(), kind, entry.subject_name, entry.detail]


def harmless(text):
    """A cell that no spreadsheet takes for a formula."""
    text = str(text)
    return f"'{text}" if text.startswith(FORMULA) else text
