"""Sitemaps for search engines: an index, and parts of what may be found, cut by number.

A part holds the rows whose ids lie between two multiples of PART: it costs the same however many parts there
are, and what is published later never moves a row from one part to another.
"""

from datetime import timedelta
from functools import lru_cache
from xml.sax.saxutils import escape

from django.db.models import Exists, F, Max, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from articles.atom import xml_text
from articles.models import Article, Author, Category, Edition, EditionImage, Page, Publication, Series, Tag
from articles.templatetags.articles import machine_time, site_address
from pictures.renditions import rendition_url, rendition_widths
from shows.models import Credit, Network, Outlook, Person, PopularEntry, Show, WeeklyList

PART = 10_000
CHANGES_LIFE = 600
NEWS_AGE = timedelta(days=2)
NEWS_LIMIT = 1000
ONCE = (
    *("articles:front", "articles:archive", "shows:list", "tracker:board"),
    *("comparing:compare", "datasets:index"),
)
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
IMAGES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def _with_articles(model, **reference):
    """Rows with something published behind them: a page that says “nothing yet” need not be found."""
    return model.objects.filter(Exists(Article.objects.published().filter(**reference)))


def _authors():
    return Author.objects.filter(
        Exists(Edition.objects.live().filter(edition_authors__author=OuterRef("pk")))
    )


def _tags():
    return Tag.objects.filter(Exists(Article.objects.published().filter(tags=OuterRef("pk"))))


# What there are parts of: the rows whose pages may be found.
KINDS = {
    "articles": lambda: Article.objects.published(),
    "shows": Show.objects.all,
    "networks": lambda: Network.objects.filter(Exists(Show.objects.filter(network=OuterRef("pk")))),
    "people": lambda: Person.objects.filter(Exists(Credit.objects.filter(person=OuterRef("pk")))),
    "categories": lambda: _with_articles(Category, category=OuterRef("pk")),
    "series": lambda: _with_articles(Series, series=OuterRef("pk")),
    "authors": _authors,
    "tags": _tags,
    "pages": lambda: Page.objects.public(),
}


@require_safe
@conditional_page
@cache_control(max_age=600)
def index(request):
    """Which parts there are; those of articles with the moment of their newest version."""
    parts = [_place(reverse("syndication:sitemap_lists"))]
    for kind, rows in KINDS.items():
        changed = _changes() if kind == "articles" else {}
        parts += [
            _place(reverse("syndication:sitemap_part", args=[kind, part]), changed.get(part))
            for part in _parts(rows())
        ]
    return _xml("sitemapindex", SPACES, [f"<sitemap>{part}</sitemap>\n" for part in parts])


def _parts(rows):
    """The numbers of the parts that hold something, each by a look for its first row: nothing is counted."""
    # With one bound, so that SQLite goes along the numbers, and sorts no rows that another index gives.
    bounded = rows.filter(pk__gte=0)
    last = Subquery(bounded.order_by("-pk").values("pk")[:1])
    first, end = bounded.order_by("pk").values_list("pk", last).first() or (None, 0)
    while first is not None:
        part = first // PART
        yield part
        beyond = rows.filter(pk__gte=(part + 1) * PART) if part < end // PART else rows.none()
        first = beyond.order_by("pk").values_list("pk", flat=True).first()


