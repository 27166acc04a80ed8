"""The newsroom: Django's admin under the publication's name and a policy of its own."""

from functools import cache, wraps
from urllib.parse import quote

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLResolver, path
from django.urls.resolvers import RoutePattern
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from logins import door
from queries.remembered import made_once

# What people come for stands first, the machinery last.
APP_ORDER = ("articles", "shows", "comments", "logbook", "auth", "mailing", "django_tasks_database")
# What lists and choosers search for. Each word is a condition, and SQLite takes them a thousand deep.
SEARCHES = ("q", "term")
LONGEST_SEARCH = 1500
LONGEST_NUMBER = 18
QUEUE_TEMPLATE = "comments/_newsroom.html"


def under_newsroom_policy(view):
    """NEWSROOM_CSP on the view's response, unless the view has chosen a policy itself (as previews do)."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        response = view(*args, **kwargs)
        if not hasattr(response, "_csp_config"):
            response._csp_config = settings.NEWSROOM_CSP
        return response

    return wrapped


def with_sane_query(view):
    """400 for what a database refuses: a NUL (PostgreSQL), huge numbers and searches (SQLite)."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if any(is_insane(name, value) for name, values in request.GET.lists() for value in values):
            raise BadRequest("No database takes this query.")
        return view(request, *args, **kwargs)

    return wrapped


def is_insane(name, value):
    if name in SEARCHES:
        return "\0" in value or len(value) > LONGEST_SEARCH
    return "\0" in value or (value.isdecimal() and len(value) > LONGEST_NUMBER)


class ChoicesWithThumbnails(AutocompleteJsonView):
    """An autocomplete whose results bear a small picture where the model admin has one for them."""

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        thumbnail = getattr(self.model_admin, "thumbnail_url", None)
        return result | {"thumbnail": thumbnail(obj)} if thumbnail else result


@cache
def load_screens():
    """All that the apps register here; once, as it looks into every app."""
    admin.autodiscover()


class NewsroomAddresses(URLResolver):
    """The newsroom's addresses below a path. Whoever serves readers loads them when one of them is wanted.

    Its forms, lists and checks are half of the code, and readers' pages need none of it.
    """

    def __init__(self, route):
        super().__init__(RoutePattern(route), "", app_name="admin", namespace=admin.site.name)

    @cached_property
    def url_patterns(self):
        return admin.site.get_urls()

    def _populate(self):
        """Nothing: an address that is looked up outside of `admin:` is none of these."""


class NewsroomSite(admin.AdminSite):
    """The admin with the nonce policy of NEWSROOM_CSP on every one of its pages."""

    site_title = site_header = _("Newsroom")
    index_title = _("Newsroom")

    def admin_view(self, view, cacheable=False):
        return under_newsroom_policy(super().admin_view(with_sane_query(view), cacheable))

    def login(self, request, extra_context=None):
        """The password; where a second factor belongs to it, on to that."""
        if request.method == "GET" and (step := door.next_step(request, request.person)):
            return step
        response = under_newsroom_policy(super().login)(request, extra_context)
        has_come_in = request.method == "POST" and response.status_code == 302
        return (door.next_step(request, request.user) if has_come_in else None) or response

    def get_model_admin(self, model):
        load_screens()
        return super().get_model_admin(model)

    def get_urls(self):
        load_screens()
        shortcut = path("r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.to_public_page))
        return [shortcut, *super().get_urls()]

    def to_public_page(self, request, content_type_id, object_id):
        """To the page of a row that this person may see; Django's own would tell a draft's address to all."""
        # Imported here: this module is loaded before the models are.
        from django.contrib.contenttypes.models import ContentType

        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        model_admin = self._registry.get(model)
        row = model_admin and model_admin.get_object(request, object_id)
        has_page = hasattr(row, "get_absolute_url")
        if not has_page or not model_admin.has_view_permission(request, row):
            raise Http404
        return redirect(row)

    def autocomplete_view(self, request):
        return ChoicesWithThumbnails.as_view(admin_site=self)(request)

    def each_context(self, request):
        """With `sidebar_key`, which names all that the sidebar shows."""
        context, path = super().each_context(request), quote(request.path)
        apps = context["available_apps"]
        addresses = [app["app_url"] for app in apps]
        addresses += [model["admin_url"] for app in apps for model in app["models"]]
        marked = [address for address in addresses if address and address in path]
        return context | {"sidebar_key": (*rights_of(request.user), *marked)}

    def get_app_list(self, request, app_label=None):
        """Made once for the same rights: they alone decide which models and links somebody is shown."""
        name = "apps", *rights_of(request.user), app_label
        return made_once(name, lambda: self._app_list(request, app_label), lambda apps: len(repr(apps)))

    def _app_list(self, request, app_label):
        order = {label: n for n, label in enumerate(APP_ORDER)}
        apps = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "auth":
                app["name"] = _("Logins")
        return sorted(apps, key=lambda app: order.get(app["app_label"], len(order)))

    def index(self, request, extra_context=None):
        # Imported here: this module is loaded before the models are.
        from .front_desk import waiting_for

        context = {
            "desk": waiting_for(request.user),
            "zone": timezone.get_current_timezone(),
            "queue_template": template_or_none(QUEUE_TEMPLATE),
        }
        return super().index(request, context | (extra_context or {}))


def rights_of(user):
    """All that the models and links which somebody is shown depend on, and the language of their names."""
    permissions = ["all"] if user.is_active and user.is_superuser else sorted(user.get_all_permissions())
    return user.is_active and user.is_staff, get_language(), *permissions


def template_or_none(name):
    """The template of an outer app, where that app has one."""
    try:
        return get_template(name).template
    except TemplateDoesNotExist:
        return None
