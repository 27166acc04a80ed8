"""What is kept about a reader: told whole, erased whole, and erased again when a backup brings it back."""

import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client

from comments.models import Ban, Comment, Erasure, ModerationEvent, SpamWord, Subscription
from comments.own import withdraw
from comments.privacy.erasure import erase
from comments.privacy.export import as_html, as_json, export
from comments.spam import filter as spam_filter
from comments.tokens import email_key
from comments.transitions import Change, make
from mailing import outbox
from mailing.models import Mail
from tests.conftest import make_person
from tests.factories import make_publication, publish_article
from tests.factories_comments import TYPED, make_comment

pytestmark = pytest.mark.django_db
MARA = "mara@reader.example"
Kind = ModerationEvent.Kind


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Tombstones of one test are none of another's."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def article():
    make_publication("Cold Open")
    return publish_article(headline="One season and out")


def by_mara(article, **fields):
    known = {
        "name": "Mara Vega",
        "email": "Mara@Reader.example",
        "website": "https://mara.example",
        "address": "203.0.113.7",
        "address_key": "a" * 32,
        "is_confirmed": True,
        "reasons": [{"check": "links"}],
    }
    return make_comment(article, **{**known, **fields})


def everything_in_the_database():
    """All that is stored in any column of any table, as one text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_an_export_tells_all_that_is_kept_and_names_no_moderator(article):
    moderator = make_person("quill", group="Moderators")
    question = make_comment(article, name="Theo", email="theo@reader.example")
    comment = by_mara(article, parent=question, body="Because of the numbers.", original_body="Becuase.")
    Comment.objects.filter(pk=comment.pk).moderate("rejected", by=moderator, why="Off topic")
    Subscription.objects.create(thread=question, comment=comment, email=MARA)
    Ban.objects.create(kind="email", value=MARA, why="Third warning", created_by=moderator)
    make_comment(article, name="Noa", email="noa@reader.example", body="Somebody else's words.")

    data = export(MARA)

    (told,) = data["comments"]
    assert told["article"] == "One season and out" and told["in_reply_to"] == question.pk
    assert told["name"] == "Mara Vega" and told["email"] == "Mara@Reader.example"
    assert told["website"] == "https://mara.example" and told["network_address"] == "203.0.113.7"
    assert told["text"] == "Because of the numbers." and told["text_as_first_posted"] == "Becuase."
    assert told["status"] == "Rejected" and [act["why"] for act in told["acts"]] == ["Off topic"]
    assert len(data["subscriptions"]) == 1 and data["bans"][0]["why"] == "Third warning"
    for text in (as_json(MARA), as_html(MARA)):
        assert "Because of the numbers." in text and "Off topic" in text and "203.0.113.7" in text
        assert "quill" not in text.casefold()
        assert "Somebody else" not in text and "noa@" not in text and "theo@" not in text


def test_the_export_as_json_is_json_and_as_html_needs_nothing_else(article):
    by_mara(article, name="<script>alert(1)</script>", body='<img src="https://evil.example/x">')
    assert json.loads(as_json(MARA))["comments"][0]["name"] == "<script>alert(1)</script>"
    page = as_html(MARA)
    assert "&lt;script&gt;" in page
    assert not any(tag in page for tag in ("<script", "<img", "<link", "<style", "<iframe"))


def test_an_erased_reader_is_anonymous_and_their_texts_stay(article):
    comment = by_mara(article, body="I liked it.", original_body="I lied it.")
    other = make_comment(article, name="Noa")
    erased = erase(MARA)
    comment.refresh_from_db()
    assert erased.anonymised == 1
    assert comment.body == "I liked it." and comment.status == "approved"
    assert comment.shown_name == "Anonymous"
    empty = [comment.name, comment.email, comment.folded_email, comment.website, comment.address_key]
    assert [*empty, comment.original_body] == [""] * 6
    assert comment.address is None and comment.submission_key is None
    assert not comment.is_confirmed and comment.reasons == []
    other.refresh_from_db()
    assert other.name == "Noa"


def test_nothing_in_any_table_tells_of_an_erased_reader(article, moderator):
    thread = make_comment(article)
    comment = by_mara(article, parent=thread, body="She lives at the harbour.")
    pair = ("She lives at the harbour.", "She lives elsewhere.")
    edited = Change(comment.pk, "approved", "approved", Kind.EDITED, fields={"body": pair})
    make([edited], by=moderator)
    Comment.objects.filter(pk=comment.pk).moderate(
        "rejected", by=moderator, why="Wrote as MARA@reader.example"
    )
    Subscription.objects.create(thread=thread, comment=comment, email="mara@reader.example")
    outbox.post("reply-1", to="Mara@Reader.example", subject="Hello Mara Vega", text="Mara Vega, a reply.")
    spam_filter.learn([comment.pk])

    erase(MARA)

    kept = everything_in_the_database().casefold()
    for trace in ("mara@", "mara vega", "203.0.113.7", "harbour", "mara.example", "a" * 32):
        assert trace not in kept, trace
    assert "she lives elsewhere." in kept
    assert Erasure.objects.get().email_key == email_key(MARA)


def test_texts_go_too_where_the_reader_wants_it_and_answers_keep_their_place(article):
    alone = by_mara(article, body="Alone.")
    asked = by_mara(article, body="Who knows?")
    own_answer = by_mara(article, parent=asked, body="I know.")
    answer = make_comment(article, parent=asked, body="So do I.")

    erased = erase(MARA, with_texts=True)

    assert erased.destroyed == 3
    assert set(Comment.objects.values_list("pk", flat=True)) == {asked.pk, answer.pk}
    asked.refresh_from_db()
    assert (asked.status, asked.body, asked.name) == ("rejected", "", "")
    events = ModerationEvent.objects.filter(kind=Kind.ERASED)
    assert set(events.values_list("number", flat=True)) == {alone.pk, asked.pk, own_answer.pk}
    assert not any(text in everything_in_the_database() for text in ("Alone.", "Who knows?", "I know."))


def test_a_destroyed_text_teaches_the_spam_filter_nothing(article):
    comment = by_mara(article, body="Strudel forever.", status="spam")
    spam_filter.learn([comment.pk])
    assert SpamWord.objects.filter(text__icontains="strudel", spam=1).exists()
    erase(MARA, with_texts=True)
    assert not SpamWord.objects.filter(text__icontains="strudel", spam__gt=0).exists()


def test_an_erasure_is_not_taken_back_by_undo(article, moderator):
    asked = by_mara(article, body="Who knows?")
    make_comment(article, parent=asked)
    first = Comment.objects.filter(pk=asked.pk).moderate("rejected", by=moderator)
    erase(MARA, with_texts=True)
    for batch in {first.id, *ModerationEvent.objects.values_list("batch", flat=True)}:
        Comment.objects.undo(batch, by=moderator)
        asked.refresh_from_db()
        assert (asked.status, asked.body, asked.name) == ("rejected", "", "")


def test_erasing_twice_changes_nothing_more(article):
    by_mara(article)
    erase(MARA)
    before = everything_in_the_database()
    again = erase(MARA, until=Erasure.objects.get().erased_at)
    assert (again.anonymised, again.destroyed, again.subscriptions) == (0, 0, 0)
    assert everything_in_the_database() == before


def test_comments_without_an_address_are_nobodys_to_erase(article):
    comment = make_comment(article, name="Noa", email="")
    with pytest.raises(ValueError, match="nobody"):
        erase("")
    comment.refresh_from_db()
    assert comment.name == "Noa"


def test_a_ban_outlives_the_erasure_of_whom_it_is_about(article):
    Ban.objects.create(kind="email", value=MARA)
    erase(MARA)
    assert Ban.objects.in_force().of(MARA).exists()


def test_mails_that_wait_for_an_erased_reader_or_quote_them_are_never_sent(article):
    quoting = f"Mara Vega wrote: https://cold-open.example/articles/x/comments/{by_mara(article).pk}/"
    for key, to, text in [("1", MARA, "Hello."), ("2", "theo@reader.example", quoting)]:
        waiting = {"recipient": to, "recipient_folded": to, "subject": "Mara Vega", "text": text}
        Mail.objects.create(key=key, **waiting)
    Mail.objects.create(key="3", recipient="noa@reader.example", subject="Another", text="Other words.")
    erase(MARA)
    states = dict(Mail.objects.order_by("key").values_list("key", "state"))
    assert states == {"1": "cancelled", "2": "cancelled", "3": "waiting"}
    assert "Mara Vega" not in everything_in_the_database()


def test_what_its_writer_deleted_is_not_mailed_afterwards(article):
    comment = by_mara(article)
    text = f"Mara Vega wrote: https://cold-open.example/articles/x/comments/{comment.pk}/"
    Mail.objects.create(key="1", recipient="theo@reader.example", subject="Mara Vega", text=text)
    withdraw(comment)
    mail = Mail.objects.get(key="1")
    assert (mail.state, mail.text) == ("cancelled", "")


def test_a_reader_who_writes_again_may_be_erased_again(article):
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC)):
        by_mara(article)
        erase(MARA)
    with time_machine.travel(datetime(2026, 4, 1, tzinfo=UTC)):
        second = by_mara(article)
        assert erase(MARA).anonymised == 1
    second.refresh_from_db()
    assert second.name == "" and Erasure.objects.get().erased_at.date() == date(2026, 4, 1)


def test_what_browser_a_reader_uses_is_kept_nowhere(article, mailoutbox):
    browser = "Quillbrowser/7.1 (Harbour OS)"
    reader = Client(
        headers={"user-agent": browser, "sec-fetch-site": "same-origin", "accept-language": "x-quill"}
    )
    comment = make_comment(article)
    answers = [
        reader.post(f"{article.get_absolute_url()}comments/", {**TYPED, "notify": "on"}),
        reader.post(f"{comment.get_absolute_url()}report/", {"reason": "spam"}),
        reader.post("/comments/your-data/", {"email": TYPED["email"]}),
    ]
    assert [answer.status_code for answer in answers] == [303, 200, 200]
    assert Comment.objects.count() == 2 and len(mailoutbox) == 1
    kept = everything_in_the_database()
    assert "Quillbrowser" not in kept and "Harbour OS" not in kept and "x-quill" not in kept
