"""Review: submitted by a writer, approved or sent back by an editor, told by mail, and each step once."""

import pytest
import time_machine
from django.conf import settings
from django.contrib.messages import get_messages
from django.core import mail

from articles.models import Article, Review
from articles.reviews import decide, sent_back_to, submit, waiting_for_review
from logbook.models import Entry
from tests.conftest import make_person
from tests.factories import make_article, publish_article
from tests.quick_form import opened, publish_opened
from tests.writing import change_url, page_of, rewrite

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def article(writer):
    return make_article(headline="One season and out", owner=writer)


def url(article, rest):
    return f"/admin/articles/article/{article.pk}/{rest}"


def submit_from_form(desk, article, message="", **changes):
    data = opened(desk, article, _submit_review="1", review_message=message, **changes)
    return desk.post(change_url(article), data)


def press(desk, review, button, headers=None, **fields):
    address = url(review.article, f"review/{review.pk}/")
    return desk.post(address, {button: "1", **fields}, headers=headers)


def actions():
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def mails():
    return {(to, sent.subject): sent.body for sent in mail.outbox for to in sent.to}


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_writer_saves_and_submits_in_one_press_and_the_editors_are_told(at_desk, writer, editor, article):
    desk = at_desk(writer)
    response = submit_from_form(desk, article, "Please look at the ranks.", headline="Changed")
    page = text_of(desk.get(response.url))
    review = Review.objects.get()
    assert (review.article.headline, review.message, review.submitted_by) == (
        "Changed",
        "Please look at the ranks.",
        writer,
    )
    assert "Submitted: the editors are told by mail." in page and "Waiting for review since" in page
    assert "Save and submit for review" not in page and "Withdraw from review" in page
    (text,) = mails().values()
    assert list(mails()) == [("editor@example.com", "For review: Changed")]
    assert "Writer asks for a review of “Changed”." in text and "Please look at the ranks." in text
    assert f"{settings.SITE_URL}{change_url(article)}" in text
    assert actions() == ["submitted"]


def test_only_who_may_decide_is_mailed(writer, editor, moderator, administrator, article):
    editor.groups.clear()
    make_person("gone", group="Editors", is_active=False)
    mute = make_person("mute", group="Editors")
    mute.email = ""
    mute.save()
    submit(article, writer)
    assert [recipient for recipient, _ in mails()] == ["admin@example.com"]


def test_an_article_waits_for_one_review_at_a_time(at_desk, writer, editor, article):
    submit_from_form(at_desk(writer), article)
    response = at_desk(writer).post(url(article, "review/submit/"), {"review_message": "Again"})
    assert "It waits for review already." in " ".join(map(str, get_messages(response.wsgi_request)))
    assert Review.objects.count() == len(mail.outbox) == 1


def test_a_message_that_is_too_long_is_told_and_kept_and_the_draft_is_saved(at_desk, writer, article):
    response = submit_from_form(at_desk(writer), article, "long " * 300, headline="Kept")
    page = text_of(response)
    assert response.status_code == 422 and "at most 1000 characters" in page
    assert page.count("long long") > 1 and Article.objects.get().headline == "Kept"
    assert not Review.objects.exists()


def test_a_writer_withdraws_and_submits_a_second_round(at_desk, writer, editor, article):
    desk = at_desk(writer)
    press(desk, submit(article, writer), "_withdraw")
    assert "Save and submit for review" in page_of(desk, article, "change")
    submit_from_form(desk, article)
    assert list(Review.objects.values_list("outcome", flat=True)) == ["waiting", "withdrawn"]
    assert len(mail.outbox) == 2


def test_an_editor_approves_and_the_writer_is_told(at_desk, writer, editor, article):
    review = submit(article, writer)
    desk = at_desk(editor)
    page = text_of(desk.get(press(desk, review, "_approve", note="Good work.").url))
    assert "Approved by Editor, " in page and "Changed since" not in page
    assert (
        "Editor has approved “One season and out”." in mails()["writer@example.com", f"Approved: {article}"]
    )
    assert "Good work." in mails()["writer@example.com", f"Approved: {article}"]
    assert actions() == ["submitted", "approved"]
    assert "Good work." in page_of(at_desk(writer), article, "change")


def test_approving_may_lead_on_to_publishing(at_desk, writer, editor, article):
    response = press(at_desk(editor), submit(article, writer), "_approve_and_publish")
    assert response.url == url(article, "publish/")


def test_what_is_changed_after_it_was_approved_says_so(at_desk, writer, editor, article):
    decide(submit(article, writer), "approved", editor)
    desk = at_desk(editor)
    assert "Changed since it was approved." not in page_of(desk, article, "change")
    rewrite(Article.objects.get(), standfirst="A new one.")
    assert "Changed since it was approved." in page_of(desk, article, "change")


