"""Following a show: asked for on its page, confirmed from a mail, ended by one press."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from comments import models as comment_models
from follows import models as follow_models
from follows.following import MOST_OF_NETWORK, MOST_TO_READER, MOST_TO_STRANGER
from follows.models import Follow
from follows.tokens import mail_token
from mailing import outbox
from mailing.models import Mail
from tests.factories import make_publication
from tests.factories_follows import make_follow
from tests.factories_shows import make_decision, make_season, make_show

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
OURS = {"sec-fetch-site": "same-origin"}
ELSEWHERE = {"sec-fetch-site": "cross-site"}
MARA = "Mara@Reader.example"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def show():
    make_publication("Cold Open")
    show = make_show("The Imperfects", slug="the-imperfects")
    make_season(show, premiered_on="2022-09-08")
    return show


def follow(client, show, email=MARA, headers=OURS, **fields):
    """What the box on the show's page sends."""
    address = f"{show.get_absolute_url()}follow/"
    network = fields.pop("network", "203.0.113.7")
    return client.post(address, {"email": email, **fields}, headers=headers, REMOTE_ADDR=network)


def link_in(mail, name):
    return re.search(rf"{settings.SITE_URL}(/follows/{name}/\S+)", mail.body)[1]


def end_address(follow):
    return f"/follows/unsubscribe/{mail_token('unsubscribe', follow.pk)}/"


def test_the_page_of_a_show_has_the_box_and_the_feed_and_sets_no_cookie(client, show):
    response = client.get(show.get_absolute_url())
    page = response.content.decode()
    assert "An email when there is a decision, nothing else." in page
    assert 'action="/shows/the-imperfects/follow/"' in page
    assert 'href="/shows/the-imperfects/decisions/feed/"' in page
    assert "csrf" not in page and not response.cookies


def test_the_box_is_a_page_of_its_own_too_which_nobody_keeps_or_finds(client, show):
    response = client.get("/shows/the-imperfects/follow/")
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_asking_sends_one_mail_that_asks_and_the_press_in_it_confirms(client, show, mailoutbox):
    response = follow(client, show)
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    assert "Look into your mail" in response.content.decode() and not response.cookies
    (mail,) = mailoutbox
    assert mail.to == [MARA] and mail.subject == "Follow The Imperfects?"
    assert "The Imperfects (2022, Netflix)" in mail.body and "Cold Open" in mail.extra_headers["From"]
    link = link_in(mail, "confirm")

    page = client.get(link)
    assert "Yes, follow this show" in page.content.decode() and page["Cache-Control"] == "no-store"
    assert not Follow.objects.confirmed().exists(), "a scanner that opens the link confirms nothing"
    assert "You follow this show" in client.post(link, headers=OURS).content.decode()
    assert Follow.objects.confirmed().get().show == show


def test_pressing_twice_or_on_another_site_changes_nothing(client, show, mailoutbox, clock):
    follow(client, show)
    link = link_in(mailoutbox[0], "confirm")
    response = client.post(link, headers=ELSEWHERE)
    assert response.status_code == 403 and "press once more" in response.content.decode()
    assert not Follow.objects.confirmed().exists()
    client.post(link, headers=OURS)
    clock.shift(60)
    assert client.post(link, headers=OURS).status_code == 200
    assert Follow.objects.get().confirmed_at == NOON


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client, show, mailoutbox):
    make_follow(show)
    make_follow(show, "waits@reader.example", confirmed_at=None)
    known = follow(client, show, "mara@READER.example")
    waiting = follow(client, show, "waits@reader.example")
    unknown = follow(client, show, "nobody@reader.example")
    assert known.content == waiting.content == unknown.content
    kept = [{**answer.headers, "X-Request-ID": ""} for answer in (known, waiting, unknown)]
    assert kept[0] == kept[1] == kept[2]
    assert {mail.to[0] for mail in mailoutbox} == {"waits@reader.example", "nobody@reader.example"}


def test_asking_again_sends_one_mail_a_day_and_keeps_the_link_alive(client, show, mailoutbox, clock):
    for _ in range(3):
        follow(client, show)
    follow(client, show, MARA.upper())
    assert len(mailoutbox) == 1 and Follow.objects.count() == 1
    clock.shift(timedelta(days=1))
    follow(client, show)
    assert len(mailoutbox) == 2 and Follow.objects.get().asked_at == NOON + timedelta(days=1)


def test_a_strangers_address_is_asked_about_a_few_shows_a_day_and_a_followers_about_many(
    client, show, mailoutbox
):
    shows = [make_show(f"Show {n}") for n in range(MOST_TO_STRANGER + 2)]
    for n, other in enumerate(shows):
        answer = follow(client, other, network=f"198.51.100.{n}")
        assert "Look into your mail" in answer.content.decode()
    assert len(mailoutbox) == MOST_TO_STRANGER == Follow.objects.count()
    make_follow(show)
    for n, other in enumerate(shows):
        follow(client, other, network=f"198.51.100.{n}")
    assert len(mailoutbox) == len(shows) < MOST_TO_READER


def test_one_network_asks_for_so_many_an_hour_whatever_the_addresses(client, show, mailoutbox, clock):
    for n in range(MOST_OF_NETWORK):
        assert follow(client, show, f"reader{n}@reader.example").status_code == 200
    refused = follow(client, show, "one.more@reader.example")
    assert refused.status_code == 429 and refused["Retry-After"] == "3600"
    assert "in an hour" in refused.content.decode() and 'value="one.more@reader.example"' in (
        refused.content.decode()
    )
    assert follow(client, show, "else@reader.example", network="198.51.100.9").status_code == 200
    assert len(mailoutbox) == MOST_OF_NETWORK + 1
    clock.shift(timedelta(hours=1, seconds=1))
    assert follow(client, show, "one.more@reader.example").status_code == 200


