"""The moderation queue: what waits first, readable whole, decided by one press, undone by another."""

import uuid
from itertools import pairwise

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from ..models import Comment
from ..queue import ArticleFilter, LastPagePaginator, Queue, StatusTabs, chosen_status, row_number

Status = Comment.Status
BUTTONS = {
    Status.APPROVED: gettext_lazy("Approve"),
    Status.REJECTED: gettext_lazy("Reject"),
    Status.SPAM: gettext_lazy("Spam"),
    Status.PENDING: gettext_lazy("Back to pending"),
}
DONE = {
    Status.APPROVED: ngettext_lazy("%d comment approved.", "%d comments approved."),
    Status.REJECTED: ngettext_lazy("%d comment rejected.", "%d comments rejected."),
    Status.SPAM: ngettext_lazy("%d comment marked as spam.", "%d comments marked as spam."),
    Status.PENDING: ngettext_lazy("%d comment put back to pending.", "%d comments put back to pending."),
}
UNDONE = ngettext_lazy("%d decision undone.", "%d decisions undone.")
# The button belongs to the list's form, though the message stands outside of it.
WITH_UNDO = '{} <button type="submit" class="undo" form="changelist-form" name="_undo" value="{}">{}</button>'


def bulk_action(status, label):
    """The admin action that gives the ticked comments a status."""

    @admin.action(description=label, permissions=["moderate"])
    def moderate(modeladmin, request, queryset):
        if request.POST.get("select_across") != "1":
            # By what was ticked, not by what the tab shows now: who was decided on meanwhile must be told.
            queryset = Comment.objects.filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
        batch = queryset.moderate(status, by=request.user, seen=_seen(request))
        modeladmin.report(request, batch, DONE[status])

    moderate.__name__ = f"mark_{status}"
    return moderate


def _seen(request):
    """The status of each comment as the moderator's page showed it, by primary key."""
    pairs = [value.partition(".") for value in request.POST.getlist("seen")]
    return {row_number(pk): status for pk, _dot, status in pairs if status in Status.values}


def _next_card(request):
    """The fragment of the card after the one decided on, so that reading goes on where it was."""
    shown = list(_seen(request))
    decided = request.POST.get("_moderate", "").split(".")[1:2]
    following = [after for pk, after in pairwise(shown) if [str(pk)] == decided]
    return f"#card-{following[0]}" if following else ""


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    list_display = ["card"]
    list_display_links = None
    sortable_by = []
    list_filter = [StatusTabs, ArticleFilter]
    list_select_related = ["article", "parent"]
    list_per_page = 25
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = LastPagePaginator
    search_fields = ["body", "name", "email", "article__headline"]
    search_help_text = gettext_lazy("Searches comments, names, e-mail addresses and headlines.")
    actions = [
        bulk_action(Status.APPROVED, gettext_lazy("Approve the ticked comments")),
        bulk_action(Status.REJECTED, gettext_lazy("Reject the ticked comments")),
        bulk_action(Status.SPAM, gettext_lazy("Mark the ticked comments as spam")),
        bulk_action(Status.PENDING, gettext_lazy("Put the ticked comments back to pending")),
    ]
    fields = readonly_fields = ["status"]
    view_on_site = False

    class Media:
        css = {"all": ["css/queue.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody edits what a reader wrote; deciding on it is a permission of its own."""
        return False

    def has_moderate_permission(self, request):
        return request.user.has_perm("comments.moderate_comment")

    def get_ordering(self, request):
        waiting = chosen_status(request) == Status.PENDING
        return ["created_at", "pk"] if waiting else ["-created_at", "-pk"]

    def get_changelist(self, request, **kwargs):
        return Queue

    @admin.display(description=gettext_lazy("comment"))
    def card(self, comment):
        """The whole comment with its surroundings and its buttons."""
        return render_to_string("admin/comments/comment/_card.html", self.card_context(comment))

    def card_context(self, comment):
        # `may_moderate` was set by the list or the comment's own page: a column is not told of the request.
        others = [(status, label) for status, label in BUTTONS.items() if status != comment.status]
        return {"comment": comment, "buttons": others if comment.may_moderate else []}

    def changelist_view(self, request, extra_context=None):
        if None in map(row_number, request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest("No such comment.")
        if request.method == "POST" and self.decide(request):
            return HttpResponseRedirect(request.get_full_path() + _next_card(request))
        return super().changelist_view(request, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "POST" and self.decide(request):
            return self.response_post_save_change(request, None)
        comment = self.get_object(request, object_id)
        context = {"title": _("Comment"), "subtitle": None}
        if comment:
            comment.may_moderate = self.has_moderate_permission(request)
            context |= {"events": comment.events.all(), **self.card_context(comment)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def decide(self, request):
        """Do what a button of a card or an Undo asks for; False where the request is about something else."""
        if "_moderate" not in request.POST and "_undo" not in request.POST:
            return False
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        try:
            if "_undo" in request.POST:
                self.undo(request, uuid.UUID(request.POST["_undo"]))
            else:
                self.moderate_one(request, *request.POST["_moderate"].split("."))
        except (TypeError, ValueError):
            raise BadRequest("No such button.") from None
        return True

    def moderate_one(self, request, status, pk, seen):
        status, pk, seen = Status(status), int(pk), Status(seen)
        batch = Comment.objects.filter(pk=pk).moderate(status, by=request.user, seen={pk: seen})
        self.report(request, batch, DONE[status])

    def undo(self, request, batch_id):
        batch = Comment.objects.undo(batch_id, by=request.user)
        self.report(request, batch, UNDONE, is_undo=True)

    def report(self, request, batch, sentence, is_undo=False):
        """Say what a press did, with the way back, and what it left alone because somebody was faster."""
        if batch.count:
            label = _("Redo") if is_undo else _("Undo")
            said = format_html(WITH_UNDO, sentence % batch.count, batch.id, label)
            self.message_user(request, said, messages.SUCCESS)
        if batch.skipped:
            left = ngettext(
                "%d comment was left as it is: somebody else has decided on it meanwhile.",
                "%d comments were left as they are: somebody else has decided on them meanwhile.",
                batch.skipped,
            )
            self.message_user(request, left % batch.skipped, messages.WARNING)
        if not batch.count and not batch.skipped:
            self.message_user(request, _("Nothing was changed: it was so already."), messages.INFO)
