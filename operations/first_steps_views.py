"""The buttons of the list of first steps: a test mail, and whether the list is shown."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from mailing import outbox
from mailing.models import Mail

from . import first_steps

HIDDEN = "first-steps"
A_YEAR = int(timedelta(days=365).total_seconds())
BETWEEN_TEST_MAILS = timedelta(minutes=1)


@require_POST
def test_mail(request):
    """Post a mail to the person's own address; the list then says what became of it."""
    if not request.user.is_superuser:
        raise PermissionDenied
    just_now = timezone.now() - BETWEEN_TEST_MAILS
    if not request.user.email:
        messages.warning(request, gettext("Your login has no email address to try it with."))
    elif Mail.objects.filter(key__startswith=first_steps.TEST_MAIL, created_at__gt=just_now).exists():
        messages.info(request, gettext("A test mail was sent just now: give it a minute."))
    else:
        outbox.post(
            f"{first_steps.TEST_MAIL}{request.user.pk}-{secrets.token_hex(4)}",
            to=request.user.email,
            subject=gettext("A test mail from %s") % settings.SITE_URL,
            text=gettext("Mail works: this came from %s.") % settings.SITE_URL,
        )
        messages.success(request, gettext("A test mail is on its way to %s.") % request.user.email)
    return redirect("admin:index")


@require_POST
def hide(request):
    """Show the list no more in this browser, or again; a cookie that goes to the newsroom only."""
    response = redirect("admin:index")
    if "again" in request.POST:
        response.delete_cookie(HIDDEN, path="/admin/")
    else:
        options = {"path": "/admin/", "httponly": True, "samesite": "Lax", "secure": settings.IS_HTTPS}
        response.set_cookie(HIDDEN, "hidden", max_age=A_YEAR, **options)
    return response


app_name = "first_steps"
urlpatterns = [
    path("test-mail/", admin.site.admin_view(test_mail), name="test_mail"),
    path("hide/", admin.site.admin_view(hide), name="hide"),
]
