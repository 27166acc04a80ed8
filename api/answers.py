"""What every address of the API has in common: one kind of answer, one kind of error, and a limit."""

from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from visitors.networks import client_of

MINUTE = 60
# For how long a cache in between may keep an answer, in seconds.
KEPT_FOR = 60


class Problem(Exception):
    """An error that is told (RFC 9457): a status, a sentence, and headers if need be."""

    def __init__(self, status, detail, **headers):
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def endpoint(*parameters):
    """A view that returns data, or a response, as an address of the API that takes these parameters."""

    def decorated(view):
        @conditional_page
        @wraps(view)
        def answered(request, *args, **kwargs):
            try:
                within_limit(request)
                refuse_others(request, parameters)
                told = view(request, *args, **kwargs)
            except Http404:
                return problem(Problem(404, _("There is nothing here, or it is not published.")))
            except Problem as error:
                return problem(error)
            return shared(JsonResponse(told, **IN_UTF8) if isinstance(told, dict) else told)

        answered.parameters = parameters
        return answered

    return decorated


IN_UTF8 = {"json_dumps_params": {"ensure_ascii": False, "separators": (",", ":")}}


def within_limit(request):
    """Problem where the visitor's network has asked too often this minute, or the API is switched off.

    Each process counts for itself, as its cache does; a shared cache counts for all.
    """
    limit = settings.API_REQUESTS_A_MINUTE
    if not limit:
        raise Http404
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        raise Problem(405, _("This can be read only."), Allow="GET, HEAD, OPTIONS")
    now = timezone.now().timestamp()
    key = f"api:{client_of(request).key}:{int(now // MINUTE)}"
    cache.add(key, 0, 2 * MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # The cache has dropped it just then.
        return
    if count > limit:
        wait = str(MINUTE - int(now % MINUTE))
        raise Problem(
            429,
            _("More than %(limit)s requests a minute: ask again in %(wait)s seconds.")
            % {"limit": limit, "wait": wait},
            **{"Retry-After": wait},
        )


def refuse_others(request, parameters):
    """Problem that names a parameter which means nothing here, rather than an answer to another question."""
    if others := sorted(set(request.GET) - set(parameters)):
        known = ", ".join(parameters) or _("none")
        raise Problem(
            400, _("“%(name)s” is no parameter here; known: %(known)s.") % {"name": others[0], "known": known}
        )


def problem(error):
    """The error as `application/problem+json`."""
    told = {"type": "about:blank", "status": error.status, "detail": error.detail}
    response = JsonResponse(
        told, status=error.status, content_type="application/problem+json", headers=error.headers, **IN_UTF8
    )
    response.headers["Cache-Control"] = "no-store"
    return for_everyone(response)


def shared(response):
    response.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    return for_everyone(response)


def for_everyone(response):
    """Pages of other sites may read it: it is the same for all, and no cookie makes it another."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
