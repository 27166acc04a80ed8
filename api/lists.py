"""Lists of the API: each goes on where its last page ended; parameters are judged before any query."""

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.paging import read_cursor

from .answers import Problem

USUAL, MOST = 20, 100
LARGEST = 2**63 - 1


def limit_of(request):
    """How many rows a page is to have: `limit`, 1 to 100."""
    text = request.GET.get("limit", "")
    if text and not (text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= MOST):
        raise Problem(400, _("“limit” is a number from 1 to %(most)s.") % {"most": MOST})
    return int(text or USUAL)


def cursor_of(request, name):
    """The cursor that the last page named, or None on the first; Problem where it is none."""
    text = request.GET.get(name, "")
    if text and read_cursor(text) is None:
        raise Problem(400, _("“%(name)s” is not what a page's “next” says.") % {"name": name})
    return text and read_cursor(text)


def number_of(request, name):
    """A row's number to go on from, or None; Problem where it is none."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 19 and int(text) <= LARGEST):
        raise Problem(400, _("“%(name)s” is not what a page's “next” says.") % {"name": name})
    return int(text)


def named(request, name, rows):
    """The row whose slug a parameter names, or None without it; Problem where there is no such row."""
    slug = request.GET.get(name, "")
    if not slug:
        return None
    row = None if "\0" in slug else rows.filter(slug=slug).first()
    if row is None:
        raise Problem(400, _("“%(name)s”: there is no “%(slug)s”.") % {"name": name, "slug": slug[:100]})
    return row


def chosen(request, name, values):
    """One of these words, or "" without the parameter; Problem for any other."""
    value = request.GET.get(name, "")
    if value and value not in values:
        raise Problem(
            400, _("“%(name)s” is one of: %(values)s.") % {"name": name, "values": ", ".join(values)}
        )
    return value


def page_of(request, shape, rows, address, **onward):
    """A page of a list; `onward` is the parameter with which the next one begins, empty on the last."""
    (parameter, cursor), *_others = onward.items()
    query = {name: value for name, value in request.GET.items() if name != parameter}
    further = f"{address}?{urlencode(query | {parameter: cursor})}" if cursor else None
    return {"items": [shape.of(row) for row in rows], "next": further}


def split(rows, limit):
    """(the page, whether there is more) of rows that were asked for one further."""
    rows = list(rows[: limit + 1])
    return rows[:limit], len(rows) > limit
