"""Where a mail cannot be sent: it is tried again, more and more rarely, and given up but not lost."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from mailing import outbox, tasks
from mailing.models import Mail
from tests.mails import LETTER, only_mail, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    """The mail server: it raises what `server.answers` holds, one for each mail, and then takes mails."""

    class Server:
        answers = []

    def send_messages(backend, messages):
        if Server.answers:
            raise Server.answers.pop(0)
        return take(backend, messages)

    take = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return Server


@pytest.mark.parametrize(
    "answer",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected(),
        smtplib.SMTPAuthenticationError(535, b"who are you, mara@example.com?"),
        smtplib.SMTPSenderRefused(550, b"not from you", "newsroom@example.org"),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPRecipientsRefused({"mara@example.com": (450, b"greylisted")}),
        RuntimeError("mara@example.com"),
    ],
)
def test_a_mail_that_cannot_be_sent_now_is_sent_later(server, mailoutbox, answer):
    server.answers = [answer]
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        post()
        assert mailoutbox == []
        assert only_mail().state == "waiting"
        assert "mara" not in only_mail().last_error
        assert outbox.enqueue_due() == 0
        clock.shift(61)
        assert outbox.enqueue_due() == 1
    assert len(mailoutbox) == 1
    assert only_mail().state == "sent"


def test_attempts_grow_rarer_and_end_after_three_days(server, mailoutbox):
    server.answers = [TimeoutError()] * 20
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        begun = timezone.now()
        post()
        waits = []
        while only_mail().state == "waiting":
            waits.append(only_mail().next_at - timezone.now())
            clock.move_to(only_mail().next_at)
            outbox.enqueue_due()
        assert waits == sorted(waits)
        assert timedelta(days=2) < timezone.now() - begun < timedelta(days=4)
    mail = only_mail()
    assert (mail.state, mail.last_error, mail.attempts) == ("given_up", "TimeoutError", 9)
    assert mail.text == LETTER["text"], "so that it can be sent again"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (smtplib.SMTPRecipientsRefused({"m@x.org": (550, b"no such user")}), "SMTPRecipientsRefused 550"),
        (smtplib.SMTPDataError(554, b"spam"), "SMTPDataError 554"),
    ],
)
def test_what_the_server_will_never_take_is_given_up_at_once(server, answer, reason):
    server.answers = [answer]
    post()
    assert (only_mail().state, only_mail().last_error) == ("given_up", reason)


@pytest.mark.parametrize(
    "changes",
    [
        {"to": ""},
        {"to": "nobody at all"},
        {"to": "mara@example.com, zoe@example.com"},
        {"to": "mara@example.com\nBcc: everybody@example.com"},
        {"headers": {"X-Reader": "Zoë\r\nBcc: everybody@example.com"}},
        {"headers": {"Bcc": "everybody@example.com"}},
    ],
)
def test_what_is_no_mail_is_given_up_and_goes_to_nobody(mailoutbox, changes):
    post(**changes)
    assert mailoutbox == []
    assert only_mail().state == "given_up"


def test_a_dead_server_is_tried_by_one_mail_and_the_others_wait(queue, server, mailoutbox):
    server.answers = [TimeoutError()] * 20
    for number in range(3):
        post(f"mail-{number}")
    queue.work()
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    server.answers = []
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert outbox.enqueue_due() == 3
        queue.work()
    assert len(mailoutbox) == 3


# Given up.


def test_what_was_given_up_can_be_sent_again_for_a_month(server, mailoutbox):
    server.answers = [smtplib.SMTPDataError(554, b"no"), smtplib.SMTPDataError(554, b"no")]
    post("first")
    assert outbox.send_again(Mail.objects.all()) == 1
    assert only_mail().state == "given_up", "refused again"
    assert outbox.send_again(Mail.objects.all()) == 1
    assert len(mailoutbox) == 1
    assert outbox.send_again(Mail.objects.all()) == 0


def test_what_was_given_up_is_emptied_after_a_month(server, mailoutbox):
    server.answers = [smtplib.SMTPDataError(554, b"no")]
    post()
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert tasks.tidy.func() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert tasks.tidy.func() == 1
        assert outbox.send_again(Mail.objects.all()) == 0
    assert (only_mail().recipient, only_mail().text) == ("", "")
