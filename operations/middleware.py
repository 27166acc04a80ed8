"""What happens to every request before Django sees it, and after."""

import re
import secrets
import time

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from operations.request_log import log_request, request_id


def request_log(get_response):
    """Give each request an id, log one line about it, and tell the id in X-Request-ID."""

    def middleware(request):
        started = time.perf_counter()
        request.id = id_from_proxy(request) or secrets.token_hex(8)
        mark = request_id.set(request.id)
        try:
            response = get_response(request)
            response["X-Request-ID"] = request.id
            log_request(request, response, time.perf_counter() - started)
            return response
        finally:
            request_id.reset(mark)

    return middleware


def id_from_proxy(request):
    """The id that a trusted proxy gave the request, where it did."""
    given = request.headers.get("X-Request-ID", "") if settings.TRUST_PROXY else ""
    return given if re.fullmatch(r"[\w-]{8,64}", given, re.ASCII) else None


def body_limit(get_response):
    """Refuse what is larger than any picture of ours before a byte of it is read.

    A body without a length counts as empty in Django, so the header is all there is to check.
    """

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.REQUEST_BODY_MAX_SIZE:
            megabytes = settings.REQUEST_BODY_MAX_SIZE // (1024 * 1024)
            text = _("That is too large: this site takes at most %d MB at once.") % megabytes
            return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware
