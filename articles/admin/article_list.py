"""The list of articles: what it shows, how it is filtered and searched."""

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..desk import State, state_label, with_state


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(desk_state=self.value()) if self.value() else queryset


class OwnFilter(admin.SimpleListFilter):
    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("Mine"))]

    def queryset(self, request, queryset):
        return queryset.filter(owner=request.user) if self.value() == "mine" else queryset


class ArticleList:
    """The part of the model admin that makes the list."""

    list_display = ["headline", "state", "byline", "category", "show_title", "saved"]
    list_filter = [StateFilter, OwnFilter, "category"]
    list_select_related = ["category", "show"]
    list_per_page = 50
    search_fields = ["headline", "standfirst", "show__title", "article_authors__author__name"]
    search_help_text = _("Search by headline, standfirst, show and author")
    show_full_result_count = False
    # The list shows what was published beside what was not: nothing is deleted in bulk.
    actions = None

    def get_queryset(self, request):
        articles = super().get_queryset(request).editable_by(request.user)
        return with_state(articles).prefetch_related("article_authors__author")

    @admin.display(description=_("state"), ordering="desk_state")
    def state(self, article):
        return state_label(article)

    @admin.display(description=_("author"))
    def byline(self, article):
        return ", ".join(row.author.name for row in article.article_authors.all())

    @admin.display(description=_("show"), ordering="show__title")
    def show_title(self, article):
        return article.show.title if article.show else ""

    @admin.display(description=_("saved"), ordering="saved_at")
    def saved(self, article):
        return date_format(timezone.localtime(article.saved_at), "j M Y, H:i")
