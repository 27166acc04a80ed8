"""What readers' pages cost that nothing keeps: CPU per request and queries, on the sample content.

    uv run python benchmarks/pages.py

Makes a site of its own in a temporary folder and removes it; asks it by WSGI, with production's settings. CPU
time, not the clock, because machines are shared; of all turns the median and the least, because their speed
changes. The last column is the ratio of the medians to a bare view behind the same middleware. The article
has 50 comments and a show with its whole record. "After an approval" is its page right after another comment
has appeared, and all pages below it are asked for after that too; "with nothing remembered" is the first page
that a process draws once its queries are made. Exits with 1 where the article's least, also after an
approval, is more than 5 ms, or where it takes more than 12 queries.
"""

import io
import logging
import statistics
import sys
import time

RUNS, MOST_MS, MOST_QUERIES = 60, 5.0, 12
STORY = "/articles/the-imperfects-cancelled-one-season/"
AFTER_APPROVAL, COLD = f"{STORY} after an approval", "with nothing remembered"
PAGES = ["/", "/articles/", "/shows/", "/shows/the-imperfects/", "/tracker/", "/pages/privacy/"]


def answer(application, address):
    """The body that the application answers with, as a server asks it."""
    path, _, query = address.partition("?")
    asked = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    statuses = []
    response = application(asked, lambda status, headers, _error=None: statuses.append(status))
    body = b"".join(response)
    response.close()
    if statuses != ["200 OK"]:
        sys.exit(f"{address} answered {statuses}")
    return body


def comments_up_to(count):
    from articles.models import Article
    from comments.models import Comment

    story = Article.objects.get(slug=STORY.strip("/").split("/")[-1])
    fields = {"article": story, "email": "reader@example.org", "status": Comment.Status.APPROVED}
    for number in range(count - story.comments.approved().count()):
        Comment.objects.create(name=f"Reader {number}", body="Two sentences.\n\nAnd a second part.", **fields)


def approve_another():
    """In the place of the newest comment another one: as many are drawn."""
    from comments.models import Comment

    newest = (
        Comment.objects.approved().filter(article__slug=STORY.strip("/").split("/")[-1]).order_by("-pk")[0]
    )
    newest.delete()
    comments_up_to(50)


def measured(application, asked, before):
    """{name: (median ms, least ms, queries)} of {name: address}; all take turns, so that noise hits all.

    `before` has what is done before each time some of them are asked.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent, queries = {name: [] for name in asked}, {}
    for run in range(RUNS + 3):
        for name, address in asked.items():
            before.get(name, bool)()
            started = time.process_time()
            answer(application, address)
            if run >= 3:
                spent[name].append((time.process_time() - started) * 1000)
    for name, address in asked.items():
        before.get(name, bool)()
        with CaptureQueriesContext(connection) as captured:
            answer(application, address)
        queries[name] = len(captured)
    return {name: (statistics.median(times), min(times), queries[name]) for name, times in spent.items()}


def main():
    from django.core.management import call_command
    from own_site import forget

    from config.wsgi import application

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)
    comments_up_to(50)

    from django.http import HttpResponse
    from django.urls import path

    import config.urls

    config.urls.urlpatterns.insert(0, path("bare/", lambda request: HttpResponse("bare")))
    kept = {"/bare/": "/bare/", STORY: STORY, AFTER_APPROVAL: STORY} | {page: page for page in PAGES}
    cold = {f"{page} {COLD}": page for page in (STORY, "/", "/shows/the-imperfects/")}
    found = measured(application, kept, {AFTER_APPROVAL: approve_another})
    found |= measured(application, cold, dict.fromkeys(cold, forget))
    bare = found["/bare/"][0]
    print(f"{'address':70} {'CPU ms':>8} {'least':>8} {'queries':>8} {'x bare':>8}")
    for name, (ms, least, queries) in found.items():
        print(f"{name:70} {ms:8.2f} {least:8.2f} {queries:8} {ms / bare:8.1f}")
    is_fine = max(found[name][1] for name in (STORY, AFTER_APPROVAL)) <= MOST_MS
    is_fine &= max(found[name][2] for name in (STORY, AFTER_APPROVAL, f"{STORY} {COLD}")) <= MOST_QUERIES
    print("within" if is_fine else "NOT within", f"{MOST_MS} ms and {MOST_QUERIES} queries")
    sys.exit(not is_fine)


if __name__ == "__main__":
    from own_site import own_site

    with own_site("localhost", PAGE_STORE_MB="0"):
        main()
