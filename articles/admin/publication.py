from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from logbook.changes import KeepsChanges

from ..choosing import QuietChoosers
from ..forms import RowForm
from ..models import MenuEntry, Page, Publication
from .one_row import OneRow


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
class PublicationAdmin(OneRow, KeepsChanges, admin.ModelAdmin):
    inlines = [MenuEntryInline]
    fieldsets = [
        (None, {"fields": ["name", "tagline", "logo"]}),
        (_("Who publishes it"), {"fields": ["publisher", "social_profiles"]}),
        (_("Comments"), {"fields": ["house_rules"]}),
        (_("The record as data"), {"fields": ["data_licence"]}),
    ]

    class Media:
        css = {"all": ["css/newsroom-writing.css"]}
        js = ["admin/js/jquery.init.js", "js/newsroom-writing.js"]

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
