"""What a press in the queue does, with a script or without: the act, what is said of it, and the way back.

A request that accepts JSON alone gets {"said", "level", "counts", "cards"} and, where there is a way back,
its batch as "undo" or "redo"; any other is led back to the list, which says the same.
"""

import uuid
from itertools import pairwise

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext, ngettext_lazy
from django.utils.translation import gettext as _

from queries.remembered import made_once
from queries.rows import values_of

from .. import acts, transitions
from ..models import Comment, ModerationEvent
from ..queue.cards import dressed, load
from ..queue.counts import CAP, shown, tab_counts
from ..queue.filters import row_number

Status = Comment.Status
DONE = {
    Status.APPROVED: ngettext_lazy("%d comment approved.", "%d comments approved."),
    Status.REJECTED: ngettext_lazy("%d comment rejected.", "%d comments rejected."),
    Status.SPAM: ngettext_lazy("%d comment marked as spam.", "%d comments marked as spam."),
    Status.PENDING: ngettext_lazy("%d comment put back to pending.", "%d comments put back to pending."),
}
KEPT = ngettext_lazy("%d comment kept.", "%d comments kept.")
HIDDEN = ngettext_lazy("%d comment hidden as a spoiler.", "%d comments hidden as spoilers.")
SHOWN = ngettext_lazy("%d comment is a spoiler no more.", "%d comments are spoilers no more.")
UNDONE = ngettext_lazy("%d change undone.", "%d changes undone.")
REDONE = ngettext_lazy("%d change made again.", "%d changes made again.")
# The button belongs to the list's form, though the message stands outside of it.
WITH_UNDO = '{} <button type="submit" class="undo" form="changelist-form" name="_undo" value="{}">{}</button>'
BUTTONS = ("_moderate", "_act", "_undo")


def wants_json(request):
    return request.headers.get("Accept") == "application/json"


def seen(request):
    """The status of each comment as the moderator's page showed it, by primary key."""
    return {pk: status for pk, status, _version in _seen(request)}


def texts(request):
    """The version of each text that the moderator's page showed, by primary key."""
    return {pk: version for pk, _status, version in _seen(request) if pk is not None and version}


def _seen(request):
    parts = [[*value.split(".", 2), "", ""][:3] for value in request.POST.getlist("seen")]
    return [(row_number(pk), status, version) for pk, status, version in parts if status in Status.values]


def next_card(request, pk):
    """The fragment of the card after this one, so that reading goes on where it was."""
    following = [after for before, after in pairwise(seen(request)) if str(before) == str(pk)]
    return f"#card-{following[0]}" if following else ""


def ticked(request, queryset):
    """The comments that a bulk action is about, as far as one press goes."""
    if request.POST.get("select_across") == "1":
        keys = queryset.order_by("pk").values("pk")[:CAP]
    else:
        # By what was ticked, not by what the tab shows now: who was decided on meanwhile must be told.
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return Comment.objects.filter(pk__in=keys)


def bulk_decision(status, label):
    """The admin action that gives the ticked comments a status."""

    @admin.action(description=label, permissions=["moderate"])
    def moderate(modeladmin, request, queryset):
        comments = ticked(request, queryset)
        batch = acts.decide(comments, status, by=request.user, seen=seen(request), texts=texts(request))
        return modeladmin.answer(request, batch, DONE[status])

    moderate.__name__ = f"mark_{status}"
    return moderate


@admin.action(description=gettext_lazy("Hide the ticked comments as spoilers"), permissions=["moderate"])
def hide_as_spoilers(modeladmin, request, queryset):
    batch = acts.hide_as_spoiler(ticked(request, queryset), by=request.user)
    return modeladmin.answer(request, batch, HIDDEN)


