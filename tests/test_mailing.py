"""The outbox and its ledger: a mail is posted with what it tells of, and sent once."""

import email.policy
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from mailing import outbox, tasks
from mailing.models import Mail
from tests.mails import only_mail, post

pytestmark = pytest.mark.django_db

# Posting.


def test_a_posted_mail_arrives(mailoutbox):
    assert post(headers={"List-Unsubscribe": "<https://news.example.org/stop/>"})
    (letter,) = mailoutbox
    assert (letter.to, letter.subject, letter.body) == (["Mara@Example.com"], "A reply", "Somebody answered.")
    message = letter.message()
    assert message["List-Unsubscribe"] == "<https://news.example.org/stop/>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"]


@pytest.mark.parametrize("policy", [email.policy.default, email.policy.SMTP])
def test_a_long_link_to_unsubscribe_goes_out_as_it_is(mailoutbox, policy):
    link = f"<https://news.example.org/comments/unsubscribe/1:{'a' * 120}/>"
    post(headers={"List-Unsubscribe": link})
    lines = mailoutbox[0].message(policy=policy).as_bytes().splitlines()
    assert f"List-Unsubscribe: {link}".encode() in lines


def test_the_same_mail_is_posted_once(mailoutbox):
    assert post()
    assert not post(text="Another text.")
    assert len(mailoutbox) == 1


def test_a_second_posting_leaves_nothing_to_do(queue):
    assert post()
    assert not post()
    assert queue.waiting() == ["mailing.tasks.deliver"]


def test_of_a_sent_mail_only_the_key_is_kept():
    post(headers={"Reply-To": "zoe@example.org"})
    mail = only_mail()
    assert (mail.state, mail.key) == ("sent", "reply-17-to-subscription-4")
    assert mail.sent_at
    assert (mail.recipient, mail.recipient_folded, mail.subject, mail.text) == ("", "", "", "")
    assert mail.headers == {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.update(recipient="mara@example.com")


def test_a_mail_goes_the_way_of_the_transaction_that_posts_it(queue, mailoutbox):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post()
        _ = 1 / 0
    assert not Mail.objects.exists()
    assert queue.waiting() == []
    post()
    assert queue.waiting() == ["mailing.tasks.deliver"]
    assert mailoutbox == [], "nothing is sent while a page waits"
    queue.work()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("key", ["", "welcome-mara@example.com", "k" * 121])
def test_a_key_is_short_and_names_nobody(key):
    with pytest.raises(ValueError, match="key"):
        post(key)


def test_every_attempt_has_the_same_message_id_so_that_a_double_is_known_as_one(mailoutbox, settings):
    settings.SITE_URL = "https://news.example.org"
    post("first")
    Mail.objects.all().delete()
    post("first")
    post("second")
    first, again, second = (letter.message()["Message-ID"] for letter in mailoutbox)
    assert first == again != second
    assert first.endswith("@news.example.org>")
    assert "first" not in first


def test_a_subject_is_one_line_whatever_is_written_in_it(mailoutbox):
    post(subject="Zoë\r\nBcc: everybody@example.com" + " and on" * 100)
    assert mailoutbox[0].subject.startswith("Zoë Bcc: everybody@example.com and on")
    assert mailoutbox[0].recipients() == ["Mara@Example.com"]


# One at a time.


def test_two_workers_do_not_send_the_same_mail(queue, mailoutbox):
    post()
    assert tasks.claim(only_mail().pk, "another worker's")
    queue.work()
    assert mailoutbox == []


def test_the_task_of_a_killed_worker_goes_on_at_once_and_any_other_later(queue, mailoutbox):
    post()
    mail = only_mail()
    assert tasks.claim(mail.pk, mail.task)
    assert tasks.claim(mail.pk, "another") is None
    assert tasks.claim(mail.pk, mail.task), "run again, after the worker was killed"
    with time_machine.travel(timezone.now() + tasks.LOST_AFTER + timedelta(seconds=1)):
        assert tasks.claim(mail.pk, "another")


def test_a_mail_whose_task_was_lost_is_sent_all_the_same(queue, mailoutbox):
    post()
    assert outbox.enqueue_due() == 0, "its task is waiting"
    queue.lose_all()
    assert outbox.enqueue_due() == 1
    assert outbox.enqueue_due() == 0
    queue.work()
    assert len(mailoutbox) == 1


def test_a_sent_mail_is_recorded_although_the_database_was_away_for_a_moment(monkeypatch, mailoutbox):
    slept = []
    monkeypatch.setattr(tasks.time, "sleep", slept.append)
    failures = [OperationalError("gone"), OperationalError("gone")]
    settle = tasks.settle

    def settle_at_last(*arguments, **changes):
        if failures:
            raise failures.pop()
        settle(*arguments, **changes)

    monkeypatch.setattr(tasks, "settle", settle_at_last)
    monkeypatch.setattr(tasks, "connection", Away())
    post()
    assert (only_mail().state, len(mailoutbox)) == ("sent", 1)
    assert slept == [0, 1, 2]


class Away:
    """A connection outside any transaction."""

    in_atomic_block = False

    def close(self):
        pass


# Erasing.


def test_erasing_an_address_empties_what_waits_for_it_however_it_is_spelled(queue, mailoutbox):
    post("to-mara", to="MARA@example.com")
    post("to-zoe", to="zoe@example.com")
    assert outbox.erase_to(" mara@Example.com ") == 1
    assert outbox.erase_to("mara@example.com") == 0
    queue.work()
    assert [letter.to for letter in mailoutbox] == [["zoe@example.com"]]
    erased = Mail.objects.get(key="to-mara")
    assert (erased.state, erased.recipient, erased.text) == ("cancelled", "", "")
    assert not post("to-mara"), "and is not posted again"


def test_what_is_erased_while_its_sending_fails_is_not_tried_again(monkeypatch):
    def send(mail):
        outbox.erase_to(mail.recipient)
        raise TimeoutError

    monkeypatch.setattr(tasks, "send", send)
    post()
    assert only_mail().state == "cancelled"
