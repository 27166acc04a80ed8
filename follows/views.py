"""Following a show: the form, and the pages that the mails lead to. Nothing here is kept by anybody."""

from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from shows.models import Show
from visitors.networks import client_of
from visitors.origin import is_from_this_site

from .following import HOUR, TooMany, ask, confirm, end
from .forms import FollowForm
from .models import Follow
from .tokens import CONFIRMATION_LIFE, follow_of_mail

private = cache_control(no_store=True)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow_show(request, slug):
    """Take an address. The answer is the same for every one; a mail goes where it does not follow yet."""
    show = get_object_or_404(Show.objects.with_label(), slug=slug)
    form = FollowForm(request.POST if request.method == "POST" else None)
    page = {"show": show, "form": form}
    if request.method != "POST":
        return render(request, "follows/follow.html", page)
    if not is_from_this_site(request):
        return render(request, "follows/follow.html", page | {"why": _elsewhere()}, status=403)
    if not form.is_valid():
        return render(request, "follows/follow.html", page, status=422)
    return _asked(request, page, form.cleaned_data)


def _asked(request, page, typed):
    """The page that says to look into one's mail; who fell into the trap sees the same."""
    try:
        if not typed["subject"]:
            ask(page["show"], typed["email"], client_of(request))
    except TooMany:
        why = _("Many requests came from your network. Please try again in an hour.")
        response = render(request, "follows/follow.html", page | {"why": why}, status=429)
        response["Retry-After"] = int(HOUR.total_seconds())
        return response
    return render(request, "follows/sent.html", page)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_follow(request, token):
    """What the link in the first mail means, with a button; only the button does it."""
    try:
        follow = _follow_of(follow_of_mail("confirm", token, CONFIRMATION_LIFE))
    except SignatureExpired:
        follow = None
    except BadSignature:
        raise Http404("No such token.") from None
    if follow is None:
        return render(request, "follows/confirm_gone.html", status=410)
    page = {"show": follow.show}
    if request.method == "POST" and is_from_this_site(request):
        confirm(follow)
        return render(request, "follows/confirmed.html", page)
    return _with_button(request, "follows/confirm.html", page)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """Two buttons: no more mails about this show, or about any.

    A mail server may press the first for its reader (RFC 8058): it has no origin, the token is its proof.
    """
    try:
        follow = _follow_of(follow_of_mail("unsubscribe", token))
    except BadSignature:
        raise Http404("No such token.") from None
    page = {"show": follow and follow.show, "everywhere": "all" in request.POST}
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    if request.method != "POST" or not (is_one_click or is_from_this_site(request)):
        return _with_button(request, "follows/unsubscribe.html", page)
    end(follow, everywhere=page["everywhere"] and not is_one_click)
    return render(request, "follows/unsubscribed.html", page)


def _follow_of(pk):
    follow = Follow.objects.filter(pk=pk).first()
    if follow:
        follow.show = Show.objects.with_label().get(pk=follow.show_id)
    return follow


def _with_button(request, template, page):
    """The page that asks; again, with a sentence, where a press did not come from this site."""
    if request.method != "POST":
        return render(request, template, page)
    return render(request, template, page | {"why": _elsewhere()}, status=403)


def _elsewhere():
    return _("Your browser did not say that this came from our own page. Please press once more.")
