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

import statistics
import sys
import time
from functools import partial
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.comment_site import copy_of_story, fill, prepared
from benchmarks.own_site import forget, own_site

RUNS, MOST, MOST_QUERIES = 40, 1.3, 12
SHOWN_ONLY = "after a change"


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


def main():
    site = prepared()
    small, large = copy_of_story("small"), copy_of_story("large")
    small_roots = fill(small, 10, 50, 5)
    queue = {"the queue's first page": site.queue}
    at_fifty = measured(queue)
    large_roots = fill(large, 20_000, 100_000, 10_000)
    known, unknown, changed, posted = asked(site, large, small_roots[3], large_roots[3])
    changing = dict(zip(changed, (small_roots[0], large_roots[0]), strict=True))
    found = {}
    for deeds, before in (
        (known, lambda name: None),
        (unknown, lambda name: forget()),
        (changed, lambda name: site.change(changing[name])),
        (posted, lambda name: None),
    ):
        costs = measured(deeds, before)
        # The first of each is what small costs.
        at_fifty |= dict.fromkeys(costs, next(iter(costs.values())))
        found |= costs
    found |= measured(queue)
    return report({name: (at_fifty[name], costs) for name, costs in found.items()})


def asked(site, large, *answered):
    """What is asked by a process that knows the site, by one that knows nothing, after a change; posts."""
    middle, last = further_pages(large)
    thread_first, thread_middle, thread_last = thread_pages(large, answered[1])
    small_page, large_page = (partial(site.get, f"/articles/{slug}/") for slug in ("small", "large"))
    known = {
        "small": small_page,
        "the article's page": large_page,
        "the last page": partial(site.get, last),
        "the thread of 10,000, first page": partial(site.get, thread_first),
        "the thread, last page": partial(site.get, thread_last),
    }
    unknown = {
        "small, never read": small_page,
        "a further page, in the middle": lambda: site.get(middle()),
        "the thread, in the middle": lambda: site.get(thread_middle()),
    }
    changed = {"small, after a change": small_page, "the article's page, after a change": large_page}
    names = "posting a reply to small", "posting a reply"
    posts = (partial(site.post, root.article, root) for root in answered)
    posted = dict(zip(names, posts, strict=True))
    return known, unknown, changed, posted


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
    with own_site("testserver"):
        sys.exit(0 if main() else 1)
