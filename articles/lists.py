"""Which articles a list holds: what finding its newest costs does not grow with the site.

A list is some querysets of articles as they are filed. `live` takes from each the newest that are published,
by an index, puts them together, and reads the texts of those few alone.
"""

from collections import Counter

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from queries.prepared import Prepared

from .models import Article, Edition
from .models.edition import Headline
from .models.frozen import EditionAuthor
from .models.published import published_q

# From how many rows on articles are looked for among all instead of one by one.
MANY = 900


def everything():
    return [Article.objects.all()]


def in_category(category):
    return [Article.objects.filter(category=category)]


def in_series(series):
    return [Article.objects.filter(series=series)]


def with_tag(tag):
    links = Article.tags.through.objects.filter(tag=tag)
    tagged = Exists(links.filter(article=OuterRef("pk")))
    return [_narrowed(Article.objects.all(), links, "article", tagged)]


def about(show_id):
    """With the show as their main one, and with it among the others."""
    also = Article.also_about.through.objects.filter(show=show_id).order_by().values("article")
    return [Article.objects.filter(**known) for known in ({"show": show_id}, {"pk__in": also})]


def coverage_counts(show_ids=None):
    """How many published articles are about each of these shows (default: all), as a Counter; one query."""
    published = Article.objects.published().order_by()
    links = Article.also_about.through.objects.filter(published_q(prefix="article__")).order_by()
    if show_ids is not None:
        published, links = published.filter(show__in=show_ids), links.filter(show__in=show_ids)
    rows = published.values_list("show", "pk").union(links.values_list("show", "article"))
    return Counter(show for show, _article in rows.order_by())


def by_author(author):
    """Whose byline names the author now, and not only in an earlier version."""
    versions = Edition.objects.filter(article=OuterRef("pk"), published_at__lte=timezone.now())
    newest = versions.order_by("-published_at", "-number").values("pk")[:1]
    links = EditionAuthor.objects.filter(author=author)
    named = Exists(links.filter(edition=OuterRef("live_id")))
    articles = Article.objects.alias(live_id=Subquery(newest))
    return [_narrowed(articles.filter(named), links, "edition__article")]


def _narrowed(articles, links, column, *conditions):
    """Of these articles those that rows lead to by a column. The conditions say the same of an article.

    A few are looked up one by one; where they are many the newest are soon found among all. Either way the
    cost does not grow with the site.
    """
    ids = list(links.order_by().values_list(column, flat=True)[:MANY])
    return articles.filter(pk__in=ids) if len(ids) < MANY else articles.filter(*conditions)


@Prepared
def OF_ARTICLES(articles, now):
    """The live editions of these articles, as cards draw them."""
    return Edition.objects.live(now).filter(article__pk__in=articles).for_listing()


def live_by_article(articles, now=None):
    """What readers see of these articles (their numbers), by number; one query, or none."""
    found = OF_ARTICLES(articles=articles, now=now or timezone.now()) if articles else ()
    return {edition.article_id: edition for edition in found}


@Prepared
def ABOUT(show, now, as_count):
    return live(about(show), as_count, now=now, as_headlines=True)


def headlines_about(show_id, count):
    """The newest `count` Headlines about a show, newest first; one query, or none where it is None."""
    found = ABOUT(show=show_id, now=timezone.now(), as_count=count) if show_id else ()
    return [Headline._make(each) for each in found]


def live(articles, count, before=None, editions=None, now=None, as_headlines=False):
    """What readers see of a list's newest `count` articles, newest first, as cards draw it; one query.

    They begin after the place `before` (moment, number). `editions` are asked instead of
    `Edition.objects.live()`.
    """
    moment, pk = before or (None, None)
    published, among = published_q(now, until=moment), Q()
    for rows in articles:
        rows = rows.filter(published)
        if before:
            rows = rows.exclude(published_at=moment, pk__gte=pk)
        among |= Q(article__in=rows.order_by("-published_at", "-pk").values("pk")[:count])
    editions = Edition.objects.live(now) if editions is None else editions
    editions = editions.filter(among)
    return (editions.for_headlines() if as_headlines else editions.for_listing())[:count]
