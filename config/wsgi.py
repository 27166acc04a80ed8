"""The WSGI application that granian serves."""

import gc
import os
import re
from functools import partial

from django.core.wsgi import get_wsgi_application

from config.apps import NewsroomAdminConfig

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
NewsroomAdminConfig.is_served = True

CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def speaking_utf8(application):
    """`application` without what requests say of their charset: every browser sends UTF-8.

    Django believes a charset before any middleware runs, and codecs that are none for text crash it there.
    """

    def heard(environ, start_response):
        if content_type := environ.get("CONTENT_TYPE"):
            environ["CONTENT_TYPE"] = CHARSET.sub("", content_type)
        return application(environ, start_response)

    return heard


def with_ready_pages(application):
    """`application` behind the page store, where the settings give it any room."""
    # Both need Django set up, which making the application has done.
    from django.conf import settings

    from operations import maintenance
    from pagestore.wsgi import PageStore

    if not settings.PAGE_STORE_BYTES:
        return application
    return PageStore(application, is_closed=partial(os.path.exists, maintenance.place()))


# What starting makes stays: to look through it for garbage, then or later, finds none.
gc.disable()
application = with_ready_pages(speaking_utf8(get_wsgi_application()))
gc.freeze()
gc.enable()
