"""What readers' pages cost before any page cache: CPU per request and queries, on the sample content.

    uv run python benchmarks/pages.py

Makes a site of its own in a temporary folder and removes it. CPU time, not the clock, because machines
are shared; the last column is the ratio to a bare view behind the same middleware.
"""

import io
import os
import statistics
import tempfile
import time
from pathlib import Path

RUNS = 40
STORY = "/articles/the-imperfects-cancelled-one-season/"


def cpu_ms(client, address):
    """The median CPU time of a request in milliseconds, after a warm-up."""
    for _ in range(3):
        client.get(address)
    spent = []
    for _ in range(RUNS):
        started = time.process_time()
        client.get(address)
        spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent)


def queries(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def fill_up_to_fifty_comments():
    from articles.models import Article
    from comments.models import Comment

    story = Article.objects.get(slug=STORY.strip("/").split("/")[-1])
    fields = {"article": story, "email": "reader@example.org", "status": Comment.Status.APPROVED}
    for number in range(50 - story.comments.approved().count()):
        Comment.objects.create(name=f"Reader {number}", body="Two sentences.\n\nAnd a second part.", **fields)


def main():
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)
    fill_up_to_fifty_comments()

    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path

    import config.urls

    config.urls.urlpatterns.insert(0, path("bare/", lambda request: HttpResponse("bare")))
    client = Client()
    addresses = ["/bare/", "/", "/articles/", STORY, "/shows/", "/shows/the-imperfects/", "/pages/privacy/"]
    bare = None
    print(f"{'address':55} {'CPU ms':>8} {'queries':>8} {'x bare':>8}")
    for address in addresses:
        spent = cpu_ms(client, address)
        bare = bare or spent
        print(f"{address:55} {spent:8.2f} {queries(client, address):8} {spent / bare:8.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="cliffhanger-benchmark-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ENV_FILE": os.devnull,
            "VAR_DIR": folder,
            "DEBUG": "false",
            "SECRET_KEY": "for the benchmark alone",
            "ALLOWED_HOSTS": "testserver",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'db.sqlite3'}",
        }
        import sys

        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        main()
