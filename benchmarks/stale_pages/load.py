"""The load run: comments are approved while clients read their article as fast as they go."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from bisect import bisect_right
from collections import Counter, namedtuple
from pathlib import Path

from articles.models import Article
from comments.models import Comment

HERE, ROOT = Path(__file__).resolve().parent, Path(__file__).resolve().parent.parent.parent
WORKERS, CONNECTIONS = 2, 6
# As many answers below one comment as its article's page shows.
REPLIES = 20
PATIENCE = 90

Answer = namedtuple("Answer", "began state status process made_of said")


def run_load(port, wanted, milliseconds):
    """Approve, read, judge, and print what was seen; True where it is as it should be."""
    article, waiting = make_article(wanted.approvals, milliseconds)
    with server(port, milliseconds), client(port, article.get_absolute_url()) as reading:
        committed = approve(waiting, wanted.apart)
        # The readers go on for as long as the last approval may not be known.
        time.sleep(1)
        answers = [Answer(*json.loads(line)) for line in reading.communicate("")[0].splitlines()]
    problems = judged(answers, committed, milliseconds / 1000)
    renders = [answer for answer in answers if answer.said.startswith("miss")]
    print(
        f"believing {milliseconds} ms: {len(committed)} approvals, {len(answers):,} answers by "
        f"{len({answer.process for answer in answers})} processes, {len(renders)} rendered; "
        f"{newest_lag(answers, committed)}"
    )
    print("\n".join(f"  {problem}" for problem in problems) or "  None too old, no state rendered twice.")
    return not problems


def make_article(approvals, milliseconds):
    """An article and as many comments that wait below it; the texts count them."""
    article = Article.objects.order_by("pk").first()
    article.pk, article.slug, article.published_at = None, f"read-{milliseconds}", None
    article._state.adding = True
    article.headline = f"Read while {milliseconds} ms are believed"
    article.save()
    fill(article)
    threads = [
        Comment.objects.create(article=article, name="A reader", body="Well?", status="approved")
        for _ in range(-(-approvals // REPLIES))
    ]
    waiting = [
        Comment.objects.create(
            article=article, parent=threads[number // REPLIES], name="A reader", body=f"State {number + 1}."
        )
        for number in range(approvals)
    ]
    return article, waiting


def fill(article):
    from articles.models import ArticleAuthor, Author, Section

    ArticleAuthor.objects.create(article=article, author=Author.objects.first())
    Section.objects.create(parent=article, ordering=10, kind="overview", body="<p>What is known.</p>")
    article.publish()


def approve(waiting, apart):
    """Approve one after the other; the moments by which each was committed."""
    committed = []
    for comment in waiting:
        time.sleep(apart)
        Comment.objects.filter(pk=comment.pk).moderate(Comment.Status.APPROVED)
        committed.append(time.monotonic())
    return committed


def judged(answers, committed, believed):
    """Sentences that say what is not as it should be."""
    old = [answer for answer in answers if answer.state < bisect_right(committed, answer.began - believed)]
    made = Counter((a.process, a.made_of) for a in answers if a.said and a.said.startswith("miss"))
    twice = [key for key, count in made.items() if count > 1]
    other = Counter(f"{a.status} {a.said}" for a in answers if a.status != 200 or a.said.startswith("bypass"))
    processes = {answer.process for answer in answers}
    return [
        *([f"{len(old)} answers were too old, such as {old[0]}."] if old else []),
        *([f"{len(twice)} states were rendered twice by one process."] if twice else []),
        *([f"Other answers: {dict(other)}."] if other else []),
        *([f"Only {len(processes)} process was read."] if len(processes) < WORKERS else []),
        *(["Nothing was read."] if not answers else []),
    ]


def newest_lag(answers, committed):
    """How old the oldest answer was, counted from the commit of what it did not know to its request."""
    lags = [a.began - committed[a.state] for a in answers if a.state < len(committed)]
    return f"the oldest {max([0, *lags]) * 1000:.0f} ms old when asked for"


@contextlib.contextmanager
def server(port, milliseconds):
    """granian as in docs/deploying.md."""
    command = [sys.executable, "-m", "granian", "benchmarks.stale_pages.server:application"]
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS)]
    environment = {**os.environ, "PAGE_STORE_REUSE_MS": str(milliseconds)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, **quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/", process)
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_for(address, process):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=10).close()
            return
        time.sleep(0.1)
    sys.exit("The site does not answer.")


@contextlib.contextmanager
def client(port, path):
    command = [sys.executable, HERE / "client.py", "127.0.0.1", str(port), path, str(CONNECTIONS)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
