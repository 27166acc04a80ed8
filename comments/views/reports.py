"""Reporting a comment: a page that asks why, and the same thank-you whatever becomes of it."""

from django import forms
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from visitors.networks import client_of
from visitors.origin import is_from_this_site

from ..forms import TidiedField, at_most
from ..models import Report
from ..reports import TooManyReports, report
from ..text import tidied
from ..threads import Entry
from .pages import live_edition, private

DETAILS_LIMIT = Report._meta.get_field("details").max_length


class ReportForm(forms.Form):
    """Why a reader complains. `subject` is a trap: people do not see it."""

    reason = forms.ChoiceField(
        choices=Report.Reason.choices,
        error_messages={"required": gettext_lazy("Please choose what is wrong with the comment.")},
    )
    details = TidiedField(tidy=tidied, required=False, validators=[at_most(DETAILS_LIMIT)])
    subject = forms.CharField(required=False)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_comment(request, slug, pk):
    """The page that asks what is wrong with a comment, and the thank-you; 404 for what readers do not see."""
    edition = live_edition(slug)
    comment = get_object_or_404(edition.article.comments.approved(), pk=pk)
    comment.article = edition.article
    form = ReportForm(request.POST if request.method == "POST" else None)
    page = {"edition": edition, "article": edition.article, "comment": comment, "entry": Entry(comment)}
    page |= {"form": form, "reasons": Report.Reason.choices}
    if request.method != "POST":
        return render(request, "comments/report.html", page)
    if not is_from_this_site(request):
        why = _("Your browser did not say that this came from our own page. Please press “Report” once more.")
        return render(request, "comments/report.html", page | {"why": why}, status=403)
    if not form.is_valid():
        return render(request, "comments/report.html", page, status=422)
    return _take(request, page, form.cleaned_data)


def _take(request, page, said):
    try:
        if not said["subject"]:
            report(page["comment"], said["reason"], said["details"], client_of(request))
    except TooManyReports:
        why = _("Too many reports came from your network within an hour. Please try again later.")
        response = render(request, "comments/report.html", page | {"why": why}, status=429)
        response["Retry-After"] = 3600
        return response
    except IntegrityError:
        raise Http404("Destroyed meanwhile.") from None
    return render(request, "comments/report_thanks.html", page)
