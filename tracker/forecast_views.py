from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shows.forecasts import CHANCES
from shows.models import Outlook

from .forecasts import PAGE, Asked, ForecastBoard


@require_safe
def forecasts(request):
    """Every forecast of the site and what became of it; `?verdict=`, `?network=`, `?year=`, `?page=`.

    By the clock it changes at midnight alone: a decision that is dated ahead is then out, and an open
    question may have gone 24 months without one.
    """
    board = ForecastBoard(Asked.from_query(request.GET))
    page = Paginator(board.found, PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": board.asked,
        "board": board,
        "score": board.score,
        "page": page,
        "rows": board.rows(page.start_index() - 1, page.end_index()) if board.found else [],
        "steps": [(step, CHANCES[step]) for step in Outlook.Step],
    }
    return render(request, "tracker/forecasts.html", context)
