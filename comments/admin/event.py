"""The record of moderation: who did what to which comment, and when. Read and never changed."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import ModerationEvent
from ..queue.changelist import CappedPaginator
from ..queue.filters import row_number
from .history import in_words


class Moderators(admin.SimpleListFilter):
    """Everybody who has acted; found by index, person by person."""

    title = _("moderator")
    parameter_name = "actor"

    def lookups(self, request, model_admin):
        acts = ModerationEvent.objects.filter(actor=OuterRef("pk"))
        people = get_user_model().objects.filter(Exists(acts)).order_by("username")
        return [(str(person.pk), person.get_full_name() or person.get_username()) for person in people]

    def queryset(self, request, queryset):
        return queryset.filter(actor=row_number(self.value())) if self.value() else queryset


@admin.register(ModerationEvent)
class ModerationEventAdmin(admin.ModelAdmin):
    list_display = ["created_at", "actor_name", "what", "which", "why"]
    list_display_links = None
    sortable_by = []
    list_filter = [Moderators, "created_at", "kind"]
    list_select_related = ["comment"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    search_fields = ["number"]
    search_help_text = _("The number of a comment.")
    actions = None
    fields = readonly_fields = ["created_at", "actor_name", "what", "which", "why"]
    view_on_site = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_ordering(self, request):
        return ["-pk"]

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        number = row_number(search_term.strip().removeprefix("#"))
        return queryset.filter(Q(comment=number) | Q(comment=None, number=number)), False

    @admin.display(description=_("what"))
    def what(self, event):
        return in_words(event)

    @admin.display(description=_("comment"))
    def which(self, event):
        """The comment's number, which leads to its own page while it is there."""
        if event.comment is None:
            return event.number
        address = reverse("admin:comments_comment_change", args=[event.comment_id])
        return format_html('<a href="{}">{}: {}</a>', address, str(event.number), event.comment.shown_name)
