"""Reviews and notes: submitting, approving, sending back, and what colleagues remark on an article."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from logbook.models import name_of

from ..models import Review
from ..notes import add_note, reopen_note, settle_note
from ..review_forms import ApproveForm, NoteForm, SendBackForm, SubmitForm
from ..reviews import decide, submit, withdraw
from ..talk import Talk, decided_line, shown_time

UNPROCESSABLE = 422


class ReviewPages:
    """The part of the article's model admin that deals with colleagues.

    Every act is a POST that answers with the box of the writing screen where its script has sent it, so
    that nothing unsaved is lost, and with the page "Review and notes" otherwise.
    """

    def get_urls(self):
        pages = [
            ("desk/", self.desk_view, "desk"),
            ("review/submit/", self.submit_view, "submit_review"),
            ("review/<int:pk>/", self.review_view, "review"),
            ("notes/", self.add_note_view, "add_note"),
            ("notes/<int:pk>/", self.note_view, "note"),
        ]
        return [
            path(f"<path:object_id>/{at}", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    # What is shown.

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        typed = {"review_message": request.POST.get("review_message", "")}
        context["talk"] = self.talk(request, obj, typed)
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def talk(self, request, article, typed=None, errors=None):
        rights = {
            "may_change": self.has_change_permission(request, article),
            "may_publish": self.has_publish_permission(request),
        }
        return Talk(article, request.user, typed=typed, errors=errors, **rights)

    @method_decorator(require_safe)
    def desk_view(self, request, object_id):
        """Reviews and notes on a page of their own, for browsers without a script and for who only reads."""
        return self.desk_page(request, self.article_or_404(request, object_id))

    def desk_page(self, request, article, typed=None, errors=None):
        context = {"title": _("Review and notes"), "article": article, "is_live": True}
        page = self.page(
            request,
            "desk",
            context | {"talk": self.talk(request, article, typed, errors), "rounds": article.reviews.all()},
        )
        page.status_code = UNPROCESSABLE if errors else page.status_code
        return page

    def answer(self, request, article, said="", *, level=messages.SUCCESS, errors=None, kept=()):
        """Say what was done, or what was wrong beside what was typed. `kept` fields were not meant yet."""
        names = set(kept) | set(errors or ())
        typed = {name: request.POST.get(name, "") for name in names}
        if request.headers.get("X-Requested-With") == "fetch":
            context = {
                "talk": self.talk(request, article, typed, errors),
                "original": article,
                "in_form": True,
                "is_live": True,
                "said": said,
                "level": messages.DEFAULT_TAGS[level],
            }
            status = UNPROCESSABLE if errors else 200
            return TemplateResponse(request, "admin/articles/article/_talk.html", context, status=status)
        if errors:
            return self.desk_page(request, article, typed, errors)
        self.message_user(request, said, level)
        return redirect("admin:articles_article_desk", article.pk)

    def changeable_or_403(self, request, object_id):
        article = self.article_or_404(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    # Review.

    def submit_saved(self, request, article):
        """After Save: submit what was saved; where the message is too long, the desk page keeps it."""
        form = SubmitForm(request.POST)
        if not form.is_valid():
            typed = {"review_message": request.POST.get("review_message", "")}
            return self.desk_page(request, article, typed, form.errors)
        said, level = self.submit(request, article, form)
        self.message_user(request, gettext("Saved. %s") % said, level)
        return redirect(self.change_url(article))

    @method_decorator(require_POST)
    def submit_view(self, request, object_id):
        article = self.changeable_or_403(request, object_id)
        form = SubmitForm(request.POST)
        if not form.is_valid():
            return self.answer(request, article, errors=form.errors, kept=["text"])
        said, level = self.submit(request, article, form)
        return self.answer(request, article, said, level=level, kept=["text"])

    def submit(self, request, article, form):
        if not submit(article, request.user, form.cleaned_data["review_message"]):
            return gettext("It waits for review already."), messages.WARNING
        self.log_change(request, article, gettext("Submitted for review."))
        return gettext("Submitted: the editors are told by mail."), messages.SUCCESS

    @method_decorator(require_POST)
    def review_view(self, request, object_id, pk):
        """Withdraw, approve or send back, by the button that was pressed."""
        article = self.changeable_or_403(request, object_id)
        review = get_object_or_404(article.reviews.select_related("article", "submitted_by"), pk=pk)
        if "_withdraw" in request.POST:
            return self.withdraw(request, article, review)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        is_approved = "_send_back" not in request.POST
        form = (ApproveForm if is_approved else SendBackForm)(request.POST)
        if not form.is_valid():
            return self.answer(request, article, errors=form.errors, kept=["text"])
        if is_approved and (unread := self.unread_line(request, article)):
            return self.answer(request, article, unread, level=messages.WARNING, kept=["text", "note"])
        return self.decide(request, article, review, is_approved, form.cleaned_data["note"])

    def withdraw(self, request, article, review):
        if not withdraw(review, request.user):
            return self.answer(request, article, decided_line(review), level=messages.WARNING, kept=["text"])
        said = gettext("Withdrawn from review.")
        self.log_change(request, article, said)
        return self.answer(request, article, said, kept=["text"])

    def unread_line(self, request, article):
        """Nobody approves what was saved after they had opened it."""
        if request.POST.get("seen") in ("", None, article.saved_at.isoformat()):
            return ""
        at = shown_time(article.saved_at)
        return gettext("Not approved: it was saved at %s, after you opened it. Read that first.") % at

    def decide(self, request, article, review, is_approved, note):
        outcome = Review.Outcome.APPROVED if is_approved else Review.Outcome.SENT_BACK
        if not decide(review, outcome, request.user, note):
            said = decided_line(review)
            return self.answer(request, article, said, level=messages.WARNING, kept=["text", "note"])
        said = gettext("Approved.") if is_approved else gettext("Sent back.")
        self.log_change(request, article, said)
        if "_approve_and_publish" in request.POST:
            return redirect("admin:articles_article_publish", article.pk)
        return self.answer(request, article, said, kept=["text"])

    # Notes.

    @method_decorator(require_POST)
    def add_note_view(self, request, object_id):
        article = self.noting_or_403(request, object_id, "add")
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.answer(request, article, errors=form.errors, kept=["note"])
        told = add_note(article, request.user, form.cleaned_data["text"]).told
        names = ", ".join(map(name_of, told))
        said = gettext("Noted, and mailed to %s.") % names if names else gettext("Noted.")
        return self.answer(request, article, said, kept=["note"])

    @method_decorator(require_POST)
    def note_view(self, request, object_id, pk):
        """Settle a note, or open it again; whoever comes second finds it as they wanted it."""
        article = self.noting_or_403(request, object_id, "change")
        note = get_object_or_404(article.notes, pk=pk)
        if "_reopen" in request.POST:
            reopen_note(note)
            return self.answer(request, article, gettext("Open again."), kept=["text", "note"])
        settle_note(note, request.user)
        return self.answer(request, article, gettext("Settled."), kept=["text", "note"])

    def noting_or_403(self, request, object_id, verb):
        article = self.changeable_or_403(request, object_id)
        if not request.user.has_perm(f"articles.{verb}_note"):
            raise PermissionDenied
        return article
