"""What is answered while the store of pictures does not answer: pages go on, pictures and uploads wait."""

import logging

from django.shortcuts import render

from pictures.storing import StoreAway

logger = logging.getLogger(__name__)
RETRY_AFTER = 30


class StoreAwayMiddleware:
    """503 with a page that says so. What a view had begun to write has been taken back by then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, StoreAway):
            logger.error("%s", exception)
            return away(request)


def away(request):
    was_sent = request.method not in ("GET", "HEAD")
    response = render(request, "503.html", {"was_sent": was_sent}, status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    # It has been logged by its reason.
    response._has_been_logged = True
    return response
