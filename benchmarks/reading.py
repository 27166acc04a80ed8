"""What lists, searches, feeds and the API cost with few articles and with very many: CPU per request.

    uv run python benchmarks/reading.py [articles]

Makes two sites of its own (SQLite) in a temporary folder and removes them. CPU time, not the clock, because
machines are shared; of both by turns, and the least of it, because their speed changes. Every address may
cost 1.2 times as much with 100,000 articles (the default) as with 1,000, on its first page and on one near
the end; what costs more is marked, and the end is 1. Of each kind of list one holds a tenth of all articles,
and one a handful of the oldest.
"""

import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.feeds import FEW, FIRST, MOST, STEP, write
from benchmarks.own_site import forget, quiet_site

ROWS, RUNS, TURNS = 5, 9, 3
LISTS = ["/articles/", "/categories/category-1/", "/tags/tag-1/", "/authors/author-1/", "/series/series-1/"]
ADDRESSES = [
    "/", *LISTS, "/categories/rare/", "/tags/rare/", "/authors/rare/", "/shows/show-1/", "/shows/rare/",
    "/articles/story-7/", "/search/?q=story-7", "/feed/", "/tags/tag-1/feed/", "/tags/rare/feed/",
    "/api/v1/articles/", "/api/v1/articles/?show=show-1", "/api/v1/articles/?tag=rare", "/api/v1/decisions/",
]  # fmt: skip


def write_rare():
    """A category, a tag, an author and a show of some of the oldest articles alone; a series of a tenth."""
    from articles.models import Article, Author, Category, EditionAuthor, Series, Tag
    from shows.models import Show

    series = Series.objects.create(name="Series 1", slug="series-1")
    category = Category.objects.create(name="Rare", slug="rare")
    tag = Tag.objects.create(name="Rare", slug="rare")
    author = Author.objects.create(name="Rare", slug="rare")
    show = Show.objects.create(title="Rare", slug="rare")
    oldest = Article.objects.order_by("pk")[:ROWS]
    for article in oldest:
        article.tags.add(tag)
        article.also_about.add(show)
        EditionAuthor.objects.create(edition=article.live_edition, author=author, position=1)
    Article.objects.filter(pk__in=[article.pk for article in oldest]).update(category=category)
    return series


def deep(address):
    """The address of a list's page near its end, before which 300 articles of the site were published."""
    from articles.paging import EPOCH

    moment = FIRST + 300 * STEP - EPOCH
    return f"{address}?before={moment.days * 86_400_000_000 + moment.seconds * 1_000_000}-0"


def fill(most):
    """The database with all the articles, and beside it a copy from when it had few; their paths."""
    from django.core.management import call_command
    from django.db import connection

    from articles.models import Article

    call_command("migrate", verbosity=0)
    large = Path(connection.settings_dict["NAME"])
    small, series = large.with_name("few.sqlite3"), None
    for start, stop in ((0, FEW), (FEW, most)):
        write(start, stop)
        series = series or write_rare()
        Article.objects.filter(pk__gt=start, slug__endswith="3").update(series=series)
        call_command("rebuild_search", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        if stop == FEW:
            with sqlite3.connect(small) as copy:
                connection.connection.backup(copy)
    return small, large


def least(address, site):
    """The least CPU time of some requests to one of the sites, which remembers nothing, in milliseconds."""
    from django.db import connection
    from django.test import Client

    connection.close()
    connection.settings_dict["NAME"] = str(site)
    client, spent = Client(headers={"host": "localhost"}), []
    for run in range(RUNS + 2):
        forget()
        started = time.process_time()
        response = client.get(address)
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}")
        if run >= 2:
            spent.append((time.process_time() - started) * 1000)
    return min(spent)


def measure(most):
    """[(name, ms with few articles, ms with many)]"""
    sites = fill(most)
    asked = [(address, address) for address in ADDRESSES]
    asked += [(f"{address} (deep)", deep(address)) for address in LISTS]
    for name, address in asked:
        turns = [[least(address, site) for site in sites] for _ in range(TURNS)]
        yield name, *map(min, zip(*turns, strict=True))


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with quiet_site("localhost", API_REQUESTS_A_MINUTE="1000000"):
        print(f"{'':38}{FEW:>10,}{most:>10,}  articles, ms of CPU")
        is_over = False
        for name, few, many in measure(most):
            is_over = is_over or many > MOST * few
            print(f"{name:38}{few:10.1f}{many:10.1f}  {many / few:.2f}{' !' if many > MOST * few else ''}")
    sys.exit(is_over)


if __name__ == "__main__":
    main()
