"""Telling readers of replies: asked for with a comment, confirmed from a mail, ended by one press."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from comments.models import Comment, CommentPolicy, Subscription
from comments.subscriptions import ask
from comments.tokens import confirms, mail_token
from tests.factories import publish_article
from tests.factories_comments import make_comment

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
OURS = {"sec-fetch-site": "same-origin"}
MARA = "Mara@Reader.example"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def article(clock):
    return publish_article(at=NOON - timedelta(days=1), headline="One season and out")


def subscribed(article, **fields):
    """A subscription of Mara's that waits, for a comment of hers."""
    comment = make_comment(article, **{"email": MARA, **fields})
    ask(comment)
    return Subscription.objects.get(comment=comment)


def confirm_address(comment):
    return reverse("comments:confirm", args=[mail_token("confirm", comment.pk)])


def end_address(subscription):
    return reverse("comments:unsubscribe", args=[mail_token("unsubscribe", subscription.pk)])


def test_a_subscription_waits_until_its_address_is_confirmed(article):
    waits = subscribed(article)
    assert waits.confirmed_at is None and waits.thread == waits.comment
    parent = make_comment(article)
    confirmed = subscribed(article, parent=parent, is_confirmed=True)
    assert confirmed.confirmed_at == NOON and confirmed.thread == parent


def test_asking_twice_in_a_conversation_makes_one_subscription(article):
    parent = make_comment(article)
    first = subscribed(article, parent=parent)
    ask(make_comment(article, parent=first.comment, email=MARA.upper()))
    assert Subscription.objects.get().comment == first.comment
    ask(make_comment(article, parent=parent, email=MARA, is_confirmed=True))
    assert Subscription.objects.get().confirmed_at == NOON


def test_a_refused_comment_does_not_silence_the_next_one(article):
    parent = make_comment(article)
    subscribed(article, parent=parent, status="rejected")
    better = make_comment(article, parent=parent, email=MARA)
    ask(better)
    assert Subscription.objects.get().comment == better


def test_a_comment_without_an_address_asks_for_nothing(article):
    ask(make_comment(article, email=""))
    assert not Subscription.objects.exists()


def test_the_link_in_the_mail_says_what_pressing_means_and_does_nothing_yet(client, article):
    CommentPolicy(hold="strangers").save()
    subscription = subscribed(article)
    page = client.get(confirm_address(subscription.comment))
    html = page.content.decode()
    assert page["Cache-Control"] == "no-store" and 'name="robots" content="noindex"' in html
    assert "You are told by email of replies" in html and "<li>One season and out</li>" in html
    assert "appear at once" in html and "data-confirmation" not in html
    subscription.refresh_from_db()
    assert subscription.confirmed_at is None
    assert MARA.lower() not in html.lower()


def test_where_everything_is_held_nothing_is_promised_to_appear_at_once(client, article):
    assert "at once" not in client.get(confirm_address(subscribed(article).comment)).content.decode()


def test_pressing_confirms_all_that_waits_for_the_address_and_gives_the_browser_its_token(client, article):
    first, second = subscribed(article), subscribed(article)
    other = subscribed(article, email="theo@reader.example")
    page = client.post(confirm_address(first.comment), headers=OURS)
    assert page.status_code == 200 and page["Cache-Control"] == "no-store" and not page.cookies
    html = page.content.decode()
    token = html.split('data-confirmation="')[1].split('"')[0]
    assert confirms(token, MARA.casefold()) and not confirms(token, "theo@reader.example")
    assert Subscription.objects.confirmed().count() == 2
    assert second in Subscription.objects.confirmed() and other not in Subscription.objects.confirmed()
    assert "This browser cannot remember it" in html  # unless a script says that it can


def test_pressing_twice_is_pressing_once(client, article, clock):
    subscription = subscribed(article)
    address = confirm_address(subscription.comment)
    client.post(address, headers=OURS)
    clock.shift(timedelta(hours=1))
    assert client.post(address, headers=OURS).status_code == 200
    subscription.refresh_from_db()
    assert subscription.confirmed_at == NOON


