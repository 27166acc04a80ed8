"""Where nothing is: the page that says so, with a field to search in and the addresses that look alike."""

import re
from difflib import SequenceMatcher

from django.db import DatabaseError
from django.http import HttpResponseNotFound
from django.shortcuts import render
from django.template.loader import render_to_string

from articles.models import Edition
from shows.models import Show

from . import engines
from .folding import words_of
from .models import SearchEntry

Kind = SearchEntry.Kind
MOST, LOOKED_AT, ALIKE = 5, 200, 0.6
# A slip of the pen is seldom in the first letters of every word.
BEGINNING = 4
PUBLIC = re.compile(r"/(?:articles/|shows/)?([-\w%.]{3,120})/?")


def not_found(request, exception=None):
    """404 in the site's look; where the database is what fails, the bare page."""
    try:
        response = render(request, "404.html", {"alike": alike(request.path)}, status=404)
    except DatabaseError:
        response = HttpResponseNotFound(render_to_string("404_bare.html"))
    response["Cache-Control"] = "no-store"
    return response


def alike(path):
    """Up to five `(title, address)` of published articles and of shows whose address is like this one's."""
    match = PUBLIC.fullmatch(path)
    words = words_of(match[1].replace("-", " ").replace("_", " ")) if match else []
    stems = sorted({word[:BEGINNING] for word in words if len(word) >= BEGINNING and not word.isdecimal()})[
        :8
    ]
    if not stems:
        return []
    wanted = engines.Wanted(stems, begun=set(stems), any_word=True, within="title")
    rows = engines.newest(wanted, LOOKED_AT)
    ids = {kind: [row.object_id for row in rows if row.kind == kind] for kind in Kind.values}
    live = Edition.objects.live().filter(pk__in=ids[Kind.ARTICLE])
    found = [
        (slug, headline, f"/articles/{slug}/")
        for slug, headline in live.values_list("article__slug", "headline")
    ]
    shows = Show.objects.filter(pk__in=ids[Kind.SHOW]).values_list("slug", "title")
    found += [(slug, title, f"/shows/{slug}/") for slug, title in shows]
    asked = match[1].lower()
    rated = [(likeness(asked, slug), title, address) for slug, title, address in found]
    best = sorted((row for row in rated if row[0] >= ALIKE), key=lambda row: (-row[0], row[2]))
    return [(title, address) for _rate, title, address in best[:MOST]]


def likeness(asked, slug):
    """From 0 to 1; an address that was cut off is as good as its whole."""
    if len(asked) >= 8 and (slug.startswith(asked) or asked.startswith(slug)):
        return 0.95
    matcher = SequenceMatcher(None, asked, slug)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0
