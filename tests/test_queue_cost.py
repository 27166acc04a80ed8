"""What the queue costs: the same however many comments there are, found by index on either database."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment
from comments.queue import counts
from tests.factories import publish_article
from tests.factories_comments import make_comment
from tests.queue_desk import QUEUE, bodies, complain, page_of, say

pytestmark = pytest.mark.django_db
TABS = ["pending", "reported", "approved", "spam", "rejected", "all"]


@pytest.fixture
def article():
    return publish_article()


@pytest.fixture
def desk(at_desk, moderator):
    return at_desk(moderator)


def fill(article, count=30):
    parent = make_comment(article)
    for n in range(count):
        for status in Comment.Status.values:
            comment = say(article, f"{status} {n}", n, status=status, parent=parent, spam_score=n / count)
        complain(comment)


def addresses(article):
    comment = Comment.objects.first()
    yield from (f"{QUEUE}?status={tab}" for tab in TABS)
    yield from (f"{QUEUE}?status={tab}&p=2" for tab in TABS)
    yield from (f"{QUEUE}?status={tab}&article={article.pk}" for tab in TABS if tab != "reported")
    yield f"{QUEUE}?status=all&reader={comment.pk}"
    yield f"{QUEUE}?order=suspicious-first"


def test_the_script_weighs_less_than_12_kb():
    assert (settings.BASE_DIR / "static" / "js" / "queue.js").stat().st_size < 12 * 1024


def test_a_tab_never_counts_further_than_it_says(desk, article, monkeypatch):
    for module in ("counts", "changelist"):
        monkeypatch.setattr(f"comments.queue.{module}.CAP", 5)
    for n in range(9):
        say(article, str(n), n)
    assert counts.tab_counts()["pending"] == 6
    page = page_of(desk)
    assert re.search(r'data-tab="pending">5\+<', page) and "5+ comments" in page


def test_all_of_one_article_are_merged_newest_first(desk, article):
    for n, status in enumerate(["spam", "pending", "approved", "rejected", "pending"]):
        say(article, str(n), n, status=status)
    say(publish_article(), "elsewhere", 9)
    assert bodies(page_of(desk, f"{QUEUE}?status=all&article={article.pk}")) == ["4", "3", "2", "1", "0"]


def plans(queries):
    """How the database finds the rows of each query on comments."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # So few rows are read whole whatever the indexes: what is asked is whether there is another way.
            cursor.execute("SET LOCAL enable_seqscan = off")
        for query in queries:
            if not query.startswith("SELECT") or "comments_comment" not in query:
                continue
            how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            cursor.execute(f"{how} {query}")
            yield query, [str(row[-1]) for row in cursor.fetchall()]


def is_whole(step):
    """Whether a step reads all comments there are; the index of open complaints is as long as they are."""
    is_scan = re.match(r"SCAN (comments_comment|[U-W]\d)\b", step) and "report_open" not in step
    return bool(is_scan) or "Seq Scan on comments_comment" in step


def test_no_page_costs_more_than_twelve_queries_and_none_reads_all_comments(desk, article):
    fill(article)
    page_of(desk)
    for address in addresses(article):
        with CaptureQueriesContext(connection) as captured:
            page_of(desk, address)
        queries = [query["sql"] for query in captured.captured_queries]
        assert len(queries) <= 12, (address, queries)
        for query, steps in plans(queries):
            # The counts hang on one row, whichever: reading it ends the scan.
            is_of_tabs = "in_pending" in query
            whole = [step for step in steps if is_whole(step)]
            assert not whole or is_of_tabs, (address, query, steps)
