"""Links to our own articles and shows: kept by id, so that no new address ever breaks one.

In the text such a link is `/-/article/12/` or `/-/show/5/`, which is a public address too: it leads on to the
present one. Pages are drawn with the present addresses in the place of these.
"""

import re
from functools import partial
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property

from shows.models import Show

ARTICLE, SHOW = "article", "show"
PREFIX = "/-/"
# As many digits as any database takes for a number.
ID = r"[1-9][0-9]{0,17}"
BY_ID = re.compile(rf"/-/(article|show)/({ID})/")
PAGE = re.compile(r"/(article|show)s/([-\w]+)/?", re.ASCII)
LONGEST_PATH = 400
# Cleaned HTML has its attributes in double quotes.
OPEN = r'(<a(?:\s+[\w-]+="[^"]*")*?\s+href=")([^"]*)("(?:\s+[\w-]+="[^"]*")*\s*>)'
HREF = re.compile(OPEN)
LINK = re.compile(rf"{OPEN}(.*?)</a>", re.DOTALL)


class Target(NamedTuple):
    """Where a link leads now (empty: nowhere that readers may go), and what that is called."""

    address: str
    title: str


# From what is typed to what is kept.


def by_id(html):
    """Cleaned HTML whose links to articles and shows, by any address they have or had, are links by id."""
    places = {href: place for href in hrefs_in(html) if (place := Place.of(href))}
    if not places:
        return html
    found = ids_of(places.values())
    return HREF.sub(partial(_kept, places, found), html)


def _kept(places, found, match):
    place = places.get(unescape(match[2]))
    if place is None or (target := found.get(place)) is None:
        return match[0]
    _path, hash_mark, fragment = match[2].partition("#")
    return f"{match[1]}{address_by_id(*target)}{hash_mark}{fragment}{match[3]}"


def address_by_id(kind, pk):
    return f"{PREFIX}{kind}/{pk}/"


def hrefs_in(html):
    return {unescape(match[2]) for match in HREF.finditer(html)}


class Place(NamedTuple):
    """A path on this site that may be an article's or a show's."""

    path: str
    query: str

    @classmethod
    def of(cls, href):
        """The place that an address leads to; None for one elsewhere, or kept by id already."""
        try:
            parts = urlsplit(href)
        except ValueError:
            return None
        if BY_ID.fullmatch(href.partition("#")[0]) or not is_ours(parts):
            return None
        path = unquote(parts.path)
        if not path.startswith("/") or len(href) > LONGEST_PATH or "\0" in path:
            return None
        return cls(path, without_tracking(parts.query))

    @property
    def whole(self):
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def named(self):
        """(kind, slug) or (kind, id) where the path says it, else None."""
        match = None if self.query else PAGE.fullmatch(self.path) or BY_ID.fullmatch(self.path)
        return match and (match[1], match[2])


def is_ours(parts):
    own = urlsplit(settings.SITE_URL)
    if not parts.netloc:
        return not parts.scheme
    return parts.scheme in ("http", "https") and parts.netloc.lower() == own.netloc


def without_tracking(query):
    """A query without what newsletters and social networks add to an address."""
    names = {name for name, _value in parse_qsl(query, keep_blank_values=True)}
    is_tracking = all(name.startswith("utm_") or name in ("fbclid", "gclid") for name in names)
    return "" if is_tracking else query


