from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from logbook.models import Entry
from shows.choosing import is_key
from shows.models import ChartImport
from shows.netflix_top10 import Refused, uploads
from shows.netflix_top10.telling import told, told_revisions
from shows.tasks import store_import

Status = ChartImport.Status


class UploadForm(forms.ModelForm):
    """A file, read before anything of it is kept."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "One of the three files that Netflix offers at netflix.com/tudum/top10 (all weeks worldwide, all "
            "weeks by country, most popular), as TSV or XLSX, gzipped or not, up to 64 MB."
        ),
    )

    class Meta:
        model = ChartImport
        fields = ["as_of_on"]

    report = None

    def clean(self):
        said = super().clean()
        if "file" in said and "as_of_on" in said:
            try:
                self.report = uploads.read_small(said["file"], said["as_of_on"])
            except Refused as error:
                self.add_error("file", str(error))
        return said


@admin.register(ChartImport)
class ChartImportAdmin(admin.ModelAdmin):
    """Files of the charts: uploaded, looked at, and imported or dropped."""

    form = UploadForm
    add_form_template = "admin/shows/chartimport/add_form.html"
    fields = ["file", "as_of_on"]
    list_display = ["name", "state", "what", "created_at", "imported_by_name"]
    list_filter = ["status"]
    search_fields = ["name"]
    show_full_result_count = False
    ordering = ["-created_at", "-pk"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/import/", view(require_POST(self.import_view)), name="shows_chartimport_import"),
            path("<int:pk>/drop/", view(require_POST(self.drop_view)), name="shows_chartimport_drop"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        context = {"title": _("Import a file of the Netflix Top 10"), **(extra_context or {})}
        return super().add_view(request, form_url, context)

    def save_model(self, request, obj, form, change):
        obj.sign(request.user)
        uploads.receive(obj, form.cleaned_data["file"], form.report)

    def response_add(self, request, obj, post_url_continue=None):
        return redirect(self._address(obj.pk))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What the file would change, and whether to do it; once it is done, what it changed."""
        taken = self.get_object(request, object_id) if is_key(object_id) else None
        if request.method != "GET" or not self.has_view_permission(request, taken):
            raise PermissionDenied
        if taken is None:
            raise Http404
        is_read = "kind" in taken.report
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": taken.name,
            "taken": taken,
            "told": list(told(taken.report)) if is_read else [],
            "revisions": list(told_revisions(taken.report)) if is_read else [],
            "unmatched": [season or show for show, season in taken.report["unmatched"]["titles"]]
            if is_read
            else [],
            "may_decide": self.has_add_permission(request) and taken.status == Status.CHECKED,
        }
        return TemplateResponse(request, "admin/shows/chartimport/report.html", context)

    def import_view(self, request, pk):
        taken = self._to_decide(request, pk)
        with transaction.atomic():
            if taken.become(Status.WAITING):
                store_import.enqueue(pk)
                Entry.objects.record(request.user, Entry.Action.IMPORTED, taken)
                messages.success(request, gettext("It is being imported."))
            else:
                messages.info(request, gettext("Somebody decided about this file already."))
        return redirect(self._address(pk))

    def drop_view(self, request, pk):
        taken = self._to_decide(request, pk)
        if taken.become(Status.DROPPED):
            messages.success(request, gettext("The file is dropped; nothing of it was imported."))
        else:
            messages.info(request, gettext("Somebody decided about this file already."))
        return redirect(self._address(pk))

    def _to_decide(self, request, pk):
        if not self.has_add_permission(request):
            raise PermissionDenied
        taken = self.get_object(request, pk) if is_key(str(pk)) else None
        if taken is None:
            raise Http404
        return taken

    def _address(self, pk):
        return reverse("admin:shows_chartimport_change", args=[pk])

    @admin.display(description=_("status"), ordering="status")
    def state(self, taken):
        return taken.get_status_display()

    @admin.display(description=_("what"), empty_value="")
    def what(self, taken):
        return next(told(taken.report), "") if "kind" in taken.report else taken.report.get("refused", "")
