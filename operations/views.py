from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from operations.health import readiness
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
    return JsonResponse({"ready": is_ready, **checks, **work}, status=200 if is_ready else 503)
