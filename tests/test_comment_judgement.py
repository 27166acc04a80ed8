"""What becomes of a comment on arrival: every check, what it leads to, and the reason that is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.judgement.reasons import sentence
from comments.models import Ban, Comment, CommentPolicy, ModerationEvent, Subscription
from comments.spam import filter as spam_filter
from comments.tokens import confirmation_token, form_token
from tests.factories import publish_article
from tests.factories_comments import TYPED, make_comment, post_comment

pytestmark = pytest.mark.django_db

MARA = "mara@reader.example"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    return time_machine


@pytest.fixture
def article():
    return publish_article(at=timezone.now() - timedelta(days=1))


@pytest.fixture
def opened(clock):
    """The token of a form that was opened a minute ago."""
    token = form_token()
    clock.shift(timedelta(minutes=1))
    return token


def rules(**fields):
    policy = CommentPolicy.current()
    for name, value in fields.items():
        setattr(policy, name, value)
    policy.save()


def posted(client, article, **typed):
    """The comment that a post leaves, and its reasons in words."""
    response = post_comment(client, article, **typed)
    assert response.status_code == 303
    comment = Comment.objects.order_by("-pk").first()
    return comment, " ".join(map(sentence, comment.reasons))


def known_reader(article, opened, **typed):
    """What Mara's browser sends, who was approved before and has confirmed her address in it."""
    if not Comment.objects.filter(folded_email=MARA).exists():
        make_comment(article, email=MARA, created_at=timezone.now() - timedelta(days=2))
    return {"form_token": opened, "confirmation": confirmation_token(MARA), **typed}


def test_by_default_everything_is_held_and_nothing_stands_against_it(client, article):
    comment, _why = posted(client, article)
    assert (comment.status, comment.reasons, comment.spam_score) == ("pending", [], None)


def test_what_robots_fill_in_is_spam_and_answered_as_ever(client, article):
    comment, why = posted(client, article, subject="Buy now")
    assert comment.status == "spam"
    assert "a program wrote this" in why


def test_what_was_sent_sooner_than_anybody_writes_is_held_with_the_reason(client, article, clock):
    token = form_token()
    clock.shift(timedelta(seconds=2))
    comment, why = posted(client, article, form_token=token)
    assert (comment.status, why) == ("pending", "Sent 2 seconds after its writer began.")


def test_three_seconds_are_enough(client, article, clock):
    token = form_token()
    clock.shift(timedelta(seconds=3))
    assert posted(client, article, form_token=token)[0].reasons == []


@pytest.mark.parametrize("token", ["", "forged", "1:2:3", "\x00", "é" * 500])
def test_a_form_without_a_good_token_is_not_refused(client, article, token):
    assert posted(client, article, form_token=token, confirmation=token)[0].status == "pending"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("See https://a.example", 1),
        ("See http://www.a.example and WWW.b.example", 2),
        ("[url=http://a.example]a[/url] [URL]b.example[/URL]", 2),
        ('<a href="https://a.example">a</a> <A class="x" href="b">b</A>', 2),
        ("awww. https:/ nothing", 0),
    ],
)
def test_links_are_counted_however_they_are_written(client, article, text, count):
    rules(hold_at_links=1)
    comment, _why = posted(client, article, comment=text)
    assert [reason["count"] for reason in comment.reasons] == ([count] if count else [])


def test_links_hold_from_the_number_that_the_policy_says(client, article, clock):
    text = "https://a.example https://b.example"
    assert posted(client, article, comment=text)[1] == "2 links."
    rules(hold_at_links=3)
    clock.shift(timedelta(minutes=1))
    assert posted(client, article, comment=text + " .")[1] == ""
    rules(hold_at_links=0)
    clock.shift(timedelta(minutes=1))
    assert posted(client, article, comment=text * 9)[1] == ""


@pytest.mark.parametrize("field", ["comment", "name", "email", "website"])
def test_words_are_found_in_every_field(client, article, field):
    rules(moderation_words="press", disallowed_words="casino")
    word = {"email": "xCasino@reader.example", "website": "https://xcasino.example"}
    comment, why = posted(client, article, **{field: word.get(field, "My Casino!")})
    assert (comment.status, why) == ("spam", "Has words that you disallow: “casino”.")
    word = {"email": "express@reader.example", "website": "https://wordpress.example"}
    comment, why = posted(client, article, **{"email": "z@z.example", field: word.get(field, "WordPress")})
    assert (comment.status, why) == ("pending", "Has words that you hold: “press”.")


