import csv
import io

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from shows.status import Status

from .board import COUNTED, PAGE, SORTS, Asked, Board, row_key
from .export import COLUMNS, as_json, cells


@require_safe
def board(request):
    """Every show and where it stands, a hundred a page; the address narrows and sorts them."""
    asked = Asked.from_query(request.GET)
    board = Board(asked)
    number = _number(request.GET.get("page", ""), len(board.found))
    context = {
        "asked": asked,
        "board": board,
        "rows": [(show, row_key(show)) for show in board.rows((number - 1) * PAGE, number * PAGE)],
        "count": len(board.found),
        "number": number,
        "last": _pages(len(board.found)),
        "statuses": Status.choices,
        "counted": [Status(status).label for status in COUNTED],
        "sorts": SORTS.items(),
        "query": request.GET.urlencode(),
    }
    return render(request, "tracker/board.html", context)


def _pages(count):
    return max(-(-count // PAGE), 1)


def _number(text, count):
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return min(max(wanted, 1), _pages(count))


@require_safe
@conditional_page
def json(request):
    """The same shows as data, all that the address asks for."""
    board = Board(Asked.from_query(request.GET))
    return JsonResponse({"as_of": board.on, "shows": [as_json(show) for show in board.rows()]})


@require_safe
@conditional_page
def table(request):
    """The same as comma-separated values."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(COLUMNS)
    out.writerows(cells(show) for show in Board(Asked.from_query(request.GET)).rows())
    # Spreadsheets take a file without the mark for their own old encoding.
    body = "\ufeff" + text.getvalue()
    headers = {"Content-Disposition": 'inline; filename="tracker.csv"'}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)
