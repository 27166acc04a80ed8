"""Readers edit or delete their own comment for minutes, by the token that only their browser keeps."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from comments.models import Ban, Comment, CommentPolicy, ModerationEvent, SpamWord, Subscription
from comments.own import ChangedMeanwhile, edit, version_of, withdraw
from comments.spam.filter import learn
from comments.subscriptions import ask
from comments.tokens import kept_token, link_token
from tests.factories import publish_article
from tests.factories_comments import make_comment, post_comment
from visitors.networks import Network

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
HOME = Network("203.0.113.7")
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def article(clock):
    return publish_article(at=NOON - timedelta(days=1))


def own_address(comment, token=None):
    return reverse("comments:own", args=[comment.article.slug, token or kept_token(comment)])


def press(client, own, /, *, headers=OURS, **typed):
    """Press the button of the page as it is now."""
    typed = {"version": version_of(own), **typed}
    return client.post(own_address(own), typed, headers=headers)


def test_the_page_shows_the_text_to_edit_and_the_minutes_left(client, article, clock):
    comment = make_comment(article, status="pending", body="Mine & <mine>.")
    clock.shift(timedelta(minutes=3, seconds=1))
    page = client.get(own_address(comment))
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    html = page.content.decode()
    assert 'name="robots" content="noindex"' in html
    assert "Mine &amp; &lt;mine&gt;.</textarea>" in html
    assert "for 12 more minutes" in html


def test_an_edited_comment_has_the_new_text_and_keeps_the_first(client, article):
    comment = make_comment(article, status="pending", body="First.")
    answer = press(client, comment, comment="  Second.\r\n")
    assert answer.status_code == 303
    assert "Second." in client.get(answer["Location"]).content.decode()
    comment.refresh_from_db()
    press(client, comment, comment="Third.")
    comment.refresh_from_db()
    assert (comment.body, comment.original_body) == ("Third.", "First.")
    assert (comment.edited_by, comment.status) == ("writer", "pending")
    assert [event.kind for event in comment.events.all()] == ["edited", "edited"]


def test_a_moderator_can_take_an_edit_back(article):
    comment = make_comment(article, status="pending", body="First.")
    edit(comment, "Second.", CommentPolicy.current(), HOME)
    Comment.objects.undo(comment.events.get().batch)
    comment.refresh_from_db()
    assert (comment.body, comment.original_body, comment.edited_by) == ("First.", "", "")


def test_a_published_comment_that_is_edited_waits_again(client, article):
    comment = make_comment(article, body="Approved text.")
    press(client, comment, comment="Buy pills")
    comment.refresh_from_db()
    assert comment.status == "pending"
    assert "Buy pills" not in client.get(article.get_absolute_url()).content.decode()


def trusted(article, **fields):
    """A published comment of a reader whose comments appear at once."""
    CommentPolicy(hold="strangers", disallowed_words="pills").save()
    return make_comment(article, email="mara@reader.example", is_confirmed=True, **fields)


def test_an_edit_of_a_reader_whose_comments_appear_at_once_stays(client, article):
    comment = trusted(article)
    press(client, comment, comment="Still fine.")
    comment.refresh_from_db()
    assert (comment.status, comment.body, comment.reasons) == ("approved", "Still fine.", [])


@pytest.mark.parametrize(
    ("typed", "check"), [("Buy pills", "disallowed"), ("https://a.example https://b.example", "links")]
)
def test_an_edit_that_no_new_comment_would_pass_with_waits_and_says_why(client, article, typed, check):
    comment = trusted(article)
    answer = press(client, comment, comment=typed)
    comment.refresh_from_db()
    assert comment.status == "pending" and [reason["check"] for reason in comment.reasons] == [check]
    assert "awaiting moderation" in client.get(answer["Location"]).content.decode()


def test_an_edit_of_a_banned_reader_waits(client, article):
    comment = trusted(article)
    Ban.objects.create(kind="domain", value="reader.example")
    press(client, comment, comment="Still here.")
    comment.refresh_from_db()
    assert comment.status == "pending"


def test_what_was_held_against_a_waiting_comment_is_looked_at_again(client, article):
    reasons = [{"check": "haste", "seconds": 1}, {"check": "links", "count": 3, "most": 2}]
    comment = make_comment(article, status="pending", reasons=reasons)
    press(client, comment, comment="Without links now.")
    comment.refresh_from_db()
    assert [reason["check"] for reason in comment.reasons] == ["haste"]


def test_saving_the_same_text_changes_nothing(client, article):
    comment = make_comment(article, body="As it was.")
    assert press(client, comment, comment="As it was. ").status_code == 303
    comment.refresh_from_db()
    assert (comment.status, comment.edited_by, comment.events.count()) == ("approved", "", 0)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "Please write a comment."), ("\u200b", "nothing to be seen"), ("x" * 65_526, "65,526")],
)
def test_what_no_comment_may_be_is_refused_with_the_text_kept(client, article, typed, says):
    comment = make_comment(article, body="As it was.")
    page = press(client, comment, comment=typed)
    assert page.status_code == 422 and page["Cache-Control"] == "no-store"
    assert says in page.content.decode() and f"{typed}</textarea>" in page.content.decode()
    comment.refresh_from_db()
    assert comment.body == "As it was."


def test_deleting_asks_once_and_then_the_text_is_gone_for_good(client, article):
    comment = make_comment(article, body="I regret this.", email="mara@reader.example")
    make_comment(article, parent=comment, body="An answer.")
    edit(comment, "I regret this more.", CommentPolicy.current(), HOME)
    ask(comment)
    comment = Comment.objects.get(pk=comment.pk)
    asked = client.get(own_address(comment) + "?delete").content.decode()
    assert "Delete for good" in asked and "gone for good" in asked
    page = press(client, comment, delete="1")
    assert page.status_code == 200 and "Your comment is deleted" in page.content.decode()
    comment.refresh_from_db()
    assert (comment.status, comment.body, comment.original_body) == ("rejected", "", "")
    assert not Subscription.objects.exists()
    assert "regret" not in str(list(ModerationEvent.objects.values()))
    assert comment.events.last().kind == "withdrawn"


def test_the_filter_forgets_a_text_that_its_writer_edits_or_deletes(article):
    good = [make_comment(article, body="lighthouse keeper") for _ in range(2)]
    learn([comment.pk for comment in good])
    good = list(Comment.objects.filter(pk__in=[comment.pk for comment in good]))
    edit(good[0], "something else", CommentPolicy.current(), HOME)
    withdraw(good[1])
    assert not SpamWord.objects.filter(text__contains="lighthouse", ham__gt=0).exists()


def test_after_deleting_the_page_says_so_and_offers_nothing(client, article):
    comment = make_comment(article)
    withdraw(comment)
    page = client.get(own_address(comment))
    assert page.status_code == 410 and "You have deleted it" in page.content.decode()
    comment.refresh_from_db()
    assert press(client, comment, comment="Back again.").status_code == 410
    comment.refresh_from_db()
    assert comment.body == ""


def test_after_the_minutes_of_the_policy_nothing_can_be_changed(client, article, clock):
    comment = make_comment(article, body="Too late.")
    clock.shift(timedelta(minutes=15) - timedelta(seconds=1))
    assert "for 1 more minute." in client.get(own_address(comment)).content.decode()
    clock.shift(timedelta(seconds=1))
    page = client.get(own_address(comment))
    assert page.status_code == 410 and page["Cache-Control"] == "no-store"
    assert "for 15 minutes after posting" in page.content.decode()
    for typed in ({"comment": "Changed."}, {"delete": "1"}):
        assert press(client, comment, **typed).status_code == 410
    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("Too late.", "approved")


def test_where_the_policy_gives_no_minutes_nothing_is_offered(client, article):
    CommentPolicy(edit_minutes=0).save()
    comment = make_comment(article, status="pending")
    page = client.get(own_address(comment))
    assert page.status_code == 410 and "does not let readers change" in page.content.decode()
    held = client.get(reverse("comments:held", args=[article.slug, link_token(comment)])).content.decode()
    assert "/own/" not in held


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "spam", "moderated_at": NOON},
        {"status": "rejected", "moderated_at": NOON},
        {"edited_by": "moderator", "body": "Mended."},
    ],
)
def test_what_a_moderator_took_off_or_edited_is_not_the_readers_to_change(client, article, fields):
    comment = make_comment(article, **fields)
    assert client.get(own_address(comment)).status_code == 410
    assert press(client, comment, comment="Mine again.").status_code == 410


@pytest.mark.parametrize("status", ["spam", "rejected"])
def test_a_robot_cannot_tell_by_edit_and_delete_that_it_was_found_out(client, article, status):
    comment = make_comment(article, status=status, body="Cheap watches.", reasons=[{"check": "trap"}])
    page = client.get(reverse("comments:held", args=[article.slug, link_token(comment)])).content.decode()
    assert "/own/" in page and "15 minutes left" in page
    assert press(client, comment, comment="Dear watches.").status_code == 303
    comment.refresh_from_db()
    assert (comment.status, comment.body) == (status, "Dear watches.")
    assert comment.reasons == [{"check": "trap"}]
    assert not SpamWord.objects.exists()
    assert press(client, comment, delete="1").status_code == 200
    comment.refresh_from_db()
    assert (comment.status, comment.body) == ("rejected", "")
    assert client.get(own_address(comment)).status_code == 410
    held = client.get(reverse("comments:held", args=[article.slug, link_token(comment)]))
    assert held.status_code == 410


def test_of_two_tabs_the_second_is_told_and_changes_nothing(client, article):
    comment = make_comment(article, status="pending", body="First.")
    seen = version_of(comment)
    press(client, comment, comment="From one tab.")
    for typed in ({"comment": "From the other."}, {"delete": "1"}):
        page = client.post(own_address(comment), {"version": seen, **typed}, headers=OURS)
        assert page.status_code == 409
        assert "changed since you opened" in page.content.decode()
    assert "From one tab." in page.content.decode()
    comment.refresh_from_db()
    assert comment.body == "From one tab."


def test_a_change_in_the_same_moment_wins_once(article):
    comment = make_comment(article, status="pending", body="First.")
    stale = Comment.objects.get(pk=comment.pk)
    edit(comment, "Second.", CommentPolicy.current(), HOME)
    with pytest.raises(ChangedMeanwhile):
        edit(stale, "Third.", CommentPolicy.current(), HOME)
    with pytest.raises(ChangedMeanwhile):
        withdraw(stale)
    comment.refresh_from_db()
    assert comment.body == "Second."


def test_a_comment_cannot_be_edited_without_end(client, article):
    comment = make_comment(article, status="pending", body="First.")
    for number in range(10):
        assert press(client, comment, comment=f"Edit {number}.").status_code == 303
        comment.refresh_from_db()
    page = press(client, comment, comment="One more.")
    assert page.status_code == 429 and "One more.</textarea>" in page.content.decode()
    assert "You can still delete it." in page.content.decode()
    comment.refresh_from_db()
    assert comment.body == "Edit 9."
    assert press(client, comment, delete="1").status_code == 200


def test_a_deleted_comment_can_be_posted_again(client, article, clock):
    post_comment(client, article)
    press(client, Comment.objects.get(), delete="1")
    clock.shift(timedelta(minutes=1))
    page = client.get(post_comment(client, article)["Location"])
    assert page.status_code == 200 and "It deserved a second season." in page.content.decode()


def test_a_press_from_elsewhere_is_refused_with_the_text_kept(client, article):
    comment = make_comment(article, status="pending", body="First.")
    page = press(client, comment, comment="Typed.", headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403 and "Typed.</textarea>" in page.content.decode()
    assert press(client, comment, delete="1", headers={}).status_code == 403
    comment.refresh_from_db()
    assert comment.body == "First."


def test_looking_changes_nothing(client, article):
    comment = make_comment(article, status="pending")
    for address in (
        own_address(comment),
        own_address(comment) + "?delete",
        own_address(comment) + "?delete=1",
    ):
        client.get(address)
        client.head(address)
    before = comment.body
    comment.refresh_from_db()
    assert (comment.body, comment.status) == (before, "pending")
    assert not ModerationEvent.objects.exists()


def test_only_the_kept_token_of_this_comment_opens_the_page(client, article):
    comment = make_comment(article, status="pending")
    elsewhere = make_comment(publish_article(), status="pending")
    for token in (link_token(comment), kept_token(elsewhere), "x", kept_token(comment)[:-1]):
        assert client.get(own_address(comment, token)).status_code == 404


def test_the_page_after_posting_leads_to_editing_and_deleting(client, article):
    comment = make_comment(article, status="pending")
    html = client.get(reverse("comments:held", args=[article.slug, link_token(comment)])).content.decode()
    assert f'href="{own_address(comment)}"' in html and f'href="{own_address(comment)}?delete"' in html
    assert "15 minutes left" in html


def test_below_the_article_published_comments_can_be_changed_for_minutes(client, article, clock):
    comment = make_comment(article)
    token = kept_token(comment)
    address = reverse("comments:held_list", args=[article.slug])
    answer = client.post(address, {"token": token}).json()
    assert answer["comments"] == [] and answer["forget"] == []
    [own] = answer["own"]
    assert own["pk"] == comment.pk and own_address(comment, token) in own["html"]
    clock.shift(timedelta(minutes=15))
    assert client.post(address, {"token": token}).json() == {"comments": [], "own": [], "forget": [token]}