def _changes():
    """{part: when the newest version of its articles was published}

    All versions must be read for it: a process does so once for each new one, and after ten minutes.
    """
    now = timezone.now()
    newest = Edition.objects.order_by("-pk").values_list("pk", "published_at").first()
    return _changes_of(newest, now.timestamp() // CHANGES_LIFE, PART)


@lru_cache(maxsize=1)
def _changes_of(_newest, _span, size):
    past = Edition.objects.filter(published_at__lte=timezone.now()).order_by()
    return dict(past.annotate(part=F("article") / size).values_list("part").annotate(Max("published_at")))


@require_safe
@conditional_page
@cache_control(max_age=600)
def lists(request):
    """The pages that are there once: the front page, and the lists of everything."""
    weeks = WeeklyList.objects.worldwide_weeks()
    addresses = [*map(reverse, ONCE), *(reverse("shows:top10_week", args=[week]) for week in weeks)]
    if Outlook.objects.exists():
        addresses.append(reverse("tracker:forecasts"))
    if Show.objects.filter(network__isnull=False).exists():
        addresses.append(reverse("shows:networks"))
    if PopularEntry.objects.exists():
        addresses.append(reverse("shows:top10_all_time"))
    return _xml("urlset", SPACES, map(_url, addresses))


@require_safe
@conditional_page
@cache_control(max_age=600)
def part(request, kind, number):
    """The addresses of one kind whose ids lie in the part of this number."""
    if kind not in KINDS:
        raise Http404
    ids = (number * PART, (number + 1) * PART - 1)
    urls = _articles(ids) if kind == "articles" else _rows(kind, ids)
    if not urls:
        raise Http404
    return _xml("urlset", f"{SPACES} {IMAGES}", urls)


def _articles(ids):
    editions = Edition.objects.live().filter(article__pk__range=ids).with_updated_at().order_by()
    rows = editions.values_list("pk", "article__slug", "article__published_at", "updated_at")
    pictures = _pictures(Edition.objects.live().filter(article__pk__range=ids).order_by().values("pk"))
    # Made once and not ten thousand times: that was most of the work.
    before, after = site_address(reverse("articles:detail", args=["SLUG"])).split("SLUG")
    return [
        _url(
            f"{before}{slug}{after}",
            max(filter(None, [published_at, updated_at])),
            pictures.get(pk, ()),
        )
        for pk, slug, published_at, updated_at in rows
    ]


def _pictures(editions):
    """{edition: the addresses of its pictures}, one query for all."""
    rows = EditionImage.objects.filter(edition__in=editions).order_by("edition", "pk")
    found = {}
    for edition, name, width in rows.values_list("edition", "image__file", "image__width"):
        found.setdefault(edition, []).append(rendition_url(name, rendition_widths(width)[-1], "jpg"))
    return found


def _rows(kind, ids):
    rows = KINDS[kind]().filter(pk__range=ids).order_by("pk")
    if kind == "shows":
        rows = rows.only("slug", "poster", "poster_width", "poster_height")
    return [_url(row.get_absolute_url(), getattr(row, "saved_at", None), _posters(row)) for row in rows]


def _posters(row):
    poster = getattr(row, "poster", None)
    return [poster.url] if poster else []


@require_safe
@conditional_page
@cache_control(max_age=300)
def news(request):
    """What was first published in the last two days, newest first, as Google News wants it."""
    now = timezone.now()
    editions = Edition.objects.live(now).filter(article__published_at__gt=now - NEWS_AGE)
    newest = editions.order_by("-article__published_at", "-article")[:NEWS_LIMIT]
    name = _text(Publication.current().name)
    publication = (
        f"<news:publication><news:name>{name}</news:name>"
        f"<news:language>{_language()}</news:language></news:publication>"
    )
    urls = [
        f"<url>{_place(reverse('articles:detail', args=[slug]))}<news:news>{publication}"
        f"<news:publication_date>{machine_time(at)}</news:publication_date>"
        f"<news:title>{_text(headline)}</news:title></news:news></url>\n"
        for slug, at, headline in newest.values_list("article__slug", "article__published_at", "headline")
    ]
    return _xml("urlset", f"{SPACES} {NEWS}", urls)


def _language():
    """The language without its region, as the format asks: “en” for “en-gb”."""
    return get_language().partition("-")[0]


def _url(address, changed_at=None, pictures=()):
    images = "".join(
        f"<image:image><image:loc>{_text(site_address(picture))}</image:loc></image:image>"
        for picture in pictures
    )
    return f"<url>{_place(address, changed_at)}{images}</url>\n"


def _place(address, changed_at=None):
    lastmod = f"<lastmod>{machine_time(changed_at)}</lastmod>" if changed_at else ""
    return f"<loc>{_text(_whole(address))}</loc>{lastmod}"


def _whole(address):
    return address if address.startswith("http") else site_address(address)


def _text(text):
    return escape(xml_text(text))


def _xml(root, spaces, children):
    body = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} {spaces}>\n{"".join(children)}</{root}>\n'
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