def test_words_are_found_in_the_network_address(client, article):
    rules(disallowed_words="127.0.0.1")
    assert posted(client, article)[0].status == "spam"


def test_words_are_those_that_the_policy_has_now(client, article, clock):
    rules(disallowed_words="casino")
    assert posted(client, article, comment="A casino")[0].status == "spam"
    rules(disallowed_words="")
    clock.shift(timedelta(minutes=1))
    assert posted(client, article, comment="A casino again")[0].status == "pending"


@pytest.mark.parametrize("value", [MARA, "reader.example", "example"])
def test_a_banned_sender_is_rejected_on_arrival_and_kept(client, article, value):
    Ban.objects.create(kind="domain", value=value)
    comment, why = posted(client, article, email="Mara@Reader.Example")
    assert (comment.status, why) == ("rejected", f"Banned: {value}.")


@pytest.mark.parametrize("value", ["der.example", "mara@other.example"])
def test_a_ban_is_not_for_others(client, article, value):
    Ban.objects.create(kind="domain", value=value)
    assert posted(client, article)[0].status == "pending"


def test_a_ban_ends_after_its_last_day(client, article, clock):
    Ban.objects.create(kind="email", value=MARA, until=timezone.localdate())
    assert posted(client, article)[0].status == "rejected"
    clock.shift(timedelta(days=1))
    assert posted(client, article, comment="I am back.")[0].status == "pending"


def test_the_filters_score_is_kept_and_told_where_it_is_high(client, article, clock):
    for number in range(25):
        make_comment(
            article, status="spam", body="Free followers, click my channel", email=f"s{number}@x.example"
        )
        make_comment(article, body="I liked the second season best")
    spam_filter.rebuild()
    comment, why = posted(client, article, comment="Free followers, click my channel")
    assert comment.status == "pending" and comment.spam_score > 0.95
    assert "Looks like spam" in why and "because of:" in why and "channel" in why
    clock.shift(timedelta(minutes=1))
    comment, why = posted(client, article, comment="I liked the second season best of all")
    assert comment.spam_score < 0.5 and why == ""


def test_who_was_turned_away_more_often_than_approved_is_held_with_the_counts(client, article):
    earlier = timezone.now() - timedelta(days=1)
    for status in ("approved", "spam", "rejected"):
        make_comment(article, email=MARA, status=status, created_at=earlier)
    comment, why = posted(client, article)
    assert comment.status == "pending"
    assert "1 comments were approved, 1 rejected, and 1 were spam (not confirmed)" in why


# Appearing at once.


def test_who_was_approved_before_and_is_confirmed_appears_at_once(client, article, opened):
    rules(hold="strangers")
    comment, why = posted(client, article, **known_reader(article, opened))
    assert (comment.status, comment.is_confirmed, why) == ("approved", True, "")
    event = ModerationEvent.objects.get()
    assert (event.comment, event.actor, event.from_status, event.to_status) == (
        comment,
        None,
        "pending",
        "approved",
    )
    assert event.why
    assert TYPED["comment"] in client.get(article.get_absolute_url()).content.decode()
    Comment.objects.undo(event.batch)
    assert Comment.objects.get(pk=comment.pk).status == "pending"


def test_who_appears_at_once_is_led_to_the_comment_as_published(client, article, opened):
    rules(hold="strangers")
    response = post_comment(client, article, **known_reader(article, opened))
    assert "Your comment is published" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ("confirmation", "not confirmed in this browser"),
        ("form_token", "without the mark"),
        ("approval", "no comment of this address was approved before"),
    ],
)
def test_only_all_of_it_together_lets_a_comment_appear_at_once(client, article, opened, lacking, told):
    rules(hold="strangers")
    typed = known_reader(article, opened)
    if lacking == "approval":
        Comment.objects.update(status="rejected")
        Comment.objects.update(status="pending")
    else:
        typed[lacking] = ""
    comment, why = posted(client, article, **typed)
    assert comment.status == "pending"
    assert told in why


@pytest.mark.parametrize("whose", ["other@reader.example", "forged"])
def test_a_confirmation_of_another_address_wins_nothing(client, article, opened, whose):
    rules(hold="strangers")
    token = confirmation_token(whose) if "@" in whose else f"{confirmation_token(MARA)}x"
    comment, _why = posted(client, article, **known_reader(article, opened, confirmation=token))
    assert (comment.status, comment.is_confirmed) == ("pending", False)


