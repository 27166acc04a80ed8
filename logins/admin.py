"""Logins and groups: the pages of Django, with a reset of the second factor and a log of rights."""

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from logbook.models import Entry

from . import devices
from .rights import KeepsRights

# Their own pages show secrets to whoever may read them; ours are in views.py.
admin.site.unregister([User, Group, StaticDevice, TOTPDevice])


@admin.register(User)
class LoginAdmin(KeepsRights, UserAdmin):
    change_form_template = "admin/auth/user/login_change_form.html"
    change_list_template = "admin/auth/user/login_change_list.html"
    rights = {
        "is_active": _("may log in"),
        "is_staff": _("of the newsroom"),
        "is_superuser": _("administrator"),
        "groups": _("groups"),
        "user_permissions": _("rights of their own"),
    }

    def get_urls(self):
        view = self.admin_site.admin_view(self.reset_view)
        address = "<path:object_id>/reset-second-factor/"
        return [path(address, view, name="auth_user_reset_second_factor"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        has_factor = obj is not None and devices.has_phone(obj)
        context = context | {"may_reset": has_factor and self.may_reset(request, obj)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def may_reset(self, request, person):
        """Whoever may change logins; an administrator's only by another."""
        may_change = self.has_change_permission(request, person)
        return may_change and (request.user.is_superuser or not person.is_superuser)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def reset_view(self, request, object_id):
        """Ask once, then end somebody's second factor: phone and codes are lost."""
        person = self.get_object(request, object_id)
        if person is None:
            raise Http404
        if not self.may_reset(request, person):
            raise PermissionDenied
        if request.method == "POST":
            self.reset(request, person)
            return redirect("admin:auth_user_change", person.pk)
        context = {"title": gettext("Reset the second factor?"), "person": person, "opts": self.opts}
        return TemplateResponse(request, "logins/reset.html", self.admin_site.each_context(request) | context)

    @method_decorator(transaction.atomic)
    def reset(self, request, person):
        if devices.take_away(person):
            said = gettext("Second factor reset.")
            self.log_change(request, person, said)
            Entry.objects.record(request.user, Entry.Action.CHANGED, person, said)
            messages.success(request, gettext("Reset: the password alone lets %s in.") % person)
        else:
            messages.info(request, gettext("%s has no second factor.") % person)


@admin.register(Group)
class RightsAdmin(KeepsRights, GroupAdmin):
    rights = {"name": _("name"), "permissions": _("rights")}
