"""What the newsroom's pages cost in a large house: 10,000 shows, 50,000 people, 5,000 pictures and articles.

    uv run python benchmarks/writing_screen.py

Makes a site of its own in a temporary folder and removes it; `DATABASE_URL` may name an empty database of
PostgreSQL instead of its SQLite. Prints queries and CPU time of each page, and ends with 1 where the form
takes more than 30 queries or twice the time that it takes in an empty house, or a page more queries there.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS, SECTIONS = 15, 12
SHOWS, PEOPLE, PICTURES, ARTICLES = 10_000, 50_000, 5_000, 5_000
MOST_QUERIES, MOST_RATIO = 30, 2.0
FORM = "article's form"


def set_up():
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def make_article(owner):
    """An article with twelve sections, a panel, a byline, a show and filing, published once."""
    from articles.models import Article, ArticleAuthor, Author, Category, Panel, Section
    from shows.models import Show

    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    category = Category.objects.create(name="News", slug="news")
    article = Article.objects.create(headline="The story", category=category, show=show, owner=owner)
    article.also_about.add(Show.objects.create(title="Another", slug="another"))
    ArticleAuthor.objects.create(
        article=article, author=Author.objects.create(name="Ada Writer", slug="ada-writer"), position=1
    )
    text = "<p>" + "What is known of the show and of its seasons so far. " * 20 + "</p>"
    for number in range(SECTIONS):
        Section.objects.create(
            parent=article, ordering=number * 10, kind="other", heading=f"Part {number}", body=text
        )
    Panel.objects.create(parent=article, ordering=900, kind="facts")
    article.publish(by=owner)
    return article


def fill(owner):
    """The large house."""
    from articles.models import Article, Image
    from shows.models import Person, Season, Show

    Show.objects.bulk_create(Show(title=f"Show {n}", slug=f"show-{n}") for n in range(SHOWS))
    shows = list(Show.objects.order_by("pk"))
    Season.objects.bulk_create(Season(show=show, number=1) for show in shows)
    Person.objects.bulk_create(Person(name=f"Person {n}", slug=f"person-{n}") for n in range(PEOPLE))
    Image.objects.bulk_create(
        Image(file=f"originals/{n:020x}.png", width=1600, height=900, alt_text=f"Picture {n}")
        for n in range(PICTURES)
    )
    Article.objects.bulk_create(
        Article(headline=f"Story {n}", slug=f"story-{n}", owner=owner, show=shows[n]) for n in range(ARTICLES)
    )


def cost(client, address):
    """(median CPU in ms, queries) of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent = []
    for _ in range(RUNS):
        started = time.process_time()
        response = client.get(address)
        spent.append((time.process_time() - started) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}.")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return statistics.median(spent), len(captured)


def pages_of(article):
    choosing = "app_label=articles&model_name=article&field_name=show&term=sho"
    return {
        "front page": "/admin/",
        FORM: f"/admin/articles/article/{article.pk}/change/",
        "list of articles": "/admin/articles/article/",
        "list, searched": "/admin/articles/article/?q=imperfects",
        "pictures": "/admin/articles/image/",
        "publish?": f"/admin/articles/article/{article.pk}/publish/",
        "choose a show": f"/admin/autocomplete/?{choosing}",
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ENV_FILE=os.devnull, VAR_DIR=folder, SECRET_KEY="of-a-benchmark")  # noqa: S106
        set_up()
        return measure()


def measure():
    from django.contrib.auth.models import User
    from django.test import Client

    owner = User.objects.create_superuser("boss", "boss@example.org", "of-a-benchmark")
    article = make_article(owner)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(owner, backend="logins.backend.LoginBackend")
    pages = pages_of(article)
    small = {name: cost(client, address) for name, address in pages.items()}
    fill(owner)
    large = {name: cost(client, address) for name, address in pages.items()}
    wrong = []
    print(f"{'':20}{'small house':>22}{'large house':>22}{'ratio':>8}")
    for name in pages:
        (ms, queries), (full_ms, full_queries) = small[name], large[name]
        figures = f"{ms:>9.1f} ms{queries:>4} queries{full_ms:>9.1f} ms{full_queries:>4} queries"
        print(f"{name:20}{figures}{full_ms / ms:>8.1f}")
        if full_queries > queries + 2:
            wrong.append(f"{name}: {full_queries - queries} queries more than in the small house.")
    (ms, _), (full_ms, queries) = small[FORM], large[FORM]
    if queries > MOST_QUERIES or full_ms > MOST_RATIO * ms:
        wrong.append("The article's form costs too much.")
    print("\n".join(wrong) or "All within their limits.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