@pytest.mark.parametrize(
    "against", [{"comment": "https://a.example https://b.example"}, {"comment": "a word"}, {"subject": "x"}]
)
def test_any_reason_keeps_a_comment_from_appearing_at_once(client, article, opened, against):
    rules(hold="strangers", moderation_words="a word")
    comment, why = posted(client, article, **known_reader(article, opened, **against))
    assert comment.status in {"pending", "spam"} and why
    assert not ModerationEvent.objects.exists()


def test_a_form_that_was_open_for_more_than_a_day_is_held(client, article, opened, clock):
    rules(hold="strangers")
    clock.shift(timedelta(days=1, seconds=1))
    assert posted(client, article, **known_reader(article, opened))[0].status == "pending"


@pytest.mark.parametrize("where", ["policy", "article"])
def test_where_everything_is_held_nobody_appears_at_once(client, opened, where):
    rules(hold="everything" if where == "policy" else "strangers")
    article = publish_article(comments_mode="held" if where == "article" else "open")
    comment, why = posted(client, article, **known_reader(article, opened))
    assert (comment.status, comment.is_confirmed, why) == ("pending", True, "")


# What else the policy decides.


def test_name_and_email_may_be_left_out_where_the_policy_says_so(client, article):
    assert post_comment(client, article, name="", email="").status_code == 422
    rules(name_and_email_required=False)
    page = client.get(article.get_absolute_url()).content.decode()
    assert ">Name</label>" in page and ">Email</label>" in page and ">Comment *</label>" in page
    comment, _why = posted(client, article, name="", email="")
    assert (comment.name, comment.email, comment.shown_name) == ("", "", "Anonymous")


def test_who_gives_no_address_has_nobodys_history(client, article):
    rules(name_and_email_required=False, hold="strangers")
    for _ in range(12):
        make_comment(article, email="", status="spam")
    comment, _why = posted(client, article, email="", confirmation=confirmation_token(""))
    assert comment.status == "pending" and not comment.is_confirmed
    assert "reputation" not in str(comment.reasons)


def test_mails_about_replies_are_offered_where_the_policy_says_so(client, article, clock):
    assert "Notify me of replies by email." in client.get(article.get_absolute_url()).content.decode()
    comment, _why = posted(client, article, notify="on")
    assert Subscription.objects.get().comment == comment
    rules(offer_reply_mails=False)
    assert "Notify me" not in client.get(article.get_absolute_url()).content.decode()
    clock.shift(timedelta(minutes=1))
    posted(client, article, comment="Another.", notify="on")
    assert Subscription.objects.count() == 1


def test_mails_cannot_be_asked_for_without_an_address(client, article):
    rules(name_and_email_required=False)
    response = post_comment(client, article, email="", notify="on")
    assert response.status_code == 422
    assert "please give your email address" in response.content.decode()


def test_an_old_article_is_closed_after_the_days_of_the_policy(client, clock):
    article = publish_article(at=timezone.now())
    rules(close_after_days=3)
    clock.shift(timedelta(days=3))
    assert post_comment(client, article).status_code == 303
    clock.shift(timedelta(days=1))
    response = post_comment(client, article, comment="Too late.")
    assert response.status_code == 403
    assert "Comments are closed." in response.content.decode() and "Too late." in response.content.decode()


def test_a_new_article_begins_closed_where_the_policy_says_so():
    rules(on_new_articles=False)
    assert publish_article().comments_mode == "closed"
    assert publish_article(comments_mode="held").comments_mode == "held"
    article = publish_article()
    article.comments_mode = "open"
    article.save()
    article.refresh_from_db()
    assert article.comments_mode == "open", "whoever opens it later has chosen"


@pytest.mark.parametrize("days", [0, 30])
def test_an_address_is_kept_only_where_the_policy_keeps_it(client, article, days):
    rules(address_days=days)
    comment, _why = posted(client, article)
    assert comment.address == ("127.0.0.1" if days else None)
    assert len(comment.address_key) == 32


def test_a_reason_of_a_check_that_is_gone_is_named(client):
    assert "old-check" in sentence({"check": "old-check"})
    assert "links" in sentence({"check": "links"})


def test_comments_that_their_writer_deleted_speak_against_nobody(client, article):
    before = {"status": "rejected", "created_at": timezone.now() - timedelta(days=1)}
    make_comment(article, email=TYPED["email"], body="", **before)
    comment, _why = posted(client, article)
    assert comment.reasons == []
    make_comment(article, email="other@reader.example", body="An insult", **before)
    comment, _why = posted(client, article, email="other@reader.example")
    assert comment.reasons[0]["check"] == "reputation"
