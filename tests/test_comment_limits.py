"""Too many comments, comments sent again, and where they come from."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments.models import Ban, Comment, CommentPolicy
from comments.proxies import all_come_from_one
from comments.words import WordList, searchable
from config.environment import networks
from tests.factories import publish_article
from tests.factories_comments import make_comment, post_comment
from visitors.networks import Network, client_address


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2022-11-10T12:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def article(db, clock):
    return publish_article(at=timezone.now() - timedelta(days=1))


def test_a_second_comment_within_fifteen_seconds_is_refused_with_its_text(client, article, clock):
    post_comment(client, article)
    clock.shift(timedelta(seconds=10))
    response = post_comment(client, article, comment="One more thing.", email="MARA@reader.example")
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (429, "5")
    assert "Please wait 5 seconds" in page and "One more thing." in page
    clock.shift(timedelta(seconds=5))
    assert post_comment(client, article, comment="One more thing.").status_code == 303


def test_a_repetition_is_never_too_many(client, article):
    first, again = post_comment(client, article), post_comment(client, article)
    assert again.status_code == 303 and again["Location"] == first["Location"]


def test_ten_an_hour_are_enough_for_one_reader(client, article, clock):
    for number in range(10):
        assert post_comment(client, article, comment=f"Thought {number}").status_code == 303
        clock.shift(timedelta(minutes=1))
    response = post_comment(client, article, comment="An eleventh.")
    assert (response.status_code, response["Retry-After"]) == (429, str(50 * 60))
    assert "in 50 minutes" in response.content.decode()
    clock.shift(timedelta(minutes=50))
    assert post_comment(client, article, comment="An eleventh.").status_code == 303


def test_one_network_has_a_limit_also_across_midnight(client, article, clock):
    CommentPolicy(posts_an_hour=2).save()
    clock.move_to("2022-11-10T23:59:00Z", tick=False)
    for number in range(2):
        post_comment(client, article, email=f"r{number}@reader.example")
        clock.shift(timedelta(minutes=2))
    assert post_comment(client, article, email="r2@reader.example").status_code == 429
    assert Comment.objects.count() == 2


# Where they come from.


def request_of(rf, chain, peer="10.0.0.1"):
    return rf.get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": chain})


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("203.0.113.9:4711,10.0.0.2", "203.0.113.9"),
        ("[2001:db8::1]:80", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("", "10.0.0.1"),
        ("<script>", None),
        ("203.0.113.9, unknown", None),
        ("fe80::1%<script>", "fe80::1"),
    ],
)
def test_the_chain_is_read_from_its_end_past_our_proxies(rf, settings, chain, address):
    settings.TRUSTED_PROXIES = networks("10.0.0.0/8, ::1")
    assert client_address(request_of(rf, chain)) == address


def test_nobody_else_may_say_where_they_come_from(rf, settings):
    settings.TRUSTED_PROXIES = networks("10.0.0.0/8")
    assert client_address(request_of(rf, "1.1.1.1", peer="198.51.100.4")) == "198.51.100.4"


def test_garbage_in_the_chain_is_no_error(client, article, settings):
    settings.TRUST_PROXY = True
    headers = {"sec-fetch-site": "same-origin", "x-forwarded-for": "1.2.3.999, \x7f é" + "9" * 5000}
    assert post_comment(client, article, origin_headers=headers).status_code == 303
    assert Comment.objects.get().address is None


def test_a_network_has_another_key_every_day_and_one_for_an_ipv6_household(clock):
    today = Network("2001:db8::1").keys[0]
    assert Network("2001:db8::ffff").keys[0] == today != Network("2001:db8:0:1::1").keys[0]
    clock.shift(timedelta(days=1))
    assert Network("2001:db8::1").keys[1] == today


def test_the_newsroom_asks_about_a_proxy_where_all_come_from_one_network(article, at_desk, moderator):
    for _ in range(20):
        make_comment(article, address_key="a" * 32)
    assert "TRUSTED_PROXIES" in at_desk(moderator).get("/admin/").content.decode()
    make_comment(article, address_key="b" * 32)
    assert not all_come_from_one()


def test_of_very_many_comments_only_the_newest_are_asked_where_they_come_from(article):
    for _ in range(20):
        make_comment(article, address_key="a" * 32)
    assert all_come_from_one()
    for _ in range(60):
        make_comment(article, address_key="")
    assert not all_come_from_one()


# Words.


@given(st.lists(st.text("abcé<>& ", min_size=2, max_size=4), max_size=5), st.text("abcé<>& ", max_size=60))
def test_words_are_found_exactly_where_a_plain_search_finds_them(words, text):
    words = [" ".join(word.split()) for word in words]
    texts = searchable(text)
    found = WordList("\n".join(words)).found_in(texts)
    wanted = [word for word in words if len(word) > 1 and any(word in one for one in texts)]
    assert bool(found) == bool(wanted) and set(found) <= set(wanted)


@pytest.mark.parametrize(
    "hidden",
    [
        "CASINO",
        "ca\u200bsi\u00adno",
        "ｃａｓｉｎｏ",
        "ca<b>si</b>no",
        "&#99;asino",
        '<a href="http://casino.x">',
    ],
)
def test_no_disguise_hides_a_word(hidden):
    assert WordList("casino").found_in(searchable(f"My {hidden} here")) == ["casino"]


def test_a_short_word_in_wide_letters_is_not_found_in_everything():
    assert not WordList("ｅr").found_in(searchable("for readers"))
    assert WordList("ｅr").found_in(searchable("viewｅrs"))


# The pages of the owner.


def policy_form(**fields):
    empty = CommentPolicy()
    typed = {field.name: getattr(empty, field.name) for field in CommentPolicy._meta.fields if field.editable}
    return {name: value for name, value in (typed | fields).items() if value not in (None, False)}


def test_the_rules_are_kept_and_their_words_counted(at_desk, moderator):
    desk = at_desk(moderator)
    response = desk.post(
        "/admin/comments/commentpolicy/add/", policy_form(disallowed_words="a b\n\n  c  d \n")
    )
    assert response.status_code == 302
    assert CommentPolicy.current().disallowed_words == "a b\nc d"
    page = desk.get("/admin/comments/commentpolicy/", follow=True).content.decode()
    assert "2 words now." in page


def test_a_word_of_one_character_is_refused_by_its_line(at_desk, moderator):
    desk = at_desk(moderator)
    page = desk.post("/admin/comments/commentpolicy/add/", policy_form(moderation_words="ab\n\nx"))
    assert "Line 3 is too short" in page.content.decode()
    assert not CommentPolicy.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Me@Spam.Example", ("email", "me@spam.example")),
        ("@Spam.Example", ("domain", "spam.example")),
    ],
)
def test_a_ban_is_of_an_address_or_a_domain(at_desk, moderator, typed, kept):
    at_desk(moderator).post("/admin/comments/ban/add/", {"value": typed, "until": "", "why": "Spam"})
    ban = Ban.objects.get()
    assert ((ban.kind, ban.value), ban.created_by) == (kept, moderator)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "no such thing"}, "Enter an email address"),
        ({"value": "a@"}, "Enter an email address"),
        ({"value": "spam.example", "until": "2020-01-01"}, "This day is over."),
        ({"value": "BANNED.example"}, "already exists"),
    ],
)
def test_a_wrong_ban_is_refused_in_words(at_desk, moderator, typed, told):
    Ban.objects.create(kind="domain", value="banned.example")
    page = at_desk(moderator).post("/admin/comments/ban/add/", typed).content.decode()
    assert told in page and Ban.objects.count() == 1


def test_bans_in_force_and_ended_are_told_apart(at_desk, moderator):
    Ban.objects.create(kind="domain", value="old.example", until=timezone.localdate() - timedelta(days=1))
    Ban.objects.create(kind="domain", value="new.example", until=timezone.localdate())
    desk = at_desk(moderator)
    in_force = desk.get("/admin/comments/ban/?state=in-force").content.decode()
    ended = desk.get("/admin/comments/ban/?state=ended").content.decode()
    assert "new.example" in in_force and "old.example" not in in_force
    assert "old.example" in ended and "new.example" not in ended


def test_the_scripts_token_is_kept_by_nobody(client, article):
    response = client.get(f"{article.get_absolute_url()}comments/token/")
    assert response.json()["token"] and response["Cache-Control"] == "no-store"
    assert client.get("/articles/never-was/comments/token/").status_code == 404
