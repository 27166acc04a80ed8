"""What happens at the newsroom's door after too many wrong passwords; django-axes counts them."""

import math

from django.conf import settings
from django.shortcuts import render

from visitors.networks import client_address

__all__ = ["client_address", "nobody_in_particular", "too_many", "too_many_attempts"]


def too_many_attempts(request, original_response, credentials):
    """The page that says to come back later; it tells neither limit nor whether such a user exists."""
    return too_many(request, settings.AXES_COOLOFF_TIME)


def too_many(request, pause):
    """The page for too many tries; `pause` is a timedelta after which they may go on."""
    seconds = int(pause.total_seconds())
    response = render(request, "429.html", {"minutes": math.ceil(seconds / 60)}, status=429)
    response["Retry-After"] = seconds
    response["Cache-Control"] = "no-store"
    return response


def nobody_in_particular(username, ip_address, user_agent, path_info, request):
    """How django-axes names a visitor in the log: not at all, the request id leads to the line."""
    return "a visitor"
