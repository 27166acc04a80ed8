"""What happens at the newsroom's door after too many wrong passwords; django-axes counts them."""

from django.conf import settings
from django.shortcuts import render


def too_many_attempts(request, original_response, credentials):
    """The page that says to come back later; it tells neither limit nor whether such a user exists."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = int(settings.AXES_COOLOFF_TIME.total_seconds())
    response["Cache-Control"] = "no-store"
    return response


def client_address(request):
    """The visitor's IP address; behind a trusted proxy the last one that the proxy has added to the chain."""
    chain = request.headers.get("X-Forwarded-For", "") if settings.TRUST_PROXY else ""
    return chain.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR")


def nobody_in_particular(username, ip_address, user_agent, path_info, request):
    """How django-axes names a visitor in the log: not at all, the request id leads to the line."""
    return "a visitor"
