"""The moderation queue: what waits first, readable whole, decided by one press, undone by another."""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.forms import Script
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shows.long_lists import LongList

from ..models import Comment
from ..queue.cards import Rights, dressed, load
from ..queue.changelist import CappedPaginator, Queue
from ..queue.filters import ArticleFilter, OrderChoice, ReaderFilter, StatusTabs, row_number
from .act_pages import ActPages
from .history import lines
from .presses import Presses, bulk_decision, hide_as_spoilers

Status = Comment.Status


@admin.register(Comment)
class CommentAdmin(Presses, ActPages, LongList, admin.ModelAdmin):
    list_display = ["card"]
    list_display_links = None
    sortable_by = []
    list_filter = [StatusTabs, ReaderFilter, ArticleFilter, OrderChoice]
    list_per_page = 25
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    search_fields = ["body", "name", "email", "article__headline"]
    search_help_text = gettext_lazy("Searches comments, names, e-mail addresses and headlines.")
    actions = [
        bulk_decision(Status.APPROVED, gettext_lazy("Approve the ticked comments")),
        bulk_decision(Status.SPAM, gettext_lazy("Mark the ticked comments as spam")),
        bulk_decision(Status.REJECTED, gettext_lazy("Reject the ticked comments")),
        bulk_decision(Status.PENDING, gettext_lazy("Put the ticked comments back to pending")),
        hide_as_spoilers,
    ]
    fields = readonly_fields = ["status"]
    view_on_site = False

    class Media:
        css = {"all": ["css/queue.css"]}
        js = [Script("js/queue.js", defer=True)]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Django's own form is for nobody: what is done to a comment is an act with a page of its own."""
        return False

    def has_delete_permission(self, request, obj=None):
        """There is one way to destroy a comment, with a permission and a page of its own."""
        return False

    def has_moderate_permission(self, request):
        return request.user.has_perm("comments.moderate_comment")

    def get_ordering(self, request):
        # The list finds its rows by itself; nothing else sorts them.
        return ["pk"]

    def get_changelist(self, request, **kwargs):
        return Queue

    @admin.display(description=gettext_lazy("comment"))
    def card(self, comment):
        return super().card(comment)

    def way_back(self, request):
        """The list that a request came from."""
        if "_changelist_filters" in request.GET or request.resolver_match.kwargs:
            query = request.GET.get("_changelist_filters", "")
            address = reverse("admin:comments_comment_changelist")
            return f"{address}?{query}" if query else address
        return request.get_full_path()

    def changelist_view(self, request, extra_context=None):
        if None in map(row_number, request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest("No such comment.")
        if request.method == "POST" and (answer := self.press(request)):
            return answer
        context = {"rights": Rights.of(request.user)}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "POST" and (answer := self.press(request)):
            return answer
        context = {"title": _("Comment"), "subtitle": None}
        comment = self.get_object(request, object_id)
        if comment and self.has_view_permission(request, comment):
            [comment] = dressed(load([comment.pk]), request, self)
            comment.card.is_alone, comment.card.is_done = True, False
            context |= {"comment": comment, "card": comment.card, "lines": lines(comment)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))
