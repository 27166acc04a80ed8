"""What feeds and sitemaps cost with few articles and with very many: CPU per request.

    uv run python benchmarks/feeds.py [articles]

Makes a site of its own in a temporary folder and removes it. CPU time, not the clock, because machines are
shared. A feed may cost 1.2 times as much with 100,000 articles (the default) as with 1,000; what costs more
is marked, and the end is 1. A part of the sitemap is full from ten thousand articles on, and grows no more.
"""

import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.own_site import quiet_site

FEW, RUNS, MOST = 1_000, 9, 1.2
FIRST = datetime(2015, 1, 1, tzinfo=UTC)
STEP = timedelta(minutes=50)
ADDRESSES = [
    "/feed/", "/categories/category-1/feed/", "/tags/tag-1/feed/", "/authors/author-1/feed/",
    "/shows/show-1/feed/", "/news-sitemap.xml", "/sitemap-articles-0.xml",
]  # fmt: skip
# One line for every ten thousand articles: this grows, slowly.
GROWING = ["/sitemap.xml"]


def write(start, stop):
    """Published articles of these numbers with an edition, an author, a tag, a category and a show each."""
    from articles.models import Article, Author, Category, Edition, EditionAuthor, Tag
    from shows.models import Show

    for number in range(10):
        for model, stem in ((Category, "category"), (Tag, "tag"), (Author, "author")):
            model.objects.get_or_create(slug=f"{stem}-{number}", defaults={"name": f"{stem} {number}"})
        Show.objects.get_or_create(slug=f"show-{number}", defaults={"title": f"Show {number}"})
    rows = {model: list(model.objects.order_by("pk")) for model in (Category, Tag, Author, Show)}
    html = "<p>What is known.</p>" * 40
    section = {"type": "section", "kind": "other", "heading": "", "html": html, "sources": []}
    content = {"schema": 1, "blocks": [section]}
    for begin in range(start, stop, 5000):
        numbers = range(begin, min(begin + 5000, stop))
        articles = Article.objects.bulk_create(
            Article(
                headline=f"Story {n}", slug=f"story-{n}", published_at=FIRST + n * STEP, last_number=1,
                category=rows[Category][n % 10], show=rows[Show][n % 10],
            )
            for n in numbers
        )  # fmt: skip
        editions = Edition.objects.bulk_create(
            Edition(
                article=article, number=1, published_at=article.published_at, headline=article.headline,
                standfirst="In short.", byline="Ada", content=content, digest=str(article.pk),
            )
            for article in articles
        )  # fmt: skip
        EditionAuthor.objects.bulk_create(
            EditionAuthor(edition=edition, author=rows[Author][n % 10])
            for n, edition in zip(numbers, editions, strict=True)
        )
        through = Article.tags.through
        through.objects.bulk_create(
            through(article=article, tag=rows[Tag][n % 10])
            for n, article in zip(numbers, articles, strict=True)
        )


def cpu_ms(client, address):
    """The median CPU time of a request in milliseconds, after a warm-up."""
    spent = []
    for run in range(RUNS + 2):
        started = time.process_time()
        response = client.get(address)
        if response.status_code != 200:
            sys.exit(f"{address} answered {response.status_code}")
        if run >= 2:
            spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent)


def measure(most):
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    call_command("migrate", verbosity=0)
    client, found = Client(headers={"host": "localhost"}), []
    for start, stop in ((0, FEW), (FEW, most)):
        write(start, stop)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        found.append({address: cpu_ms(client, address) for address in [*ADDRESSES, *GROWING]})
    return found


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with quiet_site("localhost"):
        few, many = measure(most)
    print(f"{'':34}{FEW:>12,}{most:>12,}  articles, ms of CPU")
    is_over = False
    for address in [*ADDRESSES, *GROWING]:
        ratio = many[address] / few[address]
        # A part of the sitemap is full from ten thousand articles on.
        over = address in ADDRESSES[:5] and ratio > MOST
        is_over = is_over or over
        print(f"{address:34}{few[address]:12.1f}{many[address]:12.1f}  {ratio:.2f}{' !' if over else ''}")
    sys.exit(is_over)


if __name__ == "__main__":
    main()
