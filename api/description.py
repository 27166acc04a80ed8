"""The API in OpenAPI 3.1's words, made of the same tables as its data."""

from functools import cache

from articles.models import Publication
from articles.templatetags.articles import site_address
from shows.models import Decision
from shows.status_words import Status

from .articles import ARTICLE, ARTICLE_CARD, AUTHOR, CATEGORY, CORRECTION, SERIES, TAG
from .blocks import BLOCKS, PICTURE, SOURCE
from .discussion import COMMENT
from .shapes import LINK, NUMBER, TEXT, one_of
from .shows import (
    CHART,
    CREDIT,
    DECISION,
    DECISION_OF_SHOW,
    FIRST_MONTH,
    NETWORK,
    POSTER,
    RATING,
    SEASON,
    SHOW,
    SHOW_CARD,
    SHOW_REFERENCE,
    STATUS,
    WEEK,
)

SHAPES = (
    *(ARTICLE, ARTICLE_CARD, AUTHOR, CATEGORY, CORRECTION, SERIES, TAG, PICTURE, SOURCE, COMMENT),
    *BLOCKS.values(),
    *(SHOW, SHOW_CARD, SHOW_REFERENCE, STATUS, NETWORK, POSTER, SEASON, DECISION, DECISION_OF_SHOW),
    *(RATING, CHART, WEEK, FIRST_MONTH, CREDIT),
)
PARAMETERS = {
    "show": ("Only what is about the show with this slug.", TEXT),
    "category": ("Only articles of the category with this slug.", TEXT),
    "tag": ("Only articles with the tag of this slug.", TEXT),
    "series": ("Only articles of the series with this slug.", TEXT),
    "author": ("Only articles whose byline names the author with this slug.", TEXT),
    "network": ("Only shows on the network with this slug.", TEXT),
    "status": ("Only shows that stand so today.", one_of(Status.values)),
    "outcome": ("Only decisions of this kind.", one_of(Decision.Outcome.values)),
    "limit": ("Rows a page.", NUMBER | {"minimum": 1, "maximum": 100, "default": 20}),
    "before": ("Where the page begins; as the last one's `next` says it.", TEXT),
    "after": ("Where the page begins; as the last one's `next` says it.", TEXT),
}
PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "properties": {
        "type": TEXT,
        "status": NUMBER,
        "detail": TEXT | {"description": "What is wrong, in a sentence."},
    },
    "required": ["type", "status", "detail"],
}


def described():
    """The document, with the name and the address of this site."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": Publication.current().name,
            "version": "1",
            "description": (
                "What readers see, to be read by programs. Within version 1 fields and kinds of blocks are "
                "only added: pass over what you do not know. Lists are read by following `next`."
            ),
        },
        "servers": [{"url": site_address("/api/v1")}],
        **_standing(),
    }


@cache
def _standing():
    return {
        "paths": dict(_paths()),
        "components": {"schemas": {shape.name: shape.schema for shape in SHAPES} | {"Problem": PROBLEM}},
    }


def _paths():
    # Imported here: the views are described by what they take.
    from . import views

    index = dict.fromkeys(("url", "description", "articles", "shows", "decisions"), LINK)
    yield "/", _get(views.index, {"type": "object", "properties": {"name": TEXT, **index}})
    yield "/openapi.json", _get(views.description, {"type": "object"})
    yield "/articles/", _get(views.articles, _page(ARTICLE_CARD))
    yield "/articles/{slug}/", _get(views.article, ARTICLE.reference, has_slug=True)
    yield "/articles/{slug}/comments/", _get(views.comments, _page(COMMENT), has_slug=True)
    yield "/shows/", _get(views.shows, _page(SHOW_CARD))
    yield "/shows/{slug}/", _get(views.show, SHOW.reference, has_slug=True)
    yield "/decisions/", _get(views.decisions, _page(DECISION_OF_SHOW))


def _page(shape):
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": shape.reference},
            "next": {"type": ["string", "null"], "format": "uri", "description": "The next page, or null."},
        },
        "required": ["items", "next"],
    }


def _get(view, schema, *, has_slug=False):
    slug = {"name": "slug", "in": "path", "required": True, "schema": TEXT}
    parameters = [
        {"name": name, "in": "query", "description": PARAMETERS[name][0], "schema": PARAMETERS[name][1]}
        for name in view.parameters
    ]
    error = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return {
        "get": {
            "operationId": view.__name__,
            "summary": view.__doc__.splitlines()[0],
            "parameters": [*([slug] if has_slug else []), *parameters],
            "responses": {
                "200": {"description": "It.", "content": {"application/json": {"schema": schema}}},
                "default": {"description": "What went wrong.", **error},
            },
        }
    }
