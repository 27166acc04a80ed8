"""Readers report comments: told to moderators, counted once, and telling nobody anything."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from comments.models import Comment, CommentPolicy, Report
from tests.factories import publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def article(clock):
    return publish_article(at=NOON - timedelta(days=1))


@pytest.fixture
def comment(article):
    return make_comment(article, body="Something dreadful.")


def report_address(comment):
    return reverse("comments:report", args=[comment.article.slug, comment.pk])


def complain(client, comment, *, address="203.0.113.7", headers=OURS, **typed):
    typed = {"reason": "insult", "details": "", "subject": "", **typed}
    return client.post(report_address(comment), typed, headers=headers, REMOTE_ADDR=address)


def test_the_page_shows_the_comment_and_asks_why(client, comment):
    page = client.get(report_address(comment))
    html = page.content.decode()
    assert page["Cache-Control"] == "no-store" and 'name="robots" content="noindex"' in html
    assert "Something dreadful." in html
    assert all(str(label) in html for label in Report.Reason.labels)
    assert not Report.objects.exists()


def test_a_report_is_stored_and_the_comment_stays(client, comment):
    page = complain(client, comment, reason="personal", details="  It names \x00 my street. ")
    assert page.status_code == 200 and "with the moderators" in page.content.decode()
    report = comment.reports.get()
    assert (report.reason, report.details) == ("personal", "It names  my street.")
    comment.refresh_from_db()
    assert comment.status == "approved"


def test_a_second_report_from_the_same_network_on_a_day_is_thanked_and_counts_once(client, comment):
    first, second = complain(client, comment), complain(client, comment, reason="spam")
    assert first.content == second.content
    assert comment.reports.get().reason == "insult"


def test_the_answer_does_not_tell_whether_others_have_reported(client, comment):
    alone = complain(client, comment)
    for n in range(3):
        complain(client, comment, address=f"203.0.113.{n + 10}")
    assert complain(client, comment, address="203.0.113.99").content == alone.content
    assert comment.reports.count() == 5


def test_a_report_without_a_reason_is_refused_with_the_details_kept(client, comment):
    page = complain(client, comment, reason="", details="Look at <this>.")
    assert page.status_code == 422
    assert "Please choose" in page.content.decode() and "Look at &lt;this&gt;." in page.content.decode()
    assert complain(client, comment, reason="nonsense").status_code == 422
    page = complain(client, comment, details="x" * 501)
    assert page.status_code == 422 and "501" in page.content.decode() and "x" * 501 in page.content.decode()
    assert not Report.objects.exists()


def test_a_trapped_robot_is_thanked_and_stores_nothing(client, comment):
    page = complain(client, comment, subject="Hello")
    assert page.status_code == 200 and "with the moderators" in page.content.decode()
    assert not Report.objects.exists()


def test_a_comment_that_a_moderator_kept_is_settled_for_good(client, comment):
    Comment.objects.update(is_kept=True)
    page = complain(client, comment)
    assert page.status_code == 200 and "with the moderators" in page.content.decode()
    assert not Report.objects.exists()


def test_the_sixth_report_within_an_hour_from_one_network_has_to_wait(client, article, clock):
    for _ in range(5):
        assert complain(client, make_comment(article)).status_code == 200
    sixth = make_comment(article)
    page = complain(client, sixth, details="Kept while I wait.")
    assert page.status_code == 429 and page["Retry-After"] and page["Cache-Control"] == "no-store"
    assert "Kept while I wait." in page.content.decode()
    assert complain(client, sixth, address="198.51.100.4").status_code == 200
    clock.shift(timedelta(hours=1, seconds=1))
    assert complain(client, sixth).status_code == 200
    assert sixth.reports.count() == 2


def test_midnight_does_not_reset_the_hour(client, article, clock):
    clock.shift(timedelta(hours=11, minutes=59))
    for _ in range(5):
        complain(client, make_comment(article))
    clock.shift(timedelta(minutes=2))
    assert complain(client, make_comment(article)).status_code == 429


@pytest.mark.parametrize("status", ["pending", "spam", "rejected"])
def test_what_readers_do_not_see_cannot_be_reported(client, article, status):
    hidden = make_comment(article, status=status)
    assert client.get(report_address(hidden)).status_code == 404
    assert complain(client, hidden).status_code == 404


def test_a_report_from_another_site_is_refused_with_what_was_typed(client, comment):
    page = complain(client, comment, headers={"sec-fetch-site": "cross-site"}, details="Typed.")
    assert page.status_code == 403 and "Typed.</textarea>" in page.content.decode()
    assert not Report.objects.exists()


def test_by_default_no_number_of_reports_hides_a_comment(client, comment):
    for n in range(8):
        complain(client, comment, address=f"203.0.113.{n}")
    comment.refresh_from_db()
    assert comment.status == "approved"


def test_where_the_policy_says_so_enough_reports_hold_a_comment_again_once(client, comment):
    CommentPolicy(hide_at_reports=3).save()
    for n in range(2):
        complain(client, comment, address=f"203.0.113.{n}")
    complain(client, comment, address="203.0.113.0")
    comment.refresh_from_db()
    assert comment.status == "approved"
    thanks = complain(client, comment, address="203.0.113.2")
    assert thanks.status_code == 200 and "with the moderators" in thanks.content.decode()
    comment.refresh_from_db()
    assert (comment.status, comment.moderated_by) == ("pending", None)
    event = comment.events.get()
    assert (event.kind, event.actor, event.why) == ("hidden", None, "Reported by 3 readers")


def test_settled_reports_count_no_more(client, comment):
    CommentPolicy(hide_at_reports=2).save()
    complain(client, comment, address="203.0.113.1")
    comment.reports.update(settled_at=NOON)
    complain(client, comment, address="203.0.113.2")
    comment.refresh_from_db()
    assert comment.status == "approved"


def test_no_report_holds_the_address_that_it_came_from(client, comment):
    complain(client, comment, address="203.0.113.77")
    assert "203.0.113.77" not in str(list(Report.objects.values()))
