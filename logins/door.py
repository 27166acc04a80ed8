"""Who is let in: a password alone opens nothing where a second factor belongs to it.

Until the second step is done `request.user` is nobody, for every view there is; only the pages of the second
factor look at `request.person`, whose password the session knows.
"""

from enum import Enum

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from .devices import has_phone


class Missing(Enum):
    """What a person with the right password still has to do; the value is the page where it is done."""

    CODE = "second_factor:check"
    SET_UP = "second_factor:set_up"


# Where a person may go all the same: out, and with nothing set up yet to another password.
OPEN = {
    Missing.CODE: ["admin:logout"],
    Missing.SET_UP: ["admin:logout", "admin:password_change", "admin:password_change_done"],
}


def is_required():
    return settings.SECOND_FACTOR == "required"


def missing(person):
    """What is still missing after the password, or None for whom the newsroom is open (or who is nobody)."""
    if not person.is_authenticated or getattr(person, "otp_device", None):
        return None
    # The backend has looked already, but for whom a login has only just named.
    if person.has_phone if hasattr(person, "has_phone") else has_phone(person):
        return Missing.CODE
    return Missing.SET_UP if is_required() and person.is_staff else None


def second_step(get_response):
    """Make `request.user` nobody until the second step is done; costs nothing where nobody asks for it."""

    def middleware(request):
        person = request.person = request.user
        request.user = SimpleLazyObject(lambda: let_in(request, person))
        request.auser = sync_to_async(lambda: let_in(request, person))
        return get_response(request)

    return middleware


def let_in(request, person):
    step = missing(person)
    if step and request.path not in map(reverse, OPEN[step]):
        return AnonymousUser()
    return person


def next_step(request, person):
    """The redirect to what is still missing, which leads on to where one was going; None if nothing is."""
    step = missing(person)
    return redirect(f"{reverse(step.value)}?{urlencode({'next': next_address(request)})}") if step else None


def next_address(request):
    """Where somebody was going, as form or address say; the front page where that is another site."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)
