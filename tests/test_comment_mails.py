"""Mails about comments: who is told of what, once, in plain text, with links that work from anywhere."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from comments import tasks
from comments.models import Comment, CommentPolicy, Report, Subscription
from comments.subscriptions import ask
from comments.tokens import subject_of_mail
from comments.transitions import Change, make
from mailing.models import Mail
from tests.conftest import make_person
from tests.factories import make_publication, publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
MARA, THEO = "mara@reader.example", "theo@reader.example"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def article(clock, settings):
    settings.SITE_URL = "https://coldopen.example"
    make_publication("Cold Open")
    return publish_article(at=NOON - timedelta(days=1), headline="One season and out")


@pytest.fixture
def approve(django_capture_on_commit_callbacks):
    """Approve what waits, and let the worker do what follows."""

    def approve(**options):
        with django_capture_on_commit_callbacks(execute=True):
            return Comment.objects.pending().moderate("approved", **options)

    return approve


def wants_replies(article, email=MARA, **fields):
    """Somebody whose comment stands and who has confirmed that they want to be told."""
    comment = make_comment(article, **{"email": email, "is_confirmed": True, **fields})
    ask(comment)
    return Subscription.objects.get(folded_email=email, thread=comment.thread or comment)


def sent_to(address):
    return [message for message in mail.outbox if message.to == [address]]


def test_a_reply_is_told_to_those_who_asked_once_it_is_approved(article, approve):
    subscription = wants_replies(article)
    reply = make_comment(
        article,
        parent=subscription.comment,
        status="pending",
        name="Theo",
        email=THEO,
        body="Not so.\n\nReally.",
    )
    assert mail.outbox == []
    approve()
    [message] = mail.outbox
    assert message.to == [MARA]
    assert message.subject == "Theo replied below “One season and out”"
    assert "> Not so.\n>\n> Really.\n" in message.body
    assert f"https://coldopen.example{reply.get_absolute_url()}" in message.body
    assert "&" not in message.body
    assert "https://coldopen.example/comments/your-data/" in message.body
    assert THEO not in str(message.message()) and "Cold Open" in message.body


def test_a_mail_about_replies_can_be_ended_from_the_mail_program(article, approve):
    subscription = wants_replies(article)
    make_comment(article, parent=subscription.comment, status="pending")
    approve()
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in mail.outbox[0].body
    token = address.rstrip("/").rpartition("/")[2]
    assert address == "https://coldopen.example" + reverse("comments:unsubscribe", args=[token])
    assert subject_of_mail("unsubscribe", token, life=None) == str(subscription.pk)


def test_nobody_is_told_of_their_own_reply_of_an_earlier_one_or_without_having_confirmed(article, approve):
    thread = make_comment(article, name="First")
    make_comment(article, parent=thread, status="pending", name="Earlier")
    mara = wants_replies(article, parent=thread)
    ask(make_comment(article, parent=thread, email=THEO))
    Mail.objects.all().delete()
    make_comment(article, parent=mara.comment, email=MARA.upper(), status="pending")
    approve()
    assert sent_to(MARA) == []
    assert all("approved" in message.subject for message in sent_to(THEO))


@pytest.mark.parametrize("status", ["pending", "spam", "rejected"])
def test_a_comment_that_was_not_approved_never_causes_a_mail_to_its_address(article, approve, status):
    thread = make_comment(article)
    wants_replies(article, parent=thread, status=status)
    ask(make_comment(article, parent=thread, email=THEO, status="pending"))
    make([Change(Comment.objects.get(email=THEO).pk, "pending", "spam")])
    make_comment(article, parent=thread, status="approved")
    reply = make_comment(article, parent=thread, status="pending")
    make([Change(reply.pk, "pending", "approved")])
    assert mail.outbox == []


def test_approving_a_thousand_comments_makes_one_mail_a_person(article, approve):
    subscription = wants_replies(article)
    article.owner = make_person("owner")
    article.save()
    Comment.objects.bulk_create(
        Comment(
            article=article,
            parent=subscription.comment,
            thread=subscription.comment,
            depth=1,
            name=f"Reader {n}",
            email=f"reader{n}@reader.example",
            folded_email=f"reader{n}@reader.example",
            body=f"Thought {n}.",
            status="pending",
        )
        for n in range(1000)
    )
    approve()
    [message] = sent_to(MARA)
    assert message.subject == "1000 replies below “One season and out”"
    assert "Thought 9." in message.body and "Thought 10." not in message.body
    assert "And 990 more." in message.body
    assert len(mail.outbox) == 2


def test_the_same_mail_is_never_sent_twice(article, approve, clock):
    subscription = wants_replies(article)
    make_comment(article, parent=subscription.comment, status="pending")
    batch = approve()
    assert len(mail.outbox) == 1
    tasks.follow_up.call(str(batch.id))
    Comment.objects.undo(batch.id)
    clock.shift(timedelta(days=2))
    approve()
    assert len(mail.outbox) == 1


def test_a_quiet_act_tells_nobody(article, approve):
    subscription = wants_replies(article)
    make_comment(article, parent=subscription.comment, status="pending")
    approve(is_quiet=True)
    assert mail.outbox == []


def test_what_was_taken_back_before_the_worker_came_is_told_to_nobody(article):
    subscription = wants_replies(article)
    make_comment(article, parent=subscription.comment, status="pending")
    batch = Comment.objects.pending().moderate("approved", is_quiet=True)
    Comment.objects.filter(parent__isnull=False).update(status="pending")
    tasks.follow_up.call(str(batch.id))
    assert mail.outbox == []


def test_nothing_is_told_of_an_article_that_readers_do_not_see(article, approve):
    subscription = wants_replies(article)
    make_comment(article, parent=subscription.comment, status="pending")
    article.withdrawn_at = NOON
    article.save()
    approve()
    assert mail.outbox == []


def test_an_owner_who_offers_no_mails_about_replies_sends_none(article, approve):
    CommentPolicy(offer_reply_mails=False).save()
    subscription = wants_replies(article)
    ask(make_comment(article, parent=subscription.comment, status="pending", email=THEO))
    approve()
    assert mail.outbox == []


def test_the_articles_owner_is_told_of_approved_comments_but_not_of_their_own(article, approve):
    article.owner = owner = make_person("owner")
    article.save()
    make_comment(article, status="pending", name="Theo", body="To the author.")
    make_comment(article, status="pending", email="OWNER@example.com", body="By the author.")
    make_comment(article, status="pending", posted_by=make_person("desk"), body="By the desk.")
    approve()
    [message] = sent_to(owner.email)
    assert message.subject == "Theo commented on “One season and out”"
    assert "> To the author." in message.body
    assert "By the author" not in message.body and "By the desk" not in message.body


def test_the_policy_can_spare_owners_and_leavers_are_spared_anyway(article, approve):
    article.owner = make_person("owner", is_active=False)
    article.save()
    make_comment(article, status="pending")
    approve()
    article.owner = make_person("other")
    article.save()
    CommentPolicy(notify_author=False).save()
    make_comment(article, status="pending")
    approve()
    assert mail.outbox == []


def test_the_mail_about_an_approval_carries_one_link_that_confirms(article, approve):
    comment = make_comment(article, status="pending", name="Mara", email=MARA, body="A ||dead|| end.")
    ask(comment)
    approve()
    [message] = mail.outbox
    assert message.to == [MARA] and message.subject == "Your comment on “One season and out” was approved"
    [link] = [line for line in message.body.splitlines() if "/comments/confirm/" in line]
    token = link.rstrip("/").rpartition("/")[2]
    assert link == "https://coldopen.example" + reverse("comments:confirm", args=[token])
    assert subject_of_mail("confirm", token) == str(comment.pk)
    assert "asked to be told of replies" in message.body and "at once" not in message.body
    assert "dead" not in message.body and "[spoiler]" in message.body


def test_one_address_gets_one_mail_about_approvals_a_day(article, approve, clock):
    for _ in range(3):
        ask(make_comment(article, status="pending", email=MARA))
    approve()
    ask(make_comment(article, status="pending", email=MARA.upper()))
    approve()
    assert len(mail.outbox) == 1
    clock.shift(timedelta(days=1))
    ask(make_comment(article, status="pending", email=MARA))
    approve()
    assert len(mail.outbox) == 2


def test_where_known_readers_appear_at_once_an_approval_offers_that_once(article, approve, clock):
    CommentPolicy(hold="strangers").save()
    make_comment(article, status="pending", email=MARA)
    approve()
    [message] = mail.outbox
    assert "Confirm it is you: later comments appear at once." in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    clock.shift(timedelta(days=30))
    make_comment(article, status="pending", email=MARA)
    make_comment(article, status="pending", email=THEO, is_confirmed=True)
    approve()
    assert len(mail.outbox) == 1


def test_without_a_reason_to_write_an_approval_is_told_to_nobody(article, approve):
    make_comment(article, status="pending", email=MARA)
    make_comment(article, status="pending", email="")
    approve()
    assert mail.outbox == []


def test_hostile_names_and_texts_stay_what_they_are(article, approve):
    subscription = wants_replies(article)
    body = "-- \nCold Open\u2028https://evil.example/\n" + "x" * 3000
    name = "Theo\tBcc: all@reader.example"
    make_comment(article, parent=subscription.comment, status="pending", name=name, body=body)
    make_comment(article, parent=subscription.comment, status="pending", name="<b>&amp;", body="<i>&")
    approve()
    [message] = mail.outbox
    assert "\n" not in message.subject and message.recipients() == [MARA]
    lines = message.body.splitlines()
    assert "> https://evil.example/ […]" in lines and not any(
        line.startswith("https://evil") for line in lines
    )
    assert "<b>&amp; wrote:" in lines and "> <i>&" in lines
    assert lines.count("-- ") == 1
    message.message()


def test_the_lines_of_a_mail_are_short_and_its_addresses_whole(article, approve):
    subscription = wants_replies(article)
    words = " ".join(f"word{n}" for n in range(120))
    reply = make_comment(article, parent=subscription.comment, status="pending", body=words)
    approve()
    lines = mail.outbox[0].body.splitlines()
    assert all(len(line) <= 72 for line in lines if "://" not in line)
    assert f"https://coldopen.example{reply.get_absolute_url()}" in lines
    assert " ".join(line.removeprefix("> ") for line in lines if line.startswith("> ")) == words


# Moderators.


@pytest.fixture
def moderators(article):
    people = [make_person("moderator", group="Moderators"), make_person("boss", is_superuser=True)]
    make_person("gone", group="Moderators", is_active=False)
    get_user_model().objects.filter(pk=make_person("mute", group="Moderators").pk).update(email="")
    make_person("writer", group="Writers")
    return people


def digest(clock, **shift):
    clock.shift(timedelta(**shift))
    mail.outbox.clear()
    tasks.mail_digest.call()
    return mail.outbox


def test_moderators_are_told_hourly_what_waits_and_only_when_something_came(article, moderators, clock):
    assert digest(clock) == []
    for n in range(12):
        make_comment(article, status="pending", name="Theo", body=f"Thought {n:02}. " + "long " * 400)
    messages = list(digest(clock, hours=1))
    assert sorted(message.to[0] for message in messages) == sorted(person.email for person in moderators)
    message = messages[0]
    assert message.subject == "12 comments wait"
    assert "Thought 11." in message.body and "Thought 02." in message.body
    assert "Thought 01." not in message.body and len(message.body) < 20_000
    assert "https://coldopen.example/admin/comments/comment/" in message.body
    clock.shift(timedelta(minutes=1))
    make_comment(article, status="pending")
    assert len(digest(clock, minutes=58)) == 0
    assert len(digest(clock, minutes=1)) == 2
    assert digest(clock, hours=1) == []


def test_each_moderator_has_links_of_their_own_to_decide(article, moderators, clock):
    comment = make_comment(article, status="pending")
    for message in digest(clock):
        person = next(person for person in moderators if person.email == message.to[0])
        [link] = [line for line in message.body.splitlines() if "/comments/decide/" in line]
        token = link.rstrip("/").rpartition("/")[2]
        assert subject_of_mail("decide", token) == f"{comment.pk}.{person.pk}"


def test_a_digest_tells_of_what_readers_reports_have_hidden_and_of_reports(article, moderators, clock):
    old = make_comment(article)
    other = make_comment(article, status="pending")
    assert len(digest(clock, hours=1)) == 2
    clock.shift(timedelta(minutes=5))
    make([Change(old.pk, "approved", "pending", "hidden")])
    assert digest(clock, hours=1)[0].subject == "2 comments wait"
    Comment.objects.filter(pk=old.pk).update(status="approved")
    Comment.objects.filter(pk=other.pk).update(status="rejected")
    clock.shift(timedelta(minutes=5))
    Report.objects.create(comment=old, reason="spam", address_key="a")
    message = digest(clock, hours=1)[0]
    assert message.subject == "1 comment is reported" and "No comment waits" in message.body
    assert digest(clock, hours=1) == []


def test_a_daily_digest_comes_once_in_the_morning(article, moderators, clock):
    CommentPolicy(notify_moderators="daily").save()
    make_comment(article, status="pending")
    sent = []
    for _hour in range(48):
        sent += [(clock_now().hour, message) for message in digest(clock, hours=1)]
        make_comment(article, status="pending")
    assert [hour for hour, _message in sent] == [13, 13, 7, 7, 7, 7]


def clock_now():
    return datetime.now(UTC)


@pytest.mark.parametrize("notice", ["never", "each"])
def test_without_a_digest_in_the_policy_none_is_sent(article, moderators, clock, notice):
    CommentPolicy(notify_moderators=notice).save()
    make_comment(article, status="pending")
    assert digest(clock) == []


def test_where_each_is_told_moderators_get_one_mail_a_held_comment(article, moderators):
    CommentPolicy(notify_moderators="each").save()
    comment = make_comment(article, status="pending", name="Theo", body="Look at me.")
    for _ in range(2):
        tasks.tell_moderators.call(comment.pk)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(person.email for person in moderators)
    assert mail.outbox[0].subject == "A comment on “One season and out” waits"
    assert "> Look at me." in mail.outbox[0].body and "/comments/decide/" in mail.outbox[0].body
    approved = make_comment(article)
    tasks.tell_moderators.call(approved.pk)
    tasks.tell_moderators.call(approved.pk + 1000)
    assert len(mail.outbox) == 2


def test_a_digest_is_not_sent_twice_by_two_workers(article, moderators, clock):
    make_comment(article, status="pending")
    tasks.mail_digest.call()
    tasks.mail_digest.call()
    assert len(mail.outbox) == 2
    assert Mail.objects.count() == 2


def test_no_key_of_a_mail_holds_an_address(article, approve, moderators, clock):
    article.owner = make_person("owner")
    article.save()
    subscription = wants_replies(article)
    ask(make_comment(article, parent=subscription.comment, status="pending", email=THEO))
    digest(clock)
    approve()
    keys = " ".join(Mail.objects.values_list("key", flat=True))
    assert keys.count("-") >= 8 and "@" not in keys and "mara" not in keys and "theo" not in keys