def test_a_press_on_another_site_confirms_nothing(client, article):
    subscription = subscribed(article)
    page = client.post(confirm_address(subscription.comment), headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403 and "press once more" in page.content.decode()
    assert "data-confirmation" not in page.content.decode()
    assert not Subscription.objects.confirmed().exists()


def test_the_link_dies_after_seven_days_and_says_how_to_get_another(client, article, clock):
    subscription = subscribed(article)
    address = confirm_address(subscription.comment)
    clock.shift(timedelta(days=7))
    assert client.get(address).status_code == 200
    clock.shift(timedelta(seconds=1))
    for page in (client.get(address), client.post(address, headers=OURS)):
        assert page.status_code == 410 and "brings a new link" in page.content.decode()
        assert page["Cache-Control"] == "no-store"
    assert not Subscription.objects.confirmed().exists()


def test_the_link_of_an_erased_reader_leads_to_nothing_any_more(client, article):
    comment = subscribed(article).comment
    address = confirm_address(comment)
    Comment.objects.update(email="", folded_email="")
    assert client.post(address, headers=OURS).status_code == 410
    assert not Subscription.objects.confirmed().exists()


def test_ending_the_mails_asks_with_two_buttons_and_does_nothing_yet(client, article):
    subscription = subscribed(article)
    page = client.get(end_address(subscription))
    html = page.content.decode()
    assert page["Cache-Control"] == "no-store" and 'name="robots" content="noindex"' in html
    assert "about this conversation" in html and "about any conversation" in html
    assert MARA.lower() not in html.lower()
    assert Subscription.objects.exists()


def test_one_press_ends_one_conversation(client, article):
    first, second = subscribed(article), subscribed(article)
    page = client.post(end_address(first), {"this": "1"}, headers=OURS)
    assert page.status_code == 200 and "The mails have ended" in page.content.decode()
    assert Subscription.objects.get() == second


def test_the_other_button_ends_all_of_the_address_and_nobody_elses(client, article):
    first, _second = subscribed(article), subscribed(article, email=MARA.lower())
    theo = subscribed(article, email="theo@reader.example")
    assert (
        "in any conversation" in client.post(end_address(first), {"all": "1"}, headers=OURS).content.decode()
    )
    assert Subscription.objects.get() == theo


def test_a_mail_program_ends_a_conversation_without_an_origin(client, article):
    first, second = subscribed(article), subscribed(article)
    answer = client.post(end_address(first), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Subscription.objects.get() == second
    for headers in ({}, {"sec-fetch-site": "cross-site"}):
        assert client.post(end_address(second), {"this": "1"}, headers=headers).status_code == 403
        assert client.post(end_address(second), {"all": "1"}, headers=headers).status_code == 403
    assert Subscription.objects.get() == second


def test_ending_what_has_ended_answers_the_same(client, article, clock):
    subscription = subscribed(article)
    address = end_address(subscription)
    clock.shift(timedelta(days=4000))
    for _ in range(2):
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "ended already" in client.get(address).content.decode()


def test_a_token_is_good_for_one_purpose_only(client, article):
    subscription = subscribed(article)
    comment = subscription.comment
    for name, purpose in (("confirm", "unsubscribe"), ("unsubscribe", "confirm")):
        for token in (mail_token(purpose, comment.pk), mail_token("decide", comment.pk), "x", "1:x:y"):
            address = reverse(f"comments:{name}", args=[token])
            assert client.get(address).status_code == 404
            assert client.post(address, {"List-Unsubscribe": "One-Click"}, headers=OURS).status_code == 404
    assert Subscription.objects.get().confirmed_at is None


def test_the_pages_work_when_the_article_is_no_longer_there(client, article):
    subscription = subscribed(article)
    article.withdrawn_at = NOON
    article.save()
    for address in (confirm_address(subscription.comment), end_address(subscription)):
        page = client.get(address)
        assert page.status_code == 200 and article.get_absolute_url() not in page.content.decode()
