"""Bulk moderation by two people at once, in opposite order: both end, and nothing that either did is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from comments import transitions
from comments.models import Comment, ModerationEvent
from comments.transitions import Change, make
from queries.deadlocks import again_after_a_deadlock
from tests.factories import publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
Kind, Status = ModerationEvent.Kind, Comment.Status
PATIENCE = 30


@pytest.fixture
def comments(client):
    article = publish_article()
    return [make_comment(article, status=Status.PENDING).pk for _ in range(6)]


def at_once(*deeds):
    """Do all of them in threads that set off together, each with a connection; what they return, in order."""
    start = threading.Barrier(len(deeds), timeout=PATIENCE)

    def run(deed):
        start.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [done.result(PATIENCE) for done in [threads.submit(run, deed) for deed in deeds]]


def changes(keys, kind, name):
    return [Change(pk, Status.PENDING, Status.PENDING, kind, fields={name: (False, True)}) for pk in keys]


def assert_all_is_done(comments, batches):
    assert [(batch.count, batch.skipped) for batch in batches] == [(len(comments), 0)] * 2
    done = Comment.objects.filter(pk__in=comments, is_spoiler=True, is_kept=True)
    assert done.count() == len(comments)
    assert ModerationEvent.objects.count() == 2 * len(comments)


def test_two_bulk_acts_in_opposite_order_are_both_done(comments):
    one, other = changes(comments, Kind.SPOILER, "is_spoiler"), changes(comments[::-1], Kind.KEPT, "is_kept")
    assert_all_is_done(comments, at_once(lambda: make(one), lambda: make(other)))


def test_of_two_that_decide_the_same_comments_each_comment_is_decided_once(comments):
    approving = [Change(pk, Status.PENDING, Status.APPROVED) for pk in comments]
    rejecting = [Change(pk, Status.PENDING, Status.REJECTED) for pk in comments[::-1]]
    batches = at_once(lambda: make(approving), lambda: make(rejecting))
    assert sum(batch.count for batch in batches) == sum(batch.skipped for batch in batches) == len(comments)
    said = dict(ModerationEvent.objects.values_list("comment", "to_status"))
    assert said == dict(Comment.objects.values_list("pk", "status"))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one change in at a time: none waits")
def test_a_deadlock_costs_nobody_what_they_did(comments, monkeypatch, caplog):
    """Without the order of the keys, each holds the row that the other wants next."""
    monkeypatch.setattr(transitions, "AT_ONCE", 1)
    monkeypatch.setattr(transitions, "sorted", lambda rows: list(rows), raising=False)
    each_holds_one = threading.Barrier(2, timeout=PATIENCE)

    def stopping(deed):
        """Once its first comment is changed, wait until the other has changed one too."""
        has_stopped = []

        def stop(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if sql.startswith('UPDATE "comments_comment"') and not has_stopped:
                has_stopped.append(True)
                each_holds_one.wait()
            return result

        def stopped():
            with connection.execute_wrapper(stop):
                return deed()

        return stopped

    comments = comments[:2]
    one = changes(comments, Kind.SPOILER, "is_spoiler")
    other = changes(comments[::-1], Kind.KEPT, "is_kept")
    batches = at_once(stopping(lambda: make(one)), stopping(lambda: make(other)))
    assert_all_is_done(comments, batches)
    assert "make met another change in a deadlock and is made once more." in caplog.messages


class Cause(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def failing(sqlstate, times):
    """A deed that fails so often with an error of the database, and how often it was tried."""
    tried = []

    @again_after_a_deadlock
    def deed():
        tried.append(1)
        if len(tried) <= times:
            raise OperationalError("no") from Cause(sqlstate)
        return "done"

    return deed, tried


def test_only_a_deadlock_is_tried_again_and_only_once():
    deed, tried = failing("40P01", 1)
    assert (deed(), len(tried)) == ("done", 2)
    for sqlstate, times, count in (("40P01", 2, 2), ("57014", 1, 1)):
        deed, tried = failing(sqlstate, times)
        with pytest.raises(OperationalError):
            deed()
        assert len(tried) == count


def test_within_another_transaction_nothing_is_tried_again():
    """It is over for that one too, with all that was done in it before."""
    deed, tried = failing("40P01", 1)
    with pytest.raises(OperationalError), transaction.atomic():
        deed()
    assert len(tried) == 1
