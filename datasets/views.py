"""The record as files. They depend on the path, on `after`, on the database, and on the day, which they name:
a status counts the days that a decision is awaited."""

import json

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Publication
from shows.models import ShowSource
from syndication.structured import breadcrumbs
from syndication.things import script

from .files import LISTED, PART, Part, about, parts_of
from .package import package, structured
from .tables import TABLES, VERSION

LARGEST = 2**63 - 1
KEPT_FOR = 600


@require_safe
def index(request):
    """What there is, what it means, and what may be done with it."""
    publication = Publication.current()
    sources = ShowSource.objects.order_by("name", "licence")
    heading = _("The record as data")
    context = {
        "heading": heading,
        "about": about(publication),
        "today": timezone.localdate(),
        "tables": [(table, *parts_of(table)) for table in TABLES.values()],
        "most": PART,
        "listed": LISTED,
        "version": VERSION,
        "sources": sources.values_list("name", "licence", "licence_url").distinct(),
        "data": script(*structured(publication), breadcrumbs(publication, (heading, request.path))),
    }
    return render(request, "datasets/index.html", context)


@require_safe
@conditional_page
@cache_control(max_age=KEPT_FOR, public=True)
def file(request, name, kind):
    """The rows of a dataset after the number `?after=`: at most PART of them, and where the next ones are."""
    after = _after(request.GET.get("after", ""))
    if after is None:
        return HttpResponseBadRequest(_("“after” is a number."), content_type="text/plain; charset=utf-8")
    part = Part(TABLES[name], after)
    if kind == "json":
        return _for_all(part.as_json(Publication.current()), "application/json")
    response = _for_all(part.as_csv(), "text/csv; charset=utf-8")
    day = about(Publication())["as_of"]
    response.headers["Content-Disposition"] = f'inline; filename="{name}-{day}.csv"'
    if further := part.next_address(kind):
        response.headers["Link"] = f'<{further}>; rel="next"'
    return response


@require_safe
@conditional_page
@cache_control(max_age=KEPT_FOR, public=True)
def description(request):
    """All files with their columns, for programs."""
    told = json.dumps(package(Publication.current()), ensure_ascii=False, indent=1)
    return _for_all(told, "application/json")


def _after(text):
    """The number, 0 without one; None where it is none."""
    if not text:
        return 0
    is_number = text.isascii() and text.isdecimal() and len(text) <= 19
    return int(text) if is_number and int(text) <= LARGEST else None


def _for_all(body, kind):
    """Pages of other sites may read it: it is the same for everybody."""
    return HttpResponse(body, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})