@pytest.mark.parametrize("email", ["", "mara", "a@b", "two@reader.example, three@reader.example", "a\0@b.cd"])
def test_what_is_no_address_is_refused_with_a_sentence(client, show, mailoutbox, email):
    response = follow(client, show, email)
    assert response.status_code == 422 and response["Cache-Control"] == "no-store"
    assert 'aria-describedby="follow-error"' in response.content.decode()
    assert not mailoutbox and not Follow.objects.exists()


def test_an_address_is_as_long_as_your_data_can_look_up(client, show):
    assert follow_models.EMAIL_LIMIT == comment_models.EMAIL_LIMIT
    for length, status in ((100, 200), (101, 422)):
        email = "a" * (length - len("@reader.example")) + "@reader.example"
        assert follow(client, show, email).status_code == status
    assert Follow.objects.count() == 1


def test_a_post_from_another_site_is_refused_and_keeps_the_address(client, show, mailoutbox):
    for headers in (ELSEWHERE, {}, {"origin": "null"}):
        response = follow(client, show, headers=headers)
        assert response.status_code == 403 and f'value="{MARA}"' in response.content.decode()
    assert not mailoutbox and not Follow.objects.exists()


def test_who_fills_the_trap_sees_what_everybody_sees_and_gets_nothing(client, show, mailoutbox):
    trapped = follow(client, show, subject="Buy")
    assert trapped.content == follow(client, show, "theo@reader.example").content
    assert [mail.to for mail in mailoutbox] == [["theo@reader.example"]]


def test_a_show_that_is_not_there_is_followed_by_nobody(client):
    assert client.post("/shows/none/follow/", {"email": MARA}, headers=OURS).status_code == 404


def test_the_link_dies_after_seven_days(client, show, mailoutbox, clock):
    follow(client, show)
    link = link_in(mailoutbox[0], "confirm")
    clock.shift(timedelta(days=7, seconds=1))
    for response in (client.get(link), client.post(link, headers=OURS)):
        assert response.status_code == 410 and "leads to nothing" in response.content.decode()
    assert not Follow.objects.confirmed().exists()


def test_every_mail_ends_it_by_one_press_of_a_mail_program(client, show, mailoutbox):
    follow(client, show)
    headers = mailoutbox[0].extra_headers
    end = link_in(mailoutbox[0], "unsubscribe")
    assert headers["List-Unsubscribe"] == f"<{settings.SITE_URL}{end}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.get(end).status_code == 200 and Follow.objects.exists(), "opening it ends nothing"
    assert client.post(end, {"this": "1"}, headers=ELSEWHERE).status_code == 403 and Follow.objects.exists()
    assert client.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follow.objects.exists()
    assert client.post(link_in(mailoutbox[0], "confirm"), headers=OURS).status_code == 410


def test_one_button_ends_one_show_and_the_other_all_of_the_address(client, show):
    first, second = make_follow(show), make_follow(make_show("Zeta"))
    third, theo = make_follow(make_show("Beta")), make_follow(show, "theo@reader.example")
    client.post(end_address(first), {"this": "1"}, headers=OURS)
    assert set(Follow.objects.all()) == {second, third, theo}
    page = client.post(end_address(second), {"all": "1"}, headers=OURS).content.decode()
    assert "about any show" in page and list(Follow.objects.all()) == [theo]
    assert "ended already" in client.get(end_address(first)).content.decode()
    assert client.post(end_address(first), {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_mails_that_wait_are_not_sent_to_whoever_has_ended_it(client, show, queue):
    mine, theirs = make_follow(show), make_follow(show, "theo@reader.example")
    for each in (mine, theirs):
        key = f"follow-{each.pk}-decision-1"
        outbox.post(key, to=each.email, subject="Renewed", text="Renewed.")
    client.post(end_address(mine), {"List-Unsubscribe": "One-Click"})
    assert Mail.objects.waiting().get().recipient == "theo@reader.example"


@pytest.mark.parametrize("token", ["x", "1:x:y", "1"])
def test_a_forged_token_leads_nowhere_and_one_purposes_token_serves_no_other(client, show, token):
    follow = make_follow(show, confirmed_at=None)
    swapped = [
        f"/follows/confirm/{mail_token('unsubscribe', follow.pk)}/",
        f"/follows/unsubscribe/{mail_token('confirm', follow.pk)}/",
    ]
    for address in (f"/follows/confirm/{token}/", f"/follows/unsubscribe/{token}/", *swapped):
        assert client.get(address).status_code == 404
        assert client.post(address, {"List-Unsubscribe": "One-Click"}, headers=OURS).status_code == 404
    assert not Follow.objects.confirmed().exists() and Follow.objects.exists()


def test_the_feed_of_a_show_has_its_decisions_and_nothing_else(client, show):
    make_decision(show)
    make_decision(make_show("Zeta"), "renewed")
    feed = client.get("/shows/the-imperfects/decisions/feed/").content.decode()
    assert "Netflix cancels The Imperfects" in feed and "Zeta" not in feed
    assert "Cold Open: The Imperfects (2022, Netflix): decisions" in feed
    assert client.get("/shows/none/decisions/feed/").status_code == 404
