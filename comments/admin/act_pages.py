"""The pages of what takes more than one press. Each works by itself, and as a dialog over the queue."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from .. import acts
from ..models import Comment, ModerationEvent
from ..queue.cards import Rights
from ..queue.filters import row_number
from .act_forms import ActForm, BanForm, EditForm, RejectForm, ReplyForm
from .presses import DONE, wants_json

Status = Comment.Status
OVERTAKEN = gettext_lazy(
    "Meanwhile somebody else has changed this comment: it is “%(status)s” now and reads as shown here. "
    "Your entry is kept; press again if it still holds."
)


class Act(NamedTuple):
    """A page: its heading, what its button says, its form, and the right that it needs."""

    title: str
    button: str
    form: type = ActForm
    right: str = "moderate"


ACTS = {
    "reply": Act(gettext_lazy("Reply and approve"), gettext_lazy("Post reply"), ReplyForm),
    "edit": Act(gettext_lazy("Edit"), gettext_lazy("Save"), EditForm),
    "reject": Act(gettext_lazy("Reject with a reason"), gettext_lazy("Reject"), RejectForm),
    "ban": Act(gettext_lazy("Ban the sender"), gettext_lazy("Ban"), BanForm, "ban"),
    "destroy": Act(gettext_lazy("Delete for good"), gettext_lazy("Delete for good"), right="destroy"),
}


class ActPages:
    """The part of the comments' admin that has a page for each of ACTS."""

    def get_urls(self):
        pages = [
            path(
                f"<path:number>/{name}/",
                self.admin_site.admin_view(self.act_page),
                {"name": name},
                name=f"comments_comment_{name}",
            )
            for name in ACTS
        ]
        return pages + super().get_urls()

    def act_page(self, request, number, name):
        act = ACTS[name]
        if not getattr(Rights.of(request.user), act.right):
            raise PermissionDenied
        comment = get_object_or_404(Comment.objects.select_related("article"), pk=row_number(number))
        is_empty, is_nameless = not comment.body, not comment.folded_email
        if (is_empty and name != "destroy") or (is_nameless and name == "ban"):
            raise Http404("There is nothing to do this to.")
        form = act.form(request.POST or None, comment=comment)
        if request.method == "POST" and form.is_valid():
            answer = self.do(request, name, comment, form)
            if answer:
                return answer
        return self.show_page(request, name, form)

    def do(self, request, name, comment, form):
        """Do the act and answer; None where it was not done, which the form then says."""
        try:
            return getattr(self, f"do_{name}")(request, comment, form)
        except acts.Overtaken:
            now = Comment.objects.select_related("article").filter(pk=comment.pk).first()
            if now is None:
                raise Http404("It is gone.") from None
            form.show_again(now, OVERTAKEN % {"status": now.get_status_display()})
        except acts.SaidAlready:
            form.add_error(None, _("This very reply stands there already."))

    def show_page(self, request, name, form):
        comment = form.comment
        context = {"act": ACTS[name], "name": name, "form": form, "comment": comment}
        context |= {"part": f"admin/comments/comment/_{name}.html", "back": self.way_back(request)}
        if name == "reply":
            context["signature"], badge = acts.signature(request.user, comment.article)
            context["badge"] = Comment.Badge(badge).label
        if name == "destroy":
            context["has_replies"] = comment.replies.exists()
        status = 422 if form.is_bound else 200
        if request.headers.get("X-Requested-With") == "fetch":
            return render(request, "admin/comments/comment/_act.html", context, status=status)
        context = (
            self.admin_site.each_context(request) | {"opts": self.opts, "title": ACTS[name].title} | context
        )
        return render(request, "admin/comments/comment/act.html", context, status=status)

    def do_reply(self, request, parent, form):
        data = form.cleaned_data
        batch = acts.reply(parent, data["body"], seen=data["was"], by=request.user)
        return self.answer(
            request, batch, ngettext_lazy("Reply posted.", "Reply posted, comment approved."), parent.pk
        )

    def do_edit(self, request, comment, form):
        data = form.cleaned_data
        if data["version"] != acts.version_of(comment) or data["was"] != comment.status:
            raise acts.Overtaken
        batch = acts.edit(comment, data["body"], by=request.user)
        return self.answer(
            request, batch, ngettext_lazy("%d comment edited.", "%d comments edited."), comment.pk
        )

    def do_reject(self, request, comment, form):
        seen = {comment.pk: form.cleaned_data["was"]}
        one = Comment.objects.filter(pk=comment.pk)
        batch = acts.decide(one, Status.REJECTED, by=request.user, why=form.why, seen=seen)
        return self.answer(request, batch, DONE[Status.REJECTED], comment.pk)

    def do_ban(self, request, comment, form):
        data = dict(form.cleaned_data)
        batch = acts.ban(comment, data.pop("kind"), seen=data.pop("was"), by=request.user, **data)
        moved = ModerationEvent.objects.filter(batch=batch.id, to_status=Status.REJECTED)
        rejected = moved.exclude(from_status=Status.REJECTED).count()
        said = ngettext(
            "Sender banned, %d comment rejected.", "Sender banned, %d comments rejected.", rejected
        )
        said = said % rejected if rejected else _("Sender banned.")
        return self.answer(request, batch, said, comment.pk)

    def do_destroy(self, request, comment, form):
        if form.cleaned_data["was"] != comment.status:
            raise acts.Overtaken
        acts.destroy(comment, by=request.user)
        said = _("Comment %(number)s is deleted for good.") % {"number": comment.pk}
        if wants_json(request):
            return self.json(request, {comment.pk}, said, messages.SUCCESS)
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self.way_back(request))
