"""What shows refer to by name: who shows and makes them, and seasons where one is to be chosen."""

from django.contrib import admin

from shows.choosing import SafeChoosers
from shows.models import Company, Genre, Network, Person, Season


class NamedAdmin(admin.ModelAdmin):
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False


@admin.register(Network)
class NetworkAdmin(NamedAdmin):
    list_display = ["name", "kind", "country"]
    list_filter = ["kind"]


@admin.register(Company)
class CompanyAdmin(NamedAdmin):
    pass


@admin.register(Genre)
class GenreAdmin(NamedAdmin):
    pass


@admin.register(Person)
class PersonAdmin(NamedAdmin):
    list_display = ["name", "slug"]


@admin.register(Season)
class SeasonAdmin(SafeChoosers, admin.ModelAdmin):
    """Only there so that a season can be chosen: seasons are kept on their show's screen."""

    search_fields = ["show__title", "show__other_titles"]
    autocomplete_fields = ["show"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_show()

    def has_module_permission(self, request):
        return False
