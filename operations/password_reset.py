"""A new password by mail, in the newsroom's look and under its policy; links begin with SITE_URL."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override


class NewsroomPage:
    @method_decorator([never_cache, csp_override(settings.NEWSROOM_CSP)])
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return admin.site.each_context(self.request) | super().get_context_data(**kwargs)


class Ask(NewsroomPage, views.PasswordResetView):
    @property
    def extra_email_context(self):
        # Not the request's Host: whoever asks must not choose where the link leads.
        site = urlsplit(settings.SITE_URL)
        return {"protocol": site.scheme, "domain": site.netloc, "site_name": admin.site.site_header}


class Sent(NewsroomPage, views.PasswordResetDoneView):
    pass


class Confirm(NewsroomPage, views.PasswordResetConfirmView):
    pass


class Complete(NewsroomPage, views.PasswordResetCompleteView):
    pass


urlpatterns = [
    path("", Ask.as_view(), name="admin_password_reset"),
    path("sent/", Sent.as_view(), name="password_reset_done"),
    path("<uidb64>/<token>/", Confirm.as_view(), name="password_reset_confirm"),
    path("complete/", Complete.as_view(), name="password_reset_complete"),
]