class Presses:
    """The part of the comments' admin that does what a button asks for, and answers."""

    def press(self, request):
        """Do what a button of a card or an Undo asks for; None where the request is about something else."""
        name = next((name for name in BUTTONS if name in request.POST), None)
        if name is None:
            return None
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        try:
            if name == "_undo":
                return self.undo(request, uuid.UUID(request.POST["_undo"]))
            verb, pk, status = request.POST[name].split(".")
            press = self.moderate_one if name == "_moderate" else self.act_on_one
            return press(request, verb, int(pk), Status(status))
        except (TypeError, ValueError):
            raise BadRequest("No such button.") from None

    def moderate_one(self, request, status, pk, was):
        status = Status(status)
        one, read = Comment.objects.filter(pk=pk), texts(request)
        batch = acts.decide(one, status, by=request.user, seen={pk: was}, texts=read)
        return self.answer(request, batch, DONE[status], pk)

    def act_on_one(self, request, verb, pk, was):
        comment = get_object_or_404(Comment, pk=pk)
        if verb == "keep":
            return self.answer(request, acts.keep(comment, seen=was, by=request.user), KEPT, pk)
        if verb not in {"hide", "show"}:
            raise ValueError
        one = Comment.objects.filter(pk=pk)
        batch = acts.hide_as_spoiler(one, by=request.user, is_spoiler=verb == "hide")
        return self.answer(request, batch, HIDDEN if verb == "hide" else SHOWN, pk)

    def undo(self, request, batch_id):
        batch = transitions.undo(batch_id, by=request.user)
        is_redo = ModerationEvent.objects.filter(batch=batch.id, why=_("Redone")).exists()
        return self.answer(request, batch, REDONE if is_redo else UNDONE, is_undo=not is_redo)

    def answer(self, request, batch, sentence, pk=None, *, is_undo=False):
        """Say what a press did, with the way back, and what it left alone because somebody was faster."""
        if batch.count:
            sentence = _kept_or(sentence, batch)
        said, level = self.said(batch, sentence)
        label = _("Redo") if is_undo else _("Undo")
        if wants_json(request):
            return self.answer_in_json(request, batch, pk, " ".join(said), level, is_undo)
        for number, text in enumerate(said):
            is_first = number == 0 and batch.count
            with_undo = format_html(WITH_UNDO, text, batch.id, label) if is_first else text
            self.message_user(request, with_undo, messages.SUCCESS if is_first else level)
        fragment = next_card(request, pk) if pk else ""
        return HttpResponseRedirect(self.way_back(request) + fragment)

    def said(self, batch, sentence):
        """(sentences about a batch, the level of the last of them)."""
        said = []
        if batch.count:
            said = [sentence if isinstance(sentence, str) else sentence % batch.count]
        if batch.skipped:
            left = ngettext(
                "%d comment was left as it is: somebody else has decided on it meanwhile. "
                "If nobody has, its writer has edited it.",
                "%d comments were left as they are: somebody else has decided on them meanwhile. "
                "If nobody has, their writers have edited them.",
                batch.skipped,
            )
            return [*said, left % batch.skipped], messages.WARNING
        return (
            (said, messages.SUCCESS)
            if said
            else ([_("Nothing was changed: it was so already.")], messages.INFO)
        )

    def answer_in_json(self, request, batch, pk, said, level, is_undo):
        touched = {pk} if pk else set()
        # Whoever was too late must see what the other one did.
        touched |= set(map(row_number, request.POST.getlist(ACTION_CHECKBOX_NAME))) - {None}
        on_page = [key for key in seen(request) if key is not None]
        events = ModerationEvent.objects.filter(batch=batch.id, comment__in=on_page)
        touched |= set(events.values_list("comment", flat=True))
        way_back = {"redo" if is_undo else "undo": str(batch.id)} if batch.count else {}
        return self.json(request, touched, said, level, way_back)

    def json(self, request, keys, said, level, way_back=None):
        """What the script is told: the cards with these keys as they are now, empty for one that is gone."""
        comments = dressed(load(sorted(keys)), request, self)
        answer = {
            "said": said,
            "level": messages.constants.DEFAULT_TAGS[level],
            "counts": {tab: shown(count) for tab, count in tab_counts().items()},
            "cards": dict.fromkeys(map(str, keys), "")
            | {str(comment.pk): self.card(comment) for comment in comments},
            **(way_back or {}),
        }
        return JsonResponse(answer)

    def card(self, comment):
        """The whole comment with its surroundings and its buttons; drawn once for the same ones."""
        rows = comment, comment.article, comment.parent, *comment.open_reports
        name = "card", get_language(), repr([values_of(row) for row in rows if row])
        context = {"comment": comment, "card": comment.card}
        html = made_once(name, lambda: render_to_string("admin/comments/comment/_card.html", context))
        return mark_safe(html)  # noqa: S308


def _kept_or(sentence, batch):
    """What to say where an Approve was a Keep, because the comment stood already and was complained about."""
    kinds = set(ModerationEvent.objects.filter(batch=batch.id).values_list("kind", flat=True))
    return KEPT if sentence == DONE[Status.APPROVED] and kinds == {ModerationEvent.Kind.KEPT} else sentence
