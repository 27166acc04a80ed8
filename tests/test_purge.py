"""`manage.py purge_personal_data`: what may be kept no longer goes, and nothing else."""

import io
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.utils import timezone

from comments.models import Ban, Comment, CommentPolicy, ModerationEvent, Report, SpamWord, Subscription
from comments.privacy import purge as purging
from comments.privacy.purge import purge
from comments.spam import filter as spam_filter
from comments.transitions import Change, make
from tests.factories import publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db
Kind = ModerationEvent.Kind


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def article():
    return publish_article()


def ago(**spans):
    return timezone.now() - timedelta(**spans)


def keys():
    return set(Comment.objects.values_list("pk", flat=True))


def test_network_addresses_go_after_their_days(article):
    CommentPolicy(address_days=10).save()
    old = make_comment(article, address="203.0.113.7", created_at=ago(days=11))
    new = make_comment(article, address="203.0.113.8", created_at=ago(days=9))
    assert purge()["addresses"] == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.address is None and new.address == "203.0.113.8"


def test_keys_of_networks_go_after_two_days(article):
    old = make_comment(article, address_key="a" * 32, created_at=ago(days=2, minutes=1))
    new = make_comment(article, address_key="b" * 32, created_at=ago(days=2, minutes=-1))
    for n, created_at in enumerate([ago(days=3), ago(days=4), ago(days=1)]):
        Report.objects.create(comment=old, reason="spam", address_key=f"{n}" * 32, created_at=created_at)
    done = purge()
    assert (done["address_keys"], done["report_keys"]) == (1, 2)
    assert list(Comment.objects.order_by("pk").values_list("address_key", flat=True)) == ["", new.address_key]
    left = list(Report.objects.values_list("address_key", flat=True))
    assert "2" * 32 in left and not {"0" * 32, "1" * 32} & set(left)
    assert purge()["report_keys"] == 0


@pytest.mark.parametrize(("status", "days"), [("spam", 30), ("rejected", 90)])
def test_spam_and_rejected_comments_go_when_their_days_after_the_decision_are_over(article, status, days):
    over = make_comment(
        article, status=status, moderated_at=ago(days=days, hours=1), created_at=ago(days=200)
    )
    never_moderated = make_comment(article, status=status, created_at=ago(days=days, hours=1))
    decided_late = make_comment(article, status=status, moderated_at=ago(days=1), created_at=ago(days=200))
    others = {make_comment(article, status=s, created_at=ago(days=400)).pk for s in ("approved", "pending")}
    assert purge()[status] == 2
    assert keys() == {decided_late.pk, *others}
    told = ModerationEvent.objects.filter(kind=Kind.DELETED)
    assert set(told.values_list("number", flat=True)) == {over.pk, never_moderated.pk}


def test_what_others_answer_becomes_an_empty_shell_and_a_second_run_leaves_it(article):
    asked = make_comment(article, status="rejected", moderated_at=ago(days=91), name="Theo", body="Really?")
    answer = make_comment(article, parent=asked, body="Yes.")
    assert purge()["rejected"] == 1
    asked.refresh_from_db()
    assert (asked.status, asked.body, asked.name, asked.email, asked.folded_email) == ("rejected", *[""] * 4)
    assert purge()["rejected"] == 0
    Comment.objects.filter(pk=answer.pk).delete()
    assert purge()["rejected"] == 1 and keys() == set()


def test_a_whole_old_thread_goes_at_once_over_several_batches(article, monkeypatch):
    monkeypatch.setattr(purging, "BATCH", 2)
    parent = None
    for _ in range(7):
        parent = make_comment(article, parent=parent, status="spam", created_at=ago(days=31))
    assert purge()["spam"] == 7
    assert keys() == set()


def test_the_texts_go_from_the_record_as_well_and_the_record_stays(article, moderator):
    comment = make_comment(article, body="Buy this.")
    make(
        [Change(comment.pk, "approved", "spam", Kind.EDITED, fields={"body": ("Buy this.", "Buy.")})],
        by=moderator,
    )
    Comment.objects.update(moderated_at=ago(days=31))
    purge()
    first, last = ModerationEvent.objects.order_by("pk")
    assert (first.changes, first.number, first.actor_name) == ({}, comment.pk, "Moderator")
    assert (last.kind, last.actor, last.number, last.comment) == (Kind.DELETED, None, comment.pk, None)


def test_what_the_spam_filter_learned_stays(article):
    comment = make_comment(article, status="spam", body="Casino bonus", created_at=ago(days=31))
    spam_filter.learn([comment.pk])
    before = list(SpamWord.objects.order_by("text").values_list("text", "spam", "ham"))
    purge()
    assert list(SpamWord.objects.order_by("text").values_list("text", "spam", "ham")) == before != []


def test_subscriptions_that_nobody_confirmed_go_after_a_week(article):
    thread = make_comment(article)
    for n, (asked, confirmed) in enumerate([(8, None), (6, None), (8, 8)]):
        Subscription.objects.create(
            thread=thread,
            comment=thread,
            email=f"reader{n}@reader.example",
            created_at=ago(days=asked),
            confirmed_at=confirmed and ago(days=confirmed),
        )
    assert purge()["subscriptions"] == 1
    assert set(Subscription.objects.values_list("email", flat=True)) == {
        "reader1@reader.example",
        "reader2@reader.example",
    }


def test_bans_that_ended_long_ago_and_old_failed_logins_go(article):
    today = timezone.localdate()
    for value, until in [("a.example", 91), ("b.example", 89), ("c.example", None)]:
        Ban.objects.create(kind="domain", value=value, until=until and today - timedelta(days=until))
    attempt = AccessAttempt.objects.create(
        username="x", ip_address="203.0.113.7", user_agent="x", failures_since_start=3
    )
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=ago(days=3))
    done = purge()
    assert (done["bans"], done["failed_logins"]) == (1, 1)
    assert set(Ban.objects.values_list("value", flat=True)) == {"b.example", "c.example"}


def test_the_command_says_what_it_did_and_a_second_run_finds_nothing(article):
    make_comment(article, status="spam", created_at=ago(days=31), address="203.0.113.7")

    def said(*options):
        output = io.StringIO()
        call_command("purge_personal_data", *options, stdout=output)
        return output.getvalue()

    dry = said("--dry-run")
    assert "1 spam comments" in dry and "Nothing was changed" in dry and Comment.objects.count() == 1
    assert "1 spam comments" in said() and not Comment.objects.exists()
    assert all(line.startswith("0 ") for line in said().splitlines())
