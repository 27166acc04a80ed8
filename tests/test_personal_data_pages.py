"""Where readers see, download and erase what is kept about them, and where administrators do it for them."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comments.models import Ban, Comment, Erasure, ModerationEvent, Subscription
from comments.privacy.links import token_for
from comments.tokens import mail_token
from tests.factories import make_publication, publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db
ASK = "/comments/your-data/"
OURS = {"sec-fetch-site": "same-origin"}
MARA = "mara@reader.example"
FORM = "/admin/comments/erasure/add/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def comment():
    make_publication("Cold Open")
    return make_comment(publish_article(), name="Mara Vega", email="Mara@Reader.example", body="I liked it.")


def ask(client, email, headers=OURS):
    return client.post(ASK, {"email": email}, headers=headers)


def link_in(mail):
    return re.search(r"http://127.0.0.1:8000(/comments/your-data/\S+)", mail.body)[1]


@pytest.fixture
def link(client, comment, mailoutbox):
    ask(client, MARA)
    return link_in(mailoutbox[0])


def act(client, link, **fields):
    return client.post(link, fields, headers=OURS)


def test_the_answer_is_the_same_whether_there_is_anything_or_not(client, comment, mailoutbox):
    known, unknown = ask(client, "MARA@reader.example "), ask(client, "nobody@reader.example")
    assert known.status_code == 200 and known.content == unknown.content
    assert "If there is anything under this address" in known.content.decode()
    assert [mail.to for mail in mailoutbox] == [["Mara@Reader.example"]]
    assert mailoutbox[0].subject == "What Cold Open keeps about you"


@pytest.mark.parametrize("proof", ["comment", "subscription"])
def test_one_mail_an_hour_goes_to_a_confirmed_address(client, comment, mailoutbox, proof):
    if proof == "comment":
        Comment.objects.update(is_confirmed=True)
    else:
        Subscription.objects.create(
            thread=comment, comment=comment, email=comment.email, confirmed_at=timezone.now()
        )
    with time_machine.travel("2026-03-01T10:10Z", tick=False) as clock:
        for _ in range(3):
            ask(client, MARA)
        assert len(mailoutbox) == 1
        clock.shift(timedelta(hours=1))
        ask(client, MARA)
        assert len(mailoutbox) == 2


def test_one_mail_a_day_goes_to_an_address_under_which_anybody_may_have_written(client, comment, mailoutbox):
    with time_machine.travel("2026-03-01T00:10Z", tick=False) as clock:
        for _ in range(23):
            ask(client, MARA)
            clock.shift(timedelta(hours=1))
        assert len(mailoutbox) == 1
        clock.shift(timedelta(hours=1))
        ask(client, MARA)
        assert len(mailoutbox) == 2


def test_the_mail_goes_to_the_address_as_it_is_stored(client, comment, mailoutbox):
    """ "ß" and "ss" are alike when folded, and may be two people's addresses."""
    Comment.objects.update(email="mara@strasse.example", folded_email="mara@strasse.example")
    ask(client, "mara@straße.example")
    assert [mail.to for mail in mailoutbox] == [["mara@strasse.example"]]


def test_where_two_addresses_are_alike_when_folded_nobody_gets_the_others_data(client, comment, mailoutbox):
    Comment.objects.update(email="mara@strasse.example", folded_email="mara@strasse.example")
    make_comment(comment.article, email="mara@straße.example")
    ask(client, "mara@straße.example")
    assert mailoutbox == []


def test_who_is_only_banned_or_only_waits_for_replies_gets_a_link_too(client, comment, mailoutbox):
    Ban.objects.create(kind="email", value="theo@reader.example")
    Subscription.objects.create(thread=comment, comment=comment, email="noa@reader.example")
    for email in ("theo@reader.example", "noa@reader.example"):
        ask(client, email)
        assert client.get(link_in(mailoutbox.pop())).status_code == 200


def test_the_page_tells_how_much_there_is_but_not_the_address(client, link):
    page = client.get(link)
    text = page.content.decode()
    assert "1 comment," in text and "conversation whose" not in text
    assert "reader.example" not in text.lower() and "Mara" not in text
    assert "no-store" in page["Cache-Control"] and 'content="noindex"' in text


@pytest.mark.parametrize("kind", ["json", "html"])
def test_everything_can_be_downloaded(client, link, kind):
    response = act(client, link, act=kind)
    assert response["Content-Disposition"] == f'attachment; filename="personal-data.{kind}"'
    assert "no-store" in response["Cache-Control"]
    assert "I liked it." in response.content.decode() and "Mara@Reader.example" in response.content.decode()
    if kind == "json":
        assert len(json.loads(response.content)["comments"]) == 1