def test_nobody_approves_a_text_that_was_saved_after_they_opened_it(at_desk, writer, editor, article):
    review = submit(article, writer)
    seen = article.saved_at.isoformat()
    rewrite(Article.objects.get(), standfirst="Quite another claim.")
    response = press(at_desk(editor), review, "_approve", FETCH, seen=seen, note="Fine")
    assert "after you opened it" in text_of(response) and "Fine" in text_of(response)
    assert Review.objects.get().outcome == "waiting"


def test_sending_back_needs_a_note_and_gives_it_to_the_writer(at_desk, writer, editor, article):
    review = submit(article, writer)
    desk = at_desk(editor)
    response = press(desk, review, "_send_back", FETCH, note="  ")
    assert response.status_code == 422 and "Say what is to be done" in text_of(response)
    press(desk, review, "_send_back", note="Who says so?\nName the source.")
    page = page_of(at_desk(writer), article, "change")
    assert "Sent back by Editor" in page and "Who says so?<br>Name the source." in page
    assert "Name the source." in mails()["writer@example.com", f"Sent back: {article}"]
    assert [row.article for row in sent_back_to(writer)] == [article]
    assert actions() == ["submitted", "sent_back"]
    submit_from_form(at_desk(writer), article)
    assert not sent_back_to(writer)


def test_of_two_editors_the_second_is_told_who_decided(at_desk, writer, editor, administrator, article):
    review = submit(article, writer)
    press(at_desk(editor), review, "_approve")
    response = press(at_desk(administrator), review, "_send_back", FETCH, note="No.")
    assert "Approved by Editor" in text_of(response)
    assert Review.objects.get().note == "" and len(mail.outbox) == 3


def test_a_withdrawn_review_is_not_approved(at_desk, writer, editor, article):
    review = submit(article, writer)
    press(at_desk(writer), review, "_withdraw")
    assert "Withdrawn by Writer" in text_of(press(at_desk(editor), review, "_approve", FETCH))


def test_publishing_settles_the_review_as_approved(at_desk, writer, editor, article):
    submit(article, writer)
    publish_opened(at_desk(editor), article)
    review = Review.objects.get()
    assert (review.outcome, review.decided_by) == ("approved", editor)
    assert "It is version 1" in mails()["writer@example.com", f"Approved: {article}"]
    page = page_of(at_desk(writer), article, "change")
    assert "Approved by" not in page and "submit for review" in page


def test_a_writer_decides_nothing_and_a_forged_press_changes_nothing(at_desk, writer, moderator, article):
    review = submit(article, writer)
    for person, button in [(writer, "_approve"), (writer, "_send_back"), (moderator, "_approve")]:
        assert press(at_desk(person), review, button, note="x").status_code == 403
    assert Review.objects.get().outcome == "waiting"
    other = make_article(owner=writer)
    assert at_desk(writer).post(url(other, f"review/{review.pk}/"), {"_withdraw": "1"}).status_code == 404
    for address in ("review/submit/", f"review/{review.pk}/", "notes/"):
        assert at_desk(writer).get(url(article, address)).status_code == 405


def test_another_writer_finds_nothing_to_submit(at_desk, writer, article):
    stranger = make_person("stranger", group="Writers")
    assert at_desk(stranger).post(url(article, "review/submit/")).status_code == 404
    assert at_desk(stranger).get(url(article, "desk/")).status_code == 404


def test_the_front_page_lists_what_waits_for_an_editor_the_oldest_first(writer, editor):
    articles = [make_article(owner=writer) for _ in range(3)]
    for day, article in zip((3, 1, 2), articles, strict=True):
        with time_machine.travel(f"2026-05-0{day} 09:00Z", tick=False):
            submit(article, writer)
    assert [row.article for row in waiting_for_review(editor)] == [articles[1], articles[2], articles[0]]
    assert not waiting_for_review(writer)


def test_the_line_says_the_time_today_and_the_date_later(at_desk, writer, article):
    with time_machine.travel("2026-05-03 10:42Z", tick=False) as clock:
        submit(article, writer)
        desk = at_desk(writer)
        assert "Waiting for review since 10:42, submitted by Writer." in page_of(desk, article, "change")
        clock.move_to("2026-05-04 09:00Z")
        assert "since 3 May 2026, 10:42, submitted" in page_of(at_desk(writer), article, "change")


def test_a_published_article_is_submitted_again_and_waits(at_desk, writer, editor):
    article = publish_article(owner=writer)
    submit_from_form(at_desk(writer), article, standfirst="New")
    assert [row.article for row in waiting_for_review(editor)] == [article]
