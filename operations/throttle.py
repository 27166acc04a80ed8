"""What happens at the newsroom's door after too many wrong passwords; django-axes counts them."""

from django.conf import settings
from django.shortcuts import render

from comments.networks import client_address

__all__ = ["client_address", "nobody_in_particular", "too_many_attempts"]


def too_many_attempts(request, original_response, credentials):
    """The page that says to come back later; it tells neither limit nor whether such a user exists."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = int(settings.AXES_COOLOFF_TIME.total_seconds())
    response["Cache-Control"] = "no-store"
    return response


def nobody_in_particular(username, ip_address, user_agent, path_info, request):
    """How django-axes names a visitor in the log: not at all, the request id leads to the line."""
    return "a visitor"
