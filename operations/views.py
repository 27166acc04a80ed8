from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from operations.health import readiness
from operations.maintenance import closure
from operations.work import stalled


@require_safe
@never_cache
def health(request):
    """Answering at all is liveness; 200 is readiness, 503 says that the site cannot serve yet or any more.

    Readers need no worker, so one that does not work is told and changes nothing else.
    """
    checks = readiness()
    is_ready = all(checks.values())
    work = {"worker": stalled() is None} if is_ready else {}
    closed = {"maintenance": True} if closure() else {}
    return JsonResponse({"ready": is_ready, **checks, **work, **closed}, status=200 if is_ready else 503)


@require_safe
@cache_control(max_age=3600)
def ads(request):
    """The owner's ads.txt as it is: who may sell the site's advertising space. 404 without one."""
    if settings.OWN_TEMPLATES is None:
        raise Http404
    try:
        text = (settings.OWN_TEMPLATES / "ads.txt").read_bytes()
    except OSError:
        raise Http404 from None
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
