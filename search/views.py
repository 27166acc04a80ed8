"""The page of results. It reads no cookie, session or user, and answers anything that is typed."""

import re

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.models import Author, Edition
from shows.models import Credit, Person, Show, shows_with_status

from .find import LONGEST, PAGE, PAGES, Kind, Search
from .index import text_of
from .marking import Marker

SLUG = re.compile(r"[-\w]{1,200}", re.ASCII)
YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
KINDS = [(Kind.ARTICLE, _("Articles")), (Kind.SHOW, _("Shows")), (Kind.PERSON, _("People"))]


@require_safe
def search(request):
    """Twenty results a page, ten pages at most: whoever needs more needs another word, or a filter."""
    asked = request.GET
    typed = " ".join(asked.get("q", "").replace("\0", " ").split())
    search = Search(
        typed,
        kind=asked["type"] if asked.get("type") in dict(KINDS) else "",
        show=by_slug(Show, asked.get("show", "")),
        author=by_slug(Author, asked.get("author", "")),
        year=int(asked["year"]) if YEAR.fullmatch(asked.get("year", "")) else None,
    )
    number = page_number(asked.get("page", ""), len(search.hits))
    context = {
        "search": search,
        "typed": typed[:LONGEST],
        "is_shortened": len(typed) > LONGEST,
        "kinds": KINDS,
        "kept": [(name, asked[name]) for name in ("type", "show", "author", "year") if is_kept(search, name)],
        "number": number,
        "start": (number - 1) * PAGE + 1,
        "previous": number - 1,
        "next": number + 1 if len(search.hits) > number * PAGE else 0,
        "count": len(search.hits),
        "results": results(search, number),
        "facets": search.facets() if search.hits else {},
    }
    return render(request, "search/search.html", context)


def is_kept(search, name):
    """Whether a filter of this name was understood, and so goes on to the next search."""
    return bool(getattr(search, "kind" if name == "type" else name))


def by_slug(model, slug):
    return model.objects.filter(slug=slug).first() if SLUG.fullmatch(slug) else None


def page_number(text, count):
    """The page that is asked for, of those that there are."""
    last = max(1, min(PAGES, -(-count // PAGE)))
    return max(1, min(int(text), last)) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def results(search, number):
    """What the page shows of each hit: kind, row, and title and excerpt with the words marked."""
    hits = search.hits[(number - 1) * PAGE : number * PAGE]
    marker = Marker(search.words, search.begun)
    ids = {kind: [hit.pk for hit in hits if hit.kind == kind] for kind in Kind.values}
    editions = Edition.objects.filter(pk__in=ids[Kind.ARTICLE])
    rows = {
        Kind.ARTICLE: editions.select_related("article__category", "article__show").in_bulk(),
        Kind.SHOW: shows_by_id(ids[Kind.SHOW]),
        Kind.PERSON: Author.objects.in_bulk(ids[Kind.PERSON]),
        Kind.MAKER: people_by_id(ids[Kind.MAKER]),
    }
    shown = [(hit.kind, rows[hit.kind].get(hit.pk)) for hit in hits]
    return [DRAWN[kind](row, marker) for kind, row in shown if row]


def shows_by_id(ids):
    return {show.pk: show for show in shows_with_status().filter(pk__in=ids)} if ids else {}


def people_by_id(ids):
    """People of shows with their `credits`; two queries, none where there are no ids."""
    credits = Credit.objects.select_related("show").in_order()
    return Person.objects.prefetch_related(Prefetch("credits", credits)).in_bulk(ids) if ids else {}


def drawn_article(edition, marker):
    return {
        "kind": Kind.ARTICLE,
        "address": edition.article.get_absolute_url(),
        "title": marker.marked(edition.headline),
        "excerpt": marker.excerpt(edition.standfirst, lambda: text_of(edition)),
        "edition": edition,
    }


def drawn_show(show, marker):
    return {
        "kind": Kind.SHOW,
        "address": show.get_absolute_url(),
        "title": marker.marked(show.title),
        "excerpt": marker.excerpt(show.synopsis, " · ".join(show.other_titles.splitlines())),
        "show": show,
    }


def drawn_person(author, marker):
    return {
        "kind": Kind.PERSON,
        "address": author.get_absolute_url(),
        "title": marker.marked(author.name),
        "excerpt": marker.excerpt(author.bio),
    }


def drawn_maker(person, marker):
    titles = dict.fromkeys(credit.show.title for credit in person.credits.all())
    return {
        "kind": Kind.MAKER,
        "address": person.get_absolute_url(),
        "title": marker.marked(person.name),
        "excerpt": marker.excerpt(" · ".join(titles)),
    }


DRAWN = {
    Kind.ARTICLE: drawn_article,
    Kind.SHOW: drawn_show,
    Kind.PERSON: drawn_person,
    Kind.MAKER: drawn_maker,
}
