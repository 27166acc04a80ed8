from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from ..forms import ChosenOfStaff
from ..models import Author, Category, Series, Tag
from ..models.published import published_q


class FilingAdmin(admin.ModelAdmin):
    """What articles are filed under, with the number of published articles that readers find there."""

    list_display = ["name", "slug", "published_count"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["name"]
    articles = "articles"

    def get_queryset(self, request):
        published = Count(self.articles, filter=published_q(prefix=f"{self.articles}__"), distinct=True)
        return super().get_queryset(request).annotate(published_count=published)

    @admin.display(description=_("published articles"), ordering="published_count")
    def published_count(self, row):
        return row.published_count


@admin.register(Author)
class AuthorAdmin(FilingAdmin):
    list_display = ["name", "slug", "user", "published_count"]
    list_select_related = ["user"]
    fields = ["name", "slug", "bio", "user"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            return ChosenOfStaff(label=db_field.verbose_name, required=False, help_text=db_field.help_text)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Category)
class CategoryAdmin(FilingAdmin):
    list_display = ["name", "slug", "position", "published_count"]
    ordering = ["position", "name"]
    fields = ["name", "slug", "description", "position"]


@admin.register(Tag)
class TagAdmin(FilingAdmin):
    fields = ["name", "slug"]


@admin.register(Series)
class SeriesAdmin(FilingAdmin):
    fields = ["name", "slug", "description"]
