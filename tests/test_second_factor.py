"""The second factor: set up, asked for after the password, lost, replaced, turned off."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from logbook.models import Entry
from logins import devices
from tests.phones import MOMENT, SET_UP, code_of, codes_on, give_phone, log_in, secret_on, signed_on

pytestmark = pytest.mark.django_db
CHECK = "/admin/second-factor/check/"
RECOVERY = f"{CHECK}recovery/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MOMENT, tick=False)
    return time_machine


def later(clock, **lapse):
    clock.shift(timedelta(**lapse))


def is_in(client):
    return client.get("/admin/").status_code == 200


def set_up_by_hand(desk):
    """Go through the page as a person with a phone does; the secret, and the page with the codes."""
    page = desk.get(SET_UP).content.decode()
    key = secret_on(page)
    answer = desk.post(SET_UP, {"secret": signed_on(page), "code": code_of(key)})
    return key, answer.content.decode()


# Setting it up.


def test_a_phone_is_set_up_by_its_picture_and_one_code(at_desk, editor):
    desk = at_desk(editor)
    page = desk.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml' in page and "style=" not in page
    assert not TOTPDevice.objects.exists(), "looking at the page changes nothing"
    _key, page = set_up_by_hand(desk)
    assert len(set(codes_on(page))) == 10
    assert is_in(desk)
    assert "10 recovery codes are left" in desk.get("/admin/second-factor/").content.decode()
    assert Entry.objects.about(editor).get().detail == "Set up a second factor."


def test_the_page_with_the_codes_is_kept_by_nobody_and_offers_them_as_a_file(at_desk, editor):
    desk = at_desk(editor)
    page = desk.get(SET_UP).content.decode()
    answer = desk.post(SET_UP, {"secret": signed_on(page), "code": code_of(secret_on(page))})
    assert "no-store" in answer["Cache-Control"] and "'nonce-" in answer["Content-Security-Policy"]
    page = answer.content.decode()
    file = unquote(re.search(r'href="data:text/plain;charset=utf-8,([^"]+)"', page).group(1))
    assert set(codes_on(page)) <= set(file.splitlines())


def test_recovery_codes_are_not_stored_as_they_are(at_desk, editor):
    _key, page = set_up_by_hand(at_desk(editor))
    stored = set(StaticToken.objects.values_list("token", flat=True))
    plain = {variant for code in codes_on(page) for variant in (code, code.replace("-", ""))}
    assert len(stored) == 10 and not stored & plain


def test_a_wrong_code_sets_nothing_up_and_keeps_the_picture(at_desk, editor):
    desk = at_desk(editor)
    page = desk.get(SET_UP).content.decode()
    answer = desk.post(SET_UP, {"secret": signed_on(page), "code": "000000"}).content.decode()
    assert "That code was not right" in answer and secret_on(answer) == secret_on(page)
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("secret", ["", "forged:secret", "\0", "x" * 5000])
def test_a_forged_or_old_secret_is_replaced_by_a_new_one(at_desk, editor, secret):
    answer = at_desk(editor).post(SET_UP, {"secret": secret, "code": "123456"}, follow=True)
    assert answer.status_code == 200 and "open for too long" in answer.content.decode()
    assert not TOTPDevice.objects.exists()


def test_a_secret_given_to_somebody_else_is_not_taken(at_desk, editor, writer):
    page = at_desk(writer).get(SET_UP).content.decode()
    at_desk(editor).post(SET_UP, {"secret": signed_on(page), "code": code_of(secret_on(page))})
    assert not TOTPDevice.objects.exists()


# The second step.


def test_after_the_password_the_code_is_asked_for_and_leads_to_where_one_was_going(client, editor, clock):
    key, _codes = give_phone(editor)
    answer = log_in(client, editor, next="/admin/articles/article/")
    assert answer.url == f"{CHECK}?next=%2Fadmin%2Farticles%2Farticle%2F"
    assert "six digits" in client.get(answer.url).content.decode()
    assert not is_in(client)
    later(clock, minutes=1)
    answer = client.post(answer.url, {"code": code_of(key), "next": "/admin/articles/article/"})
    assert answer.url == "/admin/articles/article/" and is_in(client)


def test_the_session_has_a_new_key_after_the_second_step(client, editor, clock):
    key, _codes = give_phone(editor)
    log_in(client, editor)
    before = client.session.session_key
    later(clock, minutes=1)
    client.post(CHECK, {"code": code_of(key)})
    assert client.session.session_key != before


def test_the_second_step_never_leads_to_another_site(client, editor, clock):
    key, _codes = give_phone(editor)
    log_in(client, editor, next="https://evil.example/")
    later(clock, minutes=1)
    assert client.post(CHECK, {"code": code_of(key), "next": "//evil.example/"}).url == "/admin/"


def test_a_code_lets_nobody_in_twice(client, editor, clock, at_desk):
    key, _codes = give_phone(editor)
    later(clock, minutes=1)
    code = code_of(key)
    log_in(client, editor)
    client.post(CHECK, {"code": code})
    second = at_desk(editor)
    assert "not right" in second.post(CHECK, {"code": code}).content.decode()
    assert is_in(client) and not is_in(second)


def test_whoever_guesses_codes_waits_longer_each_time(client, editor, clock):
    key, _codes = give_phone(editor)
    log_in(client, editor)
    for _ in range(6):
        client.post(CHECK, {"code": "000000"})
        later(clock, seconds=60)
    later(clock, seconds=-55)
    page = client.post(CHECK, {"code": code_of(key)}).content.decode()
    assert "Too many wrong codes" in page and not is_in(client), "not even the right one is looked at"
    later(clock, seconds=60)
    client.post(CHECK, {"code": code_of(key)})
    assert is_in(client)


def test_wrong_codes_close_the_door_as_wrong_passwords_do(client, editor, clock, settings):
    settings.AXES_ENABLED = True
    give_phone(editor)
    log_in(client, editor)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(CHECK, {"code": "000000"})
    assert answer.status_code == 429
    assert client.post(CHECK, {"code": "000000"}).status_code == 429


@pytest.mark.parametrize("code", ["", "x", "１２３４５６", "9" * 40, "9" * 5000, "\0", "-1", "1e5"])
@pytest.mark.parametrize("address", [CHECK, RECOVERY])
def test_odd_codes_are_answered_with_a_sentence(client, editor, address, code):
    give_phone(editor)
    log_in(client, editor)
    answer = client.post(address, {"code": code})
    assert answer.status_code == 200 and "errorlist" in answer.content.decode()


def test_somebody_who_stopped_half_way_may_log_in_as_somebody_else(client, editor, writer):
    give_phone(editor)
    log_in(client, editor)
    assert client.get("/admin/login/").url.startswith(CHECK), "the password is not asked for twice"
    assert "Logged out" in client.post("/admin/logout/").content.decode()
    log_in(client, writer)
    assert is_in(client)


def test_other_sessions_with_the_password_alone_are_closed_when_it_is_turned_on(at_desk, editor):
    other, desk = at_desk(editor), at_desk(editor)
    assert is_in(other)
    set_up_by_hand(desk)
    assert is_in(desk) and not is_in(other)


# Recovery codes.


def test_a_recovery_code_lets_in_once_and_says_how_many_are_left(client, editor, at_desk):
    _key, codes = give_phone(editor)
    log_in(client, editor)
    answer = client.post(RECOVERY, {"code": codes[3].upper().replace("-", " ")}, follow=True)
    assert "9 recovery codes are left" in answer.content.decode() and is_in(client)
    second = at_desk(editor)
    second.post(RECOVERY, {"code": codes[3]})
    assert not is_in(second)


def test_nobody_uses_the_codes_of_somebody_else(client, editor, writer):
    give_phone(writer)
    _key, codes = give_phone(editor)
    log_in(client, writer)
    client.post(RECOVERY, {"code": codes[0]})
    assert not is_in(client)


def test_new_codes_take_the_place_of_the_old_ones(at_desk, editor, client, clock):
    desk = at_desk(editor)
    key, page = set_up_by_hand(desk)
    later(clock, minutes=1)
    address = "/admin/second-factor/recovery-codes/"
    assert not codes_on(desk.post(address, {"code": "000000"}).content.decode())
    later(clock, minutes=1)
    new = codes_on(desk.post(address, {"code": code_of(key)}).content.decode())
    assert len(new) == 10 and is_in(desk)
    log_in(client, editor)
    client.post(RECOVERY, {"code": codes_on(page)[0]})
    assert not is_in(client)
    later(clock, minutes=1)
    client.post(RECOVERY, {"code": new[0]})
    assert is_in(client)


# Another phone, none at all, and losing it.


def test_it_moves_to_another_phone_only_with_a_code_of_the_present_one(at_desk, editor, clock):
    desk = at_desk(editor)
    old, _page = set_up_by_hand(desk)
    later(clock, minutes=1)
    shown = desk.get(SET_UP).content.decode()
    typed = {"secret": signed_on(shown), "code": code_of(secret_on(shown))}
    desk.post(SET_UP, typed)
    desk.post(SET_UP, typed | {"present": "000000"})
    assert TOTPDevice.objects.get().key == old
    later(clock, minutes=1)
    typed |= {"code": code_of(secret_on(shown)), "present": code_of(old)}
    assert codes_on(desk.post(SET_UP, typed).content.decode())
    assert TOTPDevice.objects.get().key == secret_on(shown) and is_in(desk)


def test_it_is_turned_off_with_a_code(at_desk, editor, client, clock):
    desk = at_desk(editor)
    key, _page = set_up_by_hand(desk)
    later(clock, minutes=1)
    desk.post("/admin/second-factor/turn-off/", {"code": "000000"})
    assert devices.has_phone(editor)
    later(clock, minutes=1)
    desk.post("/admin/second-factor/turn-off/", {"code": code_of(key)})
    assert not devices.has_phone(editor) and not StaticToken.objects.exists()
    log_in(client, editor)
    assert is_in(client)


def test_an_administrator_resets_the_factor_of_who_lost_phone_and_codes(
    at_desk, administrator, editor, client
):
    give_phone(editor)
    desk = at_desk(administrator)
    address = f"/admin/auth/user/{editor.pk}/reset-second-factor/"
    assert address in desk.get(f"/admin/auth/user/{editor.pk}/change/").content.decode()
    assert desk.get(address).status_code == 200 and devices.has_phone(editor), "a visit changes nothing"
    desk.post(address)
    log_in(client, editor)
    assert is_in(client)
    line = Entry.objects.about(editor).get()
    assert (line.actor, line.detail) == (administrator, "Second factor reset.")


def test_nobody_else_resets_it(at_desk, editor, administrator):
    give_phone(administrator)
    address = f"/admin/auth/user/{administrator.pk}/reset-second-factor/"
    assert at_desk(editor).post(address).status_code == 403
    assert at_desk(editor).get("/admin/auth/user/none/reset-second-factor/").status_code in (403, 404)
    assert devices.has_phone(administrator)


def test_the_command_resets_it_where_nobody_else_can(administrator, capsys):
    give_phone(administrator)
    call_command("reset_second_factor", "admin")
    assert not devices.has_phone(administrator)
    assert Entry.objects.about(administrator).get().actor is None
    for name in ("admin", "nobody"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", name)