def ids_of(places):
    """{Place: (kind, id)} of those that lead to an article or a show; at most three queries."""
    from .models import Article, FormerAddress

    places = set(places)
    found = {}
    for kind, model in ((ARTICLE, Article), (SHOW, Show)):
        named = {place: place.named[1] for place in places if place.named and place.named[0] == kind}
        slugs = {name for place, name in named.items() if not BY_ID.fullmatch(place.path)}
        ids = dict(model.objects.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
        ids |= {name: int(name) for name in named.values() if name not in slugs}
        found |= {place: (kind, ids[name]) for place, name in named.items() if name in ids}
    left = {place.whole: place for place in places - set(found)}
    left |= {f"{path}/": place for path, place in left.items() if not path.endswith("/")}
    former = FormerAddress.objects.filter(path__in=left).values_list("path", "article") if left else []
    return found | {left[path]: (ARTICLE, pk) for path, pk in former}


# From what is kept to what is shown.


def target_of(href):
    """(kind, id) of a link that is kept by id, else None."""
    match = BY_ID.fullmatch(href.partition("#")[0])
    return match and (match[1], int(match[2]))


class OwnLinks:
    """The links by id in some texts, looked up together: a query for each kind, none where there are none."""

    def __init__(self, texts):
        self.texts = [text for text in texts if PREFIX in text]

    @cached_property
    def targets(self):
        """{(kind, id): Target} of all that there are; what was deleted is missing."""
        wanted = {target for text in self.texts for href in hrefs_in(text) if (target := target_of(href))}
        return find(wanted)

    @property
    def broken(self):
        """The hrefs that lead readers nowhere."""
        hrefs = sorted({href for text in self.texts for href in hrefs_in(text) if target_of(href)})
        return [href for href in hrefs if not self.address_of(target_of(href))]

    def address_of(self, target):
        return self.targets[target].address if target in self.targets else ""

    def drawn(self, html):
        """HTML with present addresses; a link that leads nowhere is plain text."""
        return LINK.sub(self._drawn, html) if PREFIX in html else html

    def _drawn(self, match):
        href = unescape(match[2])
        target = target_of(href)
        if target is None:
            return match[0]
        address = self.address_of(target)
        if not address:
            return match[4]
        _path, hash_mark, fragment = href.partition("#")
        return f"{match[1]}{escape(address + hash_mark + fragment)}{match[3]}{match[4]}</a>"

    def titled(self, html):
        """HTML whose links by id name what they lead to, for people who compare texts."""
        return HREF.sub(self._titled, html) if PREFIX in html else html

    def _titled(self, match):
        found = self.targets.get(target_of(unescape(match[2])))
        return f"{match[1]}{escape(f'→ {found.title}')}{match[3]}" if found else match[0]


def find(wanted):
    """{(kind, id): Target} of these, a query for each kind; an article is called as readers know it."""
    from .models import Article, Edition

    articles = [pk for kind, pk in wanted if kind == ARTICLE]
    shows = [pk for kind, pk in wanted if kind == SHOW]
    found = {}
    if articles:
        seen = Edition.objects.filter(article=OuterRef("pk"), published_at__lte=timezone.now())
        headline = seen.order_by("-published_at", "-number").values("headline")[:1]
        rows = Article.objects.filter(pk__in=articles).select_related("sent_to")
        found |= {
            (ARTICLE, row.pk): Target(present_address(row), row.public_headline or row.headline)
            for row in rows.annotate(public_headline=Subquery(headline))
        }
    if shows:
        rows = Show.objects.filter(pk__in=shows).only("title", "slug")
        found |= {(SHOW, row.pk): Target(row.get_absolute_url(), row.title) for row in rows}
    return found


def present_address(article):
    """Where readers find an article now: its own page or the one they are sent to; empty for nowhere."""
    if article.is_published:
        return article.get_absolute_url()
    is_sent = article.withdrawn_at and article.absence == article.Absence.MOVED and article.sent_to
    return article.sent_to.get_absolute_url() if is_sent and article.sent_to.is_published else ""


# Choosing one.


def may_know(target, user):
    """Whether somebody may be told what it is called: of another's draft a writer learns nothing."""
    from .models import Article

    kind, pk = target
    if kind != ARTICLE:
        return True
    is_theirs = Article.objects.editable_by(user).filter(pk=pk)
    return is_theirs.exists() or Article.objects.filter(pk=pk, published_at__lte=timezone.now()).exists()


def choices(text, user, limit=8):
    """[(kind, row)] of shows and articles whose names have all these words; a query for each kind.

    An article has its `live_headline`: of somebody else's draft a writer learns nothing here.
    """
    from .models import Article, Edition

    words = text.replace("\0", "").split()[:8]
    if not words:
        return []
    live = Edition.objects.live()
    headed = [Q(headline__icontains=word) for word in words]
    found = Q(pk__in=live.filter(*headed).values("article"))
    found |= Q(pk__in=Article.objects.editable_by(user).filter(*headed).values("pk"))
    headline = live.filter(article=OuterRef("pk")).values("headline")[:1]
    articles = Article.objects.filter(found).annotate(live_headline=Subquery(headline)).order_by("-saved_at")
    titles = (Q(title__icontains=word) | Q(other_titles__icontains=word) for word in words)
    shows = Show.objects.with_label().filter(*titles).by_title()
    return [(SHOW, row) for row in shows[:limit]] + [(ARTICLE, row) for row in articles[:limit]]
