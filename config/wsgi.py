"""The WSGI application that granian serves."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

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


application = speaking_utf8(get_wsgi_application())
