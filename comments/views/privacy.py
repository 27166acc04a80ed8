"""What is kept about a reader: asked for by address, shown and erased by the link in a mail."""

from django import forms
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from visitors.origin import is_from_this_site

from ..forms import TidiedEmailField, at_most
from ..models import EMAIL_LIMIT
from ..privacy.erasure import erase
from ..privacy.export import as_html, as_json, counts
from ..privacy.links import address_of, send_link
from .pages import private

FILES = {"json": (as_json, "application/json"), "html": (as_html, "text/html; charset=utf-8")}
TEXTS = {"keep": False, "remove": True}


class AddressForm(forms.Form):
    """The address that somebody asks about."""

    email = TidiedEmailField(
        label=gettext_lazy("Email"),
        validators=[at_most(EMAIL_LIMIT)],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Please give the email address that you gave us.")},
    )


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def your_data(request):
    """Asks for an address. The answer is the same for every one; a mail goes where something is kept."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "comments/personal_ask.html", {"form": form})
    if not is_from_this_site(request):
        return render(request, "comments/personal_ask.html", {"form": form, "why": _elsewhere()}, status=403)
    if not form.is_valid():
        return render(request, "comments/personal_ask.html", {"form": form}, status=422)
    send_link(form.cleaned_data["email"].casefold())
    return render(request, "comments/personal_sent.html")


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def your_data_of(request, token):
    """What there is about the bearer of the link, to download or to erase; a GET changes nothing."""
    try:
        folded_email = address_of(token)
    except SignatureExpired:
        folded_email = ""
    except BadSignature:
        raise Http404("No such token.") from None
    if not folded_email:
        return render(request, "comments/personal_gone.html", status=410)
    page = {"counts": counts(folded_email)}
    if request.method != "POST":
        return render(request, "comments/personal_data.html", page)
    if not is_from_this_site(request):
        return render(request, "comments/personal_data.html", page | {"why": _elsewhere()}, status=403)
    return _act(request, folded_email, page)


def _act(request, folded_email, page):
    """Do what a button asks for: a file, the question whether to erase, or the erasure."""
    wanted, texts = request.POST.get("act"), request.POST.get("texts")
    if wanted in FILES:
        return personal_file(folded_email, wanted)
    if wanted not in {"ask", "erase"} or texts not in TEXTS:
        why = _("Please choose what becomes of your comments.")
        return render(request, "comments/personal_data.html", page | {"why": why}, status=422)
    if wanted == "ask":
        return render(request, "comments/personal_sure.html", page | {"texts": texts})
    erased = erase(folded_email, with_texts=TEXTS[texts])
    return render(request, "comments/personal_erased.html", page | {"sentences": erased.sentences()})


def personal_file(folded_email, kind):
    """The export as a file to download, of the kind "json" or "html"; kept by nobody on the way."""
    make, content_type = FILES[kind]
    response = HttpResponse(make(folded_email), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="personal-data.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _elsewhere():
    return _("Your browser did not say that this came from our own page. Please press once more.")
