"""What the newsroom's lists cost with 100,000 comments, and hundreds of articles, shows and decisions.

    uv run python benchmarks/newsroom.py

Makes a site of its own (SQLite) in a temporary folder and removes it. CPU time of this process, not the
clock, because machines are shared; of all lists in turns, and the least of it. Exits with 1 above 50 ms; the
newsroom's front page, the last line, is shown beside them.
"""

import sys
import time

COMMENTS, ROWS, RUNS, MOST_MS = 100_000, 300, 12, 50
LISTS = [
    "comments/comment/",
    "comments/comment/?status=approved",
    "comments/comment/?status=spam",
    "comments/comment/?q=doctor",
    "comments/moderationevent/",
    "articles/article/",
    "articles/article/?q=story",
    "articles/image/",
    "articles/tag/",
    "shows/show/",
    "shows/decision/",
    "shows/charttitle/",
    "",
]


def fill():
    """Hundreds of rows of what has lists of its own, and the comments below one article."""
    from benchmarks import comment_site

    site = comment_site.prepared()
    from benchmarks.feeds import write
    from shows.models import Decision, Show

    large = comment_site.copy_of_story("large")
    comment_site.fill(large, COMMENTS // 5, COMMENTS, COMMENTS // 10)
    write(0, ROWS)
    shows = Show.objects.bulk_create(Show(title=f"Listed {n}", slug=f"listed-{n}") for n in range(ROWS))
    Decision.objects.bulk_create(
        Decision(show=show, outcome="cancelled", announced_on="2024-01-01") for show in shows
    )
    return site.desk


def main():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk = fill()
    spent, queries = {address: [] for address in LISTS}, {}
    for run in range(RUNS + 2):
        for address in LISTS:
            with CaptureQueriesContext(connection) as captured:
                started = time.process_time()
                answer = desk.get(f"/admin/{address}")
                taken = (time.process_time() - started) * 1000
            if answer.status_code != 200:
                sys.exit(f"/admin/{address} answered {answer.status_code}")
            queries[address] = len(captured)
            if run >= 2:
                spent[address].append(taken)
    over = {address for address, times in spent.items() if address and min(times) > MOST_MS}
    for address, times in spent.items():
        mark = " !" if address in over else ""
        print(f"/admin/{address:40}{min(times):8.1f} ms{queries[address]:5} queries{mark}")
    sys.exit(bool(over))


if __name__ == "__main__":
    from own_site import own_site

    with own_site("testserver"):
        main()
