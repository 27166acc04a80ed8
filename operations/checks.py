"""System checks beside Django's own, most of them of `check --deploy`."""

import re
import sqlite3
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connection
from django.http.request import validate_host
from django.tasks import Task
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.utils.module_loading import import_string

SAFE_SQLITE = (3, 51, 3)
INLINE = re.compile(r"<style\b|<script\b(?![^>]*\bsrc\s*=)|<[^>]*\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)


@register(Tags.compatibility, deploy=True)
def sqlite_is_safe_with_several_writers(app_configs, **kwargs):
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can, very rarely, damage a database when several connections "
            "checkpoint its write-ahead log at once.",
            hint="Use PostgreSQL, or a Python with SQLite 3.51.3 or newer. docs/deploying.md says more.",
            id="operations.W001",
        )
    ]


@register(Tags.urls, deploy=True)
def site_url_is_a_host_of_ours(app_configs, **kwargs):
    if validate_host(urlsplit(settings.SITE_URL).hostname, settings.ALLOWED_HOSTS):
        return []
    return [
        Warning(
            f"SITE_URL is {settings.SITE_URL}, a host that ALLOWED_HOSTS does not name: "
            "links in feeds and mails would lead nowhere.",
            hint="Set SITE_URL to the address that readers type.",
            id="operations.W002",
        )
    ]


@register
def recurring_tasks_are_tasks(app_configs, **kwargs):
    return [
        Error(
            f"RECURRING_TASKS: “{name}” names {recurring['task']}, which is no task.",
            hint="Name a function decorated with django.tasks.task by its dotted path.",
            id="operations.E001",
        )
        for name, recurring in settings.RECURRING_TASKS.items()
        if not is_task(recurring["task"])
    ]


@register(Tags.templates)
def own_templates_can_be_used(app_configs, **kwargs):
    """A slip in an owner's template would be a fault on every page; what is inline no browser obeys."""
    folder = settings.OWN_TEMPLATES
    found = []
    for path in sorted(folder.rglob("*.html")) if folder else []:
        name = path.relative_to(folder).as_posix()
        try:
            get_template(name)
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            found.append(Error(f"OWN_TEMPLATES: {name} cannot be used: {error}", id="operations.E002"))
            continue
        if INLINE.search(path.read_text(encoding="utf-8")) and not allows_hashes():
            hint = "Put it into a file of its own, or its hash into PUBLIC_CSP_EXTRA (docs/deploying.md)."
            text = f"OWN_TEMPLATES: {name} has an inline script or style, which browsers will ignore."
            found.append(Warning(text, hint=hint, id="operations.W003"))
    return found


def allows_hashes():
    sources = settings.SECURE_CSP["script-src"] + settings.SECURE_CSP["style-src"]
    return any(source.startswith("'sha") for source in sources)


def is_task(path):
    try:
        return isinstance(import_string(path), Task)
    except ImportError:
        return False
