"""The checks before publishing: the panel on the form, their own page, and the answers to what they find."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from logbook.models import Entry

from ..checks.answering import LONGEST_REASON, answer
from ..checks.blocking import refused_fields
from ..checks.report import Report
from ..models import ArticleAuthor
from ..models.blocks import in_order
from ..typed import Typed

# What only the form sends: a press on the page of the checks is about the saved draft.
OF_FORM = "headline"


class CheckPages:
    """The part of the article's model admin that checks what is typed."""

    def get_urls(self):
        pages = [
            ("checks/", never_cache(self.checks_view), "checks"),
            ("checks/answer/", self.answer_check_view, "answer"),
            ("checks/answers/<int:pk>/take-back/", self.take_back_view, "take_back_answer"),
        ]
        return [
            path(f"<path:object_id>/{at}", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The panel opens with what can be said at once; the script then asks for the rest."""
        if composed := context.get("composed"):
            rows = rows_of(inline.formset for inline in context["inline_admin_formsets"])
            context["checks"] = Report.at_once(composed, *rows)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def checks_view(self, request, object_id):
        """GET is a page about the saved draft; POST draws the panel for what the form sends, unsaved."""
        article = self.article_or_404(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if request.method == "POST":
            return self.checks_panel(request, article, self.report_of_typed(request, article))
        context = {"title": _("Checks"), "article": article, "checks": Report.of_saved(article)}
        return self.page(request, "checks", context | {"longest": LONGEST_REASON})

    def checks_panel(self, request, article, report, problem=""):
        context = {"checks": report, "original": article, "problem": problem, "longest": LONGEST_REASON}
        return render(request, "admin/articles/article/_checks_found.html", context)

    def report_of_typed(self, request, article):
        typed = Typed(self, request, article, request.POST)
        blocks = article.blocks() if typed.blocks is None else typed.blocks
        _rows, prefixes = rows_of(typed.formsets)
        report = Report.of(typed.edition, blocks, shows_of(typed.article), prefixes)
        return replace(report, findings=[*refused_fields(typed.forms), *report.findings])

    @method_decorator(require_POST)
    def answer_check_view(self, request, object_id):
        """Keep a reason why a sentence stays as it is, of the form as typed or of the saved draft."""
        article = self.article_or_404(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        is_typed = OF_FORM in request.POST
        report = self.report_of_typed(request, article) if is_typed else Report.of_saved(article)
        problem = self.keep_reason(request, article, report)
        if is_typed:
            return self.checks_panel(request, article, report, problem)
        if problem:
            messages.error(request, problem)
        return redirect(self.checks_url(article))

    def keep_reason(self, request, article, report):
        """Keep the reason that was sent and log it; returns what is wrong with it, or nothing."""
        finding = report.answerable(request.POST.get("answer", ""))
        if finding is None:
            return gettext(
                "The text or the record has changed meanwhile: there is nothing to answer any more."
            )
        reason = " ".join(request.POST.get(f"reason-{finding.fingerprint}", "").replace("\0", "").split())
        if not reason:
            return gettext("Say why the sentence stays as it is.")
        if len(reason) > LONGEST_REASON:
            return gettext("The reason has %(count)d characters; %(most)d are the most.") % {
                "count": len(reason),
                "most": LONGEST_REASON,
            }
        kept, is_new = answer(article, finding, reason, request.user)
        report.answers[finding.fingerprint] = kept
        if is_new:
            said = gettext("“%(quote)s” stays against %(row)s. Reason: %(reason)s")
            words = {"quote": finding.quote, "row": finding.row, "reason": reason}
            self.keep_in_log(request, article, Entry.Action.ANSWERED, said % words)
        return ""

    @method_decorator(require_POST)
    def take_back_view(self, request, object_id, pk):
        """Forget a reason, so that its finding is shown again."""
        article = self.article_or_404(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        taken = get_object_or_404(article.check_answers, pk=pk)
        said = gettext("Took back the reason “%s”.") % taken.reason
        taken.delete()
        self.keep_in_log(request, article, Entry.Action.ANSWERED, said)
        if OF_FORM in request.POST:
            return self.checks_panel(request, article, self.report_of_typed(request, article))
        return redirect(self.checks_url(article))

    def checks_url(self, article):
        return reverse("admin:articles_article_checks", args=[article.pk])


def rows_of(formsets):
    """The form's blocks in their order, and the prefix of each by its id()."""
    forms = [form for formset in formsets if formset.model is not ArticleAuthor for form in formset.forms]
    prefixes = {id(form.instance): form.prefix for form in forms}
    return in_order([form.instance for form in forms]), prefixes


def shows_of(article):
    """The ids of the shows that an article is about, as it is filed or about to be; the main one first."""
    return list(filter(None, [article.show_id, *(show.pk for show in article.also_about.all())]))
