from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from logbook.changes import KeepsChanges

from ..choosing import QuietChoosers
from ..forms import RowForm
from ..models import MenuEntry, Page, Publication


class MenuEntryInline(QuietChoosers, admin.TabularInline):
    model = MenuEntry
    form = RowForm
    extra = 0
    fields = ["position", "location", "label", "place", "category", "page", "url"]
    autocomplete_fields = known_fields = ["category", "page"]
    classes = ["ordered-rows"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.known_fields)


@admin.register(Publication)
class PublicationAdmin(KeepsChanges, admin.ModelAdmin):
    """One row, so its list leads to the row itself."""

    inlines = [MenuEntryInline]
    fieldsets = [
        (None, {"fields": ["name", "tagline", "logo"]}),
        (_("Who publishes it"), {"fields": ["publisher", "social_profiles"]}),
        (_("Comments"), {"fields": ["house_rules"]}),
    ]

    class Media:
        css = {"all": ["css/newsroom-writing.css"]}
        js = ["admin/js/jquery.init.js", "js/newsroom-writing.js"]

    def get_model_perms(self, request):
        # Lists and menus offer no second publication; whether there is a first, its pages ask.
        return super().get_model_perms(request) | {"add": False}

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        page, arguments = ("change", [1]) if Publication.objects.exists() else ("add", [])
        return redirect(f"admin:articles_publication_{page}", *arguments)

    def add_view(self, request, form_url="", extra_context=None):
        if self.has_add_permission(request) and Publication.objects.exists():
            return redirect("admin:articles_publication_change", 1)
        return super().add_view(request, form_url, extra_context)

    def get_changeform_initial_data(self, request):
        current = Publication.current()
        return {"name": current.name, "tagline": current.tagline}


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    list_display = ["title", "slug", "is_public", "saved_at"]
    list_filter = ["is_public"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "body", "search_description", "is_public"]
