"""What an article with 100,000 comments costs, beside one with 50: CPU per request, and queries.

    uv run python benchmarks/comments.py

Makes a site of its own in a temporary folder and removes it; with DATABASE_URL it fills that database
instead, which must be empty. CPU time of this process, not the clock, because machines are shared (a
PostgreSQL server's own is therefore not in it). Exits with 1 where anything costs more than 1.3 times what it
costs at 50 comments, or takes more than 12 queries.

What is compared, in one run and in turns: two articles of the same text and pictures, without a show (a
show's record takes six queries more, whatever the comments). "small" has 50 comments in 10 threads, one of
them of 5 replies; "large" has 100,000 in 20,000 threads, one of them of 10,000 replies, which stands on the
first page. The mix is the same: answers to answers, websites, links, spoilers, and beside the approved ones
some that wait or were refused. The whole page counts, so that large's first page draws 270 comments where
small's draws all of its 50.

- An article's page is asked for again and again, as a page that many read is, by a process that remembers it.
  "After a change" of one of its comments it is drawn again, but for the threads that are as they were, and
  large's 100,000 are counted again. That is shown beside it and held to nothing.
- Small has neither further pages nor threads of more than a page. Large's are therefore held against small's
  article page, which is where small's readers see all of its comments, and they stand without the article.
- Pages in the middle are other ones each time, which nobody has read before: they are held against small's
  page in a process that remembers nothing, and are asked of such a one.
- The queue is full at both sizes: 100 other comments wait, so that its first page shows as many cards.
"""

import io
import logging
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

RUNS, MOST, MOST_QUERIES = 40, 1.3, 12
SHOWN_ONLY = "after a change"
START = datetime(2024, 1, 1, tzinfo=UTC)
BODIES = [
    "Two sentences, as most of them are. And a second one, which says why.",
    "It deserved better.\n\nThe last episode alone was worth the month, whatever the numbers say about it.",
    "I stopped watching after the third one. Does it get better, or is that all there is to it?",
    "The figures are at https://figures.example/weeks/2024-01, for whoever doubts them.",
    "I did not see it coming that ||the doctor was the killer|| at all.",
]


def body(n):
    """Of a hundred comments three have a link and three a spoiler; each is a little different."""
    kind = {7: 3, 17: 4}.get(n % 33, n % 3)
    return f"{BODIES[kind]} ({n})"


def comment(article, n, status="approved", **fields):
    from comments.models import Comment

    reader = n * 7919 % 5000
    return Comment(
        article=article,
        name=f"Reader O'{reader}",
        email=f"reader{reader}@example.org",
        folded_email=f"reader{reader}@example.org",
        website="https://reader.example/" if n % 10 == 0 else "",
        body=body(n),
        status=status,
        # Every fourth shares its moment with the one before.
        created_at=START + timedelta(seconds=30 * (n - (n % 4 == 3))),
        **fields,
    )


