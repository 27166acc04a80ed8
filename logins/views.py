"""The pages of the second factor, in the newsroom's look and under its policy."""

from functools import wraps
from urllib.parse import quote

import django_otp
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from logbook.models import Entry

from . import devices, door
from .forms import CodeForm, EitherForm, RecoveryForm, SetUpForm, key_in
from .pictures import picture_of

FEW_CODES = 3


def newsroom_page(view):
    """Under the newsroom's policy, kept by nobody, with what is typed out of every error report."""
    view = require_http_methods(["GET", "HEAD", "POST"])(view)
    return sensitive_post_parameters()(never_cache(csp_override(settings.NEWSROOM_CSP)(view)))


def for_whom_is_let_in(view):
    @wraps(view)
    def wrapped(request):
        if not admin.site.has_permission(request):
            return redirect_to_login(request.get_full_path(), "admin:login")
        return view(request)

    return newsroom_page(wrapped)


def page(request, name, **context):
    return render(request, f"logins/{name}.html", admin.site.each_context(request) | context)


def check_code(request):
    return second_step(request, CodeForm)


def check_recovery_code(request):
    return second_step(request, RecoveryForm)


@newsroom_page
def second_step(request, form_class):
    """After the password: the phone's code or a recovery code, then on to where one was going."""
    person, going_to = request.person, door.next_address(request)
    if door.missing(person) is not door.Missing.CODE:
        return redirect(going_to)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not AxesProxyHandler.is_allowed(request, credentials_of(person)):
            return get_lockout_response(request, credentials=credentials_of(person))
        device = devices.check(person, form.cleaned_data["code"], is_recovery=form.is_recovery)
        if device:
            opens(request, person, device)
            return redirect(going_to)
        refuse(request, person, form)
    return page(request, "check", title=form_title(form), form=form, next=going_to)


def form_title(form):
    return gettext("Recovery code") if form.is_recovery else gettext("Second step")


def credentials_of(person):
    return {"username": person.get_username()}


def refuse(request, person, form):
    """Say so, and let the login throttle count it."""
    user_login_failed.send(sender=__name__, credentials=credentials_of(person), request=request)
    form.add_error("code", form.why_wrong(person))


def opens(request, person, device):
    """The second step is done: the session goes on under a new key."""
    request.session.cycle_key()
    request.user = person
    django_otp.login(request, device)
    if device.model_label() == "otp_static.staticdevice":
        left = devices.codes_left(person)
        text = ngettext("%d recovery code is left.", "%d recovery codes are left.", left)
        messages.warning(request, text % left)


@newsroom_page
def set_up(request):
    """A new phone: its picture, and one code of it as the proof. For whom nothing else is open, too."""
    person = request.person
    if not person.is_active or not person.is_staff or door.missing(person) is door.Missing.CODE:
        return redirect_to_login(request.get_full_path(), "admin:login")
    key = key_in(request.POST.get("secret", ""), person)
    is_answered = request.method == "POST" and key is not None
    if request.method == "POST" and key is None:
        messages.warning(request, gettext("This page was open for too long: read the new picture."))
    key = key or devices.random_key()
    form = SetUpForm(request.POST if is_answered else None, person=person, key=key)
    if is_answered and form.is_valid() and (codes := devices.set_up(person, key, form.cleaned_data["code"])):
        opens(request, person, devices.phones(person).get())
        Entry.objects.record(person, Entry.Action.CHANGED, person, gettext("Set up a second factor."))
        return codes_page(request, codes)
    return page(
        request,
        "set_up",
        title=gettext("Set up the second factor"),
        form=form,
        picture=picture_of(devices.phone_with(person, key)),
        letters=devices.in_letters(devices.phone_with(person, key)),
        must=door.missing(person) is door.Missing.SET_UP,
        next=door.next_address(request),
    )


def codes_page(request, codes):
    """The one time that recovery codes are shown."""
    text = "\n".join([f"{settings.SITE_URL} · {request.user.get_username()}", *codes, ""])
    return page(
        request,
        "codes",
        title=gettext("Your recovery codes"),
        codes=codes,
        file=f"data:text/plain;charset=utf-8,{quote(text)}",
        next=door.next_address(request),
    )


@for_whom_is_let_in
def state(request):
    """Whether one's second factor is on, and what can be done about it."""
    phone = devices.phones(request.user).first()
    left = devices.codes_left(request.user) if phone else 0
    return page(
        request,
        "state",
        title=gettext("Second factor"),
        phone=phone,
        codes_left=left,
        has_few=left <= FEW_CODES,
        is_required=door.is_required(),
    )


@for_whom_is_let_in
def new_codes(request):
    """Ten new recovery codes, for a code."""
    if not devices.has_phone(request.user):
        return redirect("second_factor:set_up")
    form = EitherForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        codes = devices.new_codes(request.user)
        opens(request, request.user, devices.phones(request.user).first())
        return codes_page(request, codes)
    return page(request, "new_codes", title=gettext("New recovery codes"), form=form)


@for_whom_is_let_in
def turn_off(request):
    """The password alone will do again, for a code; never where the site requires a second factor."""
    if door.is_required() or not devices.has_phone(request.user):
        return redirect("second_factor:state")
    form = EitherForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        devices.take_away(request.user)
        Entry.objects.record(
            request.user, Entry.Action.CHANGED, request.user, gettext("Turned the second factor off.")
        )
        messages.success(request, gettext("The second factor is off: your password alone lets you in."))
        return redirect("second_factor:state")
    return page(request, "turn_off", title=gettext("Turn the second factor off?"), form=form)
