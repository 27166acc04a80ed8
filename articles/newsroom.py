"""The newsroom: Django's admin under the publication's name and a policy of its own."""

from django.conf import settings
from django.contrib import admin
from django.utils.csp import CSP  # noqa: F401
from django.views.decorators.csp import csp_override


class NewsroomSite(admin.AdminSite):
    """The admin with the nonce policy of NEWSROOM_CSP on every one of its pages."""

    def admin_view(self, view, cacheable=False):
        return csp_override(settings.NEWSROOM_CSP)(super().admin_view(view, cacheable))

    def login(self, request, extra_context=None):
        return csp_override(settings.NEWSROOM_CSP)(super().login)(request, extra_context)