def test_erasing_asks_once_more_and_then_erases(client, link, comment):
    sure = act(client, link, act="ask", texts="keep")
    assert "cannot be undone" in sure.content.decode()
    comment.refresh_from_db()
    assert comment.name == "Mara Vega"

    done = act(client, link, act="erase", texts="keep")

    assert "1 comment is signed “Anonymous” from now on." in done.content.decode()
    comment.refresh_from_db()
    assert (comment.name, comment.body) == ("", "I liked it.")
    assert client.get(comment.article.get_absolute_url()).content.decode().count("Mara") == 0
    gone = client.get(link)
    assert gone.status_code == 410 and "Ask for a new link" in gone.content.decode()


def test_the_texts_can_be_removed_as_well(client, link, comment):
    assert "The texts go too." in act(client, link, act="ask", texts="remove").content.decode()
    assert "1 comment was removed." in act(client, link, act="erase", texts="remove").content.decode()
    assert not Comment.objects.exists()
    assert ModerationEvent.objects.get().kind == ModerationEvent.Kind.ERASED


@pytest.mark.parametrize("fields", [{}, {"act": "erase"}, {"act": "erase", "texts": "all"}, {"act": "x"}])
def test_a_press_that_says_not_what_becomes_of_the_texts_erases_nothing(client, link, comment, fields):
    assert act(client, link, **fields).status_code == 422
    comment.refresh_from_db()
    assert comment.name == "Mara Vega"


def test_opening_the_link_or_the_form_changes_nothing(client, link, comment, django_assert_num_queries):
    before = list(Comment.objects.values())
    for address in (link, f"{link}?act=erase&texts=remove", ASK, f"{ASK}?email={MARA}"):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    assert list(Comment.objects.values()) == before and not Erasure.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}])
def test_posts_from_elsewhere_do_nothing(client, link, comment, mailoutbox, headers):
    mailoutbox.clear()
    for fields in ({"act": "erase", "texts": "keep"}, {"act": "json"}):
        response = client.post(link, fields, headers=headers)
        assert response.status_code == 403 and "Mara" not in response.content.decode()
    assert ask(client, MARA, headers=headers).status_code == 403
    comment.refresh_from_db()
    assert comment.name == "Mara Vega" and mailoutbox == []


def test_a_link_dies_after_a_day(client, link):
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(link).status_code == 410
        assert act(client, link, act="json").status_code == 410


def test_a_forged_link_and_one_for_another_purpose_open_nothing(client, comment):
    good = token_for(MARA)
    subject = good.rsplit(":", 2)[0]
    for token in (
        f"{good}x",
        subject,
        "x",
        mail_token("confirm", comment.pk),
        mail_token("confirm", subject),
    ):
        assert client.get(f"{ASK}{token}/").status_code == 404, token


def test_the_link_tells_no_address(link):
    assert "mara" not in link.casefold() and "%40" not in link


@pytest.mark.parametrize("email", ["", "mara", "mara@", "m" * 101 + "@reader.example", "\x00"])
def test_what_is_no_address_is_refused_with_a_sentence(client, email):
    response = ask(client, email)
    assert response.status_code == 422 and 'role="alert"' in response.content.decode()


def test_administrators_look_a_reader_up_and_hand_the_data_out(at_desk, administrator, comment):
    desk = at_desk(administrator)
    found = desk.post(FORM, {"email": "MARA@reader.example", "act": "find"}).content.decode()
    assert "1 comment," in found and "Download as JSON" in found
    data = desk.post(FORM, {"email": MARA, "act": "json"})
    assert len(json.loads(data.content)["comments"]) == 1
    assert "Nothing." in desk.post(FORM, {"email": "nobody@reader.example"}).content.decode()


def test_administrators_erase_after_being_asked_and_the_record_names_them(at_desk, administrator, comment):
    desk = at_desk(administrator)
    asked = desk.post(FORM, {"email": MARA, "act": "ask", "texts": "keep"}).content.decode()
    assert "Yes, erase" in asked
    assert not Erasure.objects.exists()
    done = desk.post(FORM, {"email": MARA, "act": "erase", "texts": "keep"}, follow=True)
    assert "1 comment is signed “Anonymous” from now on." in done.content.decode()
    assert ModerationEvent.objects.get().actor == administrator
    listing = desk.get("/admin/comments/erasure/").content.decode()
    assert Erasure.objects.get().email_key[:8] in listing and "mara@" not in listing.casefold()


def test_moderators_neither_look_readers_up_nor_erase_them(at_desk, moderator, comment):
    desk = at_desk(moderator)
    assert desk.get(FORM).status_code == 403
    assert desk.post(FORM, {"email": MARA, "act": "erase", "texts": "keep"}).status_code == 403
    assert Client().get(FORM).status_code == 302
    comment.refresh_from_db()
    assert comment.name == "Mara Vega"