def fill(article, threads, comments, largest):
    """Approved comments in so many threads, the fourth of which has `largest` replies; and some others."""
    from comments.models import Comment

    roots = Comment.objects.bulk_create([comment(article, n) for n in range(threads)], batch_size=2000)
    others = ["pending", "spam", "rejected"]
    Comment.objects.bulk_create(
        [comment(article, n, status=others[n // 20 % 3]) for n in range(0, threads, 20)], batch_size=2000
    )
    small = [root for root in roots if root is not roots[3]]
    hosts = [roots[3]] * largest + [small[n // 2 % len(small)] for n in range(comments - threads - largest)]
    number = iter(range(threads, comments))
    first = [
        comment(article, n, parent=host, thread=host, depth=1)
        for host, n in zip(hosts[::2], number, strict=False)
    ]
    first = Comment.objects.bulk_create(first, batch_size=2000)
    second = [
        comment(article, n, parent=above, thread_id=above.thread_id, depth=2)
        for above, n in zip(first, number, strict=False)
    ]
    Comment.objects.bulk_create(second, batch_size=2000)
    return roots


def copy_of_story(slug):
    """The sample's story once more, with its text and pictures and without its show."""
    from articles.models import Article

    story = Article.objects.get(slug="the-imperfects-cancelled-one-season")
    blocks = [block for block in story.blocks() if block._meta.model_name != "panel"]
    authors = list(story.article_authors.all())
    story.pk, story.slug, story.show, story.published_at, story._state.adding = None, slug, None, None, True
    story.save()
    for row, owner in [*((block, "parent") for block in blocks), *((row, "article") for row in authors)]:
        row.pk, row._state.adding = None, True
        setattr(row, owner, story)
        row.save()
    story.publish()
    return story


class Site:
    """What readers and a moderator ask of it."""

    def __init__(self):
        from django.test import Client

        self.reader, self.desk, self.numbers = Client(), Client(), count(1)

    def get(self, address):
        response = self.reader.get(address)
        assert response.status_code == 200, (address, response.status_code)  # noqa: S101

    def queue(self):
        assert self.desk.get("/admin/comments/comment/").status_code == 200  # noqa: S101

    def change(self, comment):
        """Say one of the comments otherwise, as its writer may."""
        comment.body = body(next(self.numbers))
        comment.save()

    def post(self, article, parent):
        n = next(self.numbers)
        typed = {"comment": f"A thought of my own, the {n}th.", "name": f"Poster {n}", "website": ""}
        typed |= {"email": f"poster{n}@example.org", "parent": parent.pk}
        response = self.reader.post(
            f"/articles/{article.slug}/comments/",
            typed,
            headers={"sec-fetch-site": "same-origin"},
            REMOTE_ADDR=f"10.{n // 65536}.{n // 256 % 256}.{n % 256}",
        )
        assert response.status_code == 303, response.status_code  # noqa: S101


def further_pages(article):
    """A function that gives the addresses of the pages in the middle, one after the other, and the last."""
    from comments.keysets import cursor_of
    from comments.models import CommentPolicy
    from comments.rows import threads_of

    keys = list(threads_of(article, CommentPolicy.current()).values_list("created_at", "pk"))
    address = f"/articles/{article.slug}/comments/?after="
    middle = (address + cursor_of(*keys[n]) for n in count(len(keys) // 4, 50))
    return lambda: next(middle), address + cursor_of(*keys[-51])


def thread_pages(article, root):
    from comments.keysets import cursor_of
    from comments.rows import replies_of

    keys = list(replies_of(root.pk).values_list("created_at", "pk"))
    address = f"/articles/{article.slug}/comments/{root.pk}/thread/"
    middle = (f"{address}?after={cursor_of(*keys[n])}" for n in count(len(keys) // 4, 50))
    return address, lambda: next(middle), f"{address}?after={cursor_of(*keys[-51])}"


def forget():
    """Leave the process as one that has drawn nothing yet."""
    from pagestore import by_heart
    from queries.remembered import parts_of_pages

    parts_of_pages.clear()
    by_heart.forget()


def measured(deeds, before=lambda name: None):
    """{name: (median CPU in ms, queries)} of {name: function}; they take turns, so that noise hits all.

    `before` is done before each, and not measured.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent, queries = {name: [] for name in deeds}, {}
    for name, deed in deeds.items():
        for _ in range(3):
            deed()
        before(name)
        with CaptureQueriesContext(connection) as captured:
            deed()
        queries[name] = len(captured)
    for _ in range(RUNS):
        for name, deed in deeds.items():
            before(name)
            started = time.process_time()
            deed()
            spent[name].append((time.process_time() - started) * 1000)
    return {name: (statistics.median(times), queries[name]) for name, times in spent.items()}


def prepared():
    """A site with the sample, a moderator at the desk, and 100 comments that wait."""
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)

    from django.contrib.auth.models import User

    from comments.models import Comment

    site = Site()
    moderator = User.objects.create_superuser("benchmark", "benchmark@example.org")
    site.desk.force_login(moderator, backend="logins.backend.LoginBackend")
    other = copy_of_story("other")
    Comment.objects.bulk_create([comment(other, n, status="pending") for n in range(100)])
    return site


def main():
    site = prepared()
    small, large = copy_of_story("small"), copy_of_story("large")
    small_roots = fill(small, 10, 50, 5)
    at_fifty = measured({"the queue's first page": site.queue})
    large_roots = fill(large, 20_000, 100_000, 10_000)
    middle, last = further_pages(large)
    thread_first, thread_middle, thread_last = thread_pages(large, large_roots[3])
    small_page, large_page = (partial(site.get, f"/articles/{slug}/") for slug in ("small", "large"))
    known = {
        "small": small_page,
        "the article's page": large_page,
        "the last page": lambda: site.get(last),
        "the thread of 10,000, first page": lambda: site.get(thread_first),
        "the thread, last page": lambda: site.get(thread_last),
    }
    unknown = {
        "small, never read": small_page,
        "a further page, in the middle": lambda: site.get(middle()),
        "the thread, in the middle": lambda: site.get(thread_middle()),
    }
    changed = {"small, after a change": small_page, "the article's page, after a change": large_page}
    roots = {name: small_roots if name.startswith("small") else large_roots for name in changed}
    found = {}
    for deeds, before in (
        (known, lambda name: None),
        (unknown, lambda name: forget()),
        (changed, lambda name: site.change(roots[name][0])),
    ):
        costs = measured(deeds, before)
        at_fifty |= dict.fromkeys(costs, next(iter(costs.values())))
        found |= costs
    posts = {"post": lambda: site.post(small, small_roots[3])}
    posts["posting a reply"] = lambda: site.post(large, large_roots[3])
    found |= measured(posts)
    at_fifty["posting a reply"] = found["post"]
    found |= measured({"the queue's first page": site.queue})
    return report({name: (at_fifty[name], costs) for name, costs in found.items() if name in at_fifty})


def report(rows):
    """Print the table; whether everything holds."""
    print(f"{'':36}{'at 50: ms':>10}{'queries':>9}{'at 100,000: ms':>16}{'queries':>9}{'times':>7}")
    holds = True
    for name, ((few_ms, few_queries), (ms, queries)) in rows.items():
        broken = ms > MOST * few_ms or queries > MOST_QUERIES
        broken = broken and not name.endswith(SHOWN_ONLY)
        holds = holds and not broken
        line = f"{name:36}{few_ms:10.2f}{few_queries:9}{ms:16.2f}{queries:9}{ms / few_ms:7.2f}"
        print(line + ("  TOO MUCH" if broken else ""))
    return holds


if __name__ == "__main__":
    from own_site import own_site

    with own_site("testserver"):
        sys.exit(0 if main() else 1)
