"""Deciding on one comment by the link in a mail to a moderator: a page that asks, a press that decides."""

import uuid

from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from visitors.origin import is_from_this_site

from .. import acts, transitions
from ..models import Comment, ModerationEvent
from ..queue.cards import sentence
from ..tokens import DECISION_LIFE, subject_of_mail
from .pages import private

Status = Comment.Status
DONE = {
    Status.APPROVED: ngettext_lazy("Approved.", "Approved."),
    Status.REJECTED: ngettext_lazy("Rejected.", "Rejected."),
    Status.SPAM: ngettext_lazy("Marked as spam.", "Marked as spam."),
}


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, token):
    """The comment with its buttons; a press acts as the moderator whom the mail went to, while they may."""
    try:
        pk, _dot, user_pk = subject_of_mail("decide", token, DECISION_LIFE).partition(".")
    except SignatureExpired:
        return _gone(request)
    except BadSignature:
        raise Http404("No such token.") from None
    moderator = get_user_model().objects.filter(pk=user_pk, is_active=True, is_staff=True).first()
    comment = Comment.objects.select_related("article", "parent").filter(pk=pk).exclude(body="").first()
    if comment is None or moderator is None or not moderator.has_perm("comments.moderate_comment"):
        return _gone(request)
    if request.method != "POST":
        return _page(request, comment)
    if not is_from_this_site(request):
        why = _("Your browser did not say that this came from our own page. Please press once more.")
        return _page(request, comment, why=why, status=403)
    return _press(request, comment, moderator)


def _press(request, comment, moderator):
    if "undo" in request.POST:
        batch = transitions.undo(_batch_of(request, comment, moderator), by=moderator)
        said = _("Undone.")
    else:
        status, seen = request.POST.get("status"), request.POST.get("seen", "")
        seen, _dot, version = seen.partition(".")
        if status not in DONE or seen not in Status.values:
            raise BadRequest("No such button.")
        one, texts = Comment.objects.filter(pk=comment.pk), {comment.pk: version} if version else {}
        batch = acts.decide(one, status, by=moderator, seen={comment.pk: seen}, texts=texts)
        said = DONE[status] % 1
    comment.refresh_from_db()
    if batch.count:
        return _page(request, comment, said=said, batch=None if "undo" in request.POST else batch.id)
    if batch.skipped:
        return _page(
            request,
            comment,
            why=_(
                "Somebody else has decided on it meanwhile. If nobody has, its writer has edited it. "
                "Nothing was changed."
            ),
        )
    return _page(request, comment, said=_("Nothing was changed: it was so already."))


def _batch_of(request, comment, moderator):
    """What an Undo is about: only what this moderator did to this very comment."""
    try:
        batch = uuid.UUID(request.POST["undo"])
    except ValueError:
        raise BadRequest("No such button.") from None
    if not ModerationEvent.objects.filter(batch=batch, comment=comment, actor=moderator).exists():
        raise BadRequest("No such button.")
    return batch


def _page(request, comment, status=200, **said):
    context = {"comment": comment, "version": acts.version_of(comment)}
    context |= {"reasons": [sentence(reason) for reason in comment.reasons], **said}
    context["buttons"] = [
        (status, label)
        for status, label in [
            (Status.APPROVED, _("Approve")),
            (Status.REJECTED, _("Reject")),
            (Status.SPAM, _("Spam")),
        ]
        if status != comment.status
    ]
    return render(request, "comments/decide.html", context, status=status)


def _gone(request):
    return render(request, "comments/decide_gone.html", status=410)
