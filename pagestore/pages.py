"""Which addresses are stored: pages that are the same for everyone and hang on nothing but what stands here.

Everything else goes to Django as it came: the newsroom, what is personal, forms, searches (each makes a page
of its own), the API (it counts requests), pictures (files).
"""

from typing import NamedTuple
from urllib.parse import unquote_plus

from django.urls import Resolver404, resolve

# Longer queries than any link of ours has are answered, and not kept.
LONGEST_QUERY = 300
# Asked of WordPress' old addresses (`/?p=12`), which lead elsewhere.
WORDPRESS = "p"
# What is surely no page, told without asking the resolver.
NEVER = ("/static/", "/media/", "/admin/", "/api/", "/newsroom/", "/preview/", "/social/")


class Kind(NamedTuple):
    """What a kind of page depends on beside its path and the database.

    `parameters`: the only ones of the query that reach the view. `is_rolling`: it counts back from now, so it
    holds for five minutes. `comments_of`: the part of the address that names the one article whose comments
    it shows; without, it is made anew for every approved comment, if it shows any.
    """

    parameters: tuple = ()
    is_rolling: bool = False
    comments_of: str = ""


TRACKED = Kind(("q", "status", "network", "year", "sort", "page"))
FORETOLD = Kind(("verdict", "network", "year", "page"))
LISTED, PAGED, PLAIN = Kind(("before",)), Kind(("page",)), Kind()

PAGES = {
    "articles:front": Kind(is_rolling=True),
    "articles:archive": LISTED,
    "articles:category": LISTED,
    "articles:tag": LISTED,
    "articles:series": LISTED,
    "articles:author": LISTED,
    "articles:page": PLAIN,
    "articles:detail": Kind(comments_of="slug"),
    "comments:post": Kind(("after",), comments_of="slug"),
    "comments:thread": Kind(("after",), comments_of="slug"),
    "comments:feed": Kind(comments_of="slug"),
    "comments:site_feed": PLAIN,
    "shows:list": Kind(("status", "network", "page")),
    "shows:detail": PLAIN,
    "shows:networks": PAGED,
    "shows:network": PAGED,
    "shows:person": PLAIN,
    "shows:top10": PLAIN,
    "shows:top10_all_time": PLAIN,
    "shows:top10_week": PLAIN,
    "shows:top10_country": PLAIN,
    "shows:calendar": PLAIN,
    "shows:calendar_show": PLAIN,
    "shows:calendar_network": PLAIN,
    "tracker:board": TRACKED,
    "tracker:json": TRACKED,
    "tracker:csv": TRACKED,
    "tracker:forecasts": FORETOLD,
    "comparing:compare": Kind(("run", "weeks", "q")),
    "datasets:index": PLAIN,
    "datasets:description": PLAIN,
    "datasets:file": Kind(("after",)),
    "syndication:feed": PLAIN,
    "syndication:decisions_feed": PLAIN,
    "syndication:forecasts_feed": PLAIN,
    "syndication:category_feed": PLAIN,
    "syndication:tag_feed": PLAIN,
    "syndication:series_feed": PLAIN,
    "syndication:author_feed": PLAIN,
    "syndication:show_feed": PLAIN,
    "syndication:show_decisions_feed": PLAIN,
    "syndication:robots": PLAIN,
    "syndication:sitemap": PLAIN,
    "syndication:sitemap_lists": PLAIN,
    "syndication:sitemap_part": PLAIN,
    "syndication:news_sitemap": Kind(is_rolling=True),
}


class Page(NamedTuple):
    """An address that is stored, in its one spelling."""

    path: str
    query: str
    kind: Kind
    named: str = ""

    @property
    def key(self):
        return self.path, self.query


def page_at(path, query):
    """The page at this address; None for one that is not stored. Parameters of no meaning fall away."""
    if path.startswith(NEVER) or len(query) > LONGEST_QUERY or not query.isascii():
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    kind = PAGES.get(match.view_name)
    given = [(unquote_plus(part.partition("=")[0]), part) for part in query.split("&")]
    if kind is None or (path == "/" and any(name == WORDPRESS for name, _part in given)):
        return None
    # As they were spelled: a view may lead from other spellings to its own.
    kept = "&".join(part for name, part in given if name in kind.parameters)
    return Page(path, kept, kind, match.kwargs.get(kind.comments_of, ""))
