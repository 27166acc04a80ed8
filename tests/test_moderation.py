"""Deciding on comments: recorded, undoable, and never silently overturned by a second moderator."""

import threading

import pytest
from django.db import connection

from comments.models import Comment, ModerationEvent
from tests.factories import publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db

PENDING, APPROVED, SPAM, REJECTED = "pending", "approved", "spam", "rejected"


@pytest.fixture
def article():
    return publish_article()


@pytest.fixture
def waiting(article):
    return [make_comment(article, status=PENDING) for _ in range(3)]


@pytest.fixture
def theo(make_user):
    return make_user("theo", "Theo", "Brandt")


@pytest.fixture
def make_user(django_user_model):
    return lambda username, first, last: django_user_model.objects.create_user(
        username, first_name=first, last_name=last
    )


def statuses():
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))


def test_a_decision_says_who_when_and_from_what_to_what(waiting, theo):
    batch = Comment.objects.filter(pk=waiting[0].pk).moderate(REJECTED, by=theo, why="Off topic")
    comment = Comment.objects.get(pk=waiting[0].pk)
    event = ModerationEvent.objects.get()
    assert (batch.count, batch.skipped) == (1, 0)
    assert (comment.status, comment.moderated_by, comment.moderated_by_name) == (
        REJECTED,
        theo,
        "Theo Brandt",
    )
    assert comment.moderated_at == event.created_at
    assert (event.comment, event.batch, event.actor_name) == (comment, batch.id, "Theo Brandt")
    assert (event.from_status, event.to_status, event.why) == (PENDING, REJECTED, "Off topic")


def test_the_record_outlives_the_moderators_account(waiting, theo):
    Comment.objects.all().moderate(APPROVED, by=theo)
    theo.delete()
    assert set(ModerationEvent.objects.values_list("actor_name", "actor")) == {("Theo Brandt", None)}
    assert Comment.objects.first().moderated_by_name == "Theo Brandt"


def test_what_has_the_status_already_is_no_decision(waiting):
    Comment.objects.filter(pk=waiting[0].pk).moderate(APPROVED)
    batch = Comment.objects.all().moderate(APPROVED)
    assert (batch.count, batch.skipped) == (2, 0)
    assert ModerationEvent.objects.count() == 3


def test_the_second_moderator_overturns_nothing_that_they_did_not_see(waiting, theo):
    first = waiting[0]
    Comment.objects.filter(pk=first.pk).moderate(SPAM, by=theo)
    seen = {comment.pk: PENDING for comment in waiting}
    batch = Comment.objects.all().moderate(APPROVED, seen=seen)
    assert (batch.count, batch.skipped) == (2, 1)
    assert statuses() == [SPAM, APPROVED, APPROVED]
    assert not ModerationEvent.objects.filter(comment=first, to_status=APPROVED).exists()


def test_undo_puts_back_all_of_one_press_and_records_it(waiting, theo):
    Comment.objects.filter(pk=waiting[2].pk).moderate(REJECTED)
    batch = Comment.objects.all().moderate(APPROVED, by=theo)
    undone = Comment.objects.undo(batch.id, by=theo)
    assert (undone.count, undone.skipped) == (3, 0)
    assert statuses() == [PENDING, PENDING, REJECTED]
    assert ModerationEvent.objects.filter(batch=undone.id, actor=theo).count() == 3


def test_undo_can_itself_be_undone(waiting):
    undone = Comment.objects.undo(Comment.objects.all().moderate(SPAM).id)
    Comment.objects.undo(undone.id)
    assert statuses() == [SPAM] * 3


def test_undo_leaves_what_somebody_decided_since(waiting):
    batch = Comment.objects.all().moderate(APPROVED)
    Comment.objects.filter(pk=waiting[0].pk).moderate(SPAM)
    undone = Comment.objects.undo(batch.id)
    assert (undone.count, undone.skipped) == (2, 1)
    assert statuses() == [SPAM, PENDING, PENDING]


def test_undo_leaves_what_somebody_decided_anew_to_the_same(waiting):
    one = Comment.objects.filter(pk=waiting[0].pk)
    batch = one.moderate(APPROVED)
    one.moderate(SPAM)
    one.moderate(APPROVED)
    assert Comment.objects.undo(batch.id).count == 0
    assert one.get().status == APPROVED


def test_undoing_twice_changes_nothing_more(waiting):
    batch = Comment.objects.all().moderate(APPROVED)
    Comment.objects.undo(batch.id)
    assert Comment.objects.undo(batch.id).count == 0
    assert statuses() == [PENDING] * 3


@pytest.mark.django_db(transaction=True)
def test_moderators_who_press_at_once_decide_each_comment_once():
    article = publish_article()
    keys = [make_comment(article, status=PENDING).pk for _ in range(6)]
    seen = dict.fromkeys(keys, PENDING)
    batches, errors = [], []
    together = threading.Barrier(4)

    def press(status):
        try:
            together.wait(timeout=20)
            batches.append(Comment.objects.filter(pk__in=keys).moderate(status, seen=seen))
        except Exception as error:  # whatever it is, the test must show it
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[s]) for s in (APPROVED, SPAM, REJECTED, SPAM)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sum(batch.count for batch in batches) == 6
    assert ModerationEvent.objects.filter(from_status=PENDING).count() == ModerationEvent.objects.count() == 6
