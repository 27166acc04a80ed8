"""A session with the password alone opens nothing, wherever it knocks; and what a required factor asks."""

import pytest
from django.contrib.auth.models import User
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from logins import devices
from tests.conftest import PASSWORD
from tests.factories import publish_article
from tests.phones import MOMENT, SET_UP, code_of, give_phone, log_in, secret_on, signed_on

pytestmark = pytest.mark.django_db
# Where somebody half way in may go: the doors themselves.
DOORS = {
    "/admin/login/",
    "/admin/logout/",
    "/admin/second-factor/check/",
    "/admin/second-factor/check/recovery/",
}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MOMENT, tick=False)


def admin_addresses():
    """Every address under /admin/ that the URL map knows, with 1 for whatever it takes."""
    found = set()

    def walk(patterns, names):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found.add((":".join([*names, pattern.name]) if pattern.name else None, pattern))
            else:
                walk(pattern.url_patterns, [*names, pattern.namespace] if pattern.namespace else names)

    walk(get_resolver().url_patterns, [])
    for name, pattern in found:
        arguments = dict.fromkeys(pattern.pattern.converters, "1")
        try:
            address = reverse(name, kwargs=arguments) if name else None
        except NoReverseMatch:
            continue
        if address and address.startswith("/admin/") and "password_reset" not in address:
            yield address


def test_the_password_alone_opens_no_address_of_the_newsroom(client, administrator):
    publish_article()
    give_phone(administrator)
    log_in(client, administrator)
    addresses = set(admin_addresses()) - DOORS
    assert len(addresses) > 100
    for address in sorted(addresses):
        for response in (client.get(address), client.post(address, {})):
            leads_to_the_door = response.status_code == 302 and response.url.startswith(
                ("/admin/login/", "/admin/second-factor/check/")
            )
            assert leads_to_the_door or response.status_code in (404, 405), (address, response.status_code)


def test_the_password_alone_changes_no_password_and_gets_no_edit_link(client, administrator):
    article = publish_article()
    give_phone(administrator)
    log_in(client, administrator)
    new = "a much newer horse battery"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post("/admin/password_change/", typed)
    assert User.objects.get(pk=administrator.pk).check_password(PASSWORD)
    assert client.get(f"/newsroom/edit-link/?path={article.get_absolute_url()}").status_code == 204


def test_where_it_is_optional_nobody_is_asked_who_has_none(client, editor):
    assert log_in(client, editor).url == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR = "required"


def test_where_it_is_required_whoever_has_none_is_led_to_setting_it_up(client, editor, required):
    answer = log_in(client, editor, next="/admin/articles/article/")
    assert answer.url == f"{SET_UP}?next=%2Fadmin%2Farticles%2Farticle%2F"
    page = client.get(answer.url).content.decode()
    assert "asks everybody for a second factor" in page
    typed = {"secret": signed_on(page), "code": code_of(secret_on(page)), "next": "/admin/articles/article/"}
    page = client.post(SET_UP, typed).content.decode()
    assert 'href="/admin/articles/article/"' in page
    assert client.get("/admin/articles/article/").status_code == 200


def test_where_it_is_required_nothing_is_open_before_but_the_password_and_the_way_out(
    client, administrator, required
):
    log_in(client, administrator)
    still_open = DOORS | {SET_UP, "/admin/password_change/", "/admin/password_change/done/"}
    for address in sorted(set(admin_addresses()) - still_open):
        response = client.get(address)
        is_closed = response.status_code in (404, 405) or "/admin/login/" in response.get("Location", "")
        assert is_closed, (address, response.status_code)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(SET_UP)
    assert client.get("/admin/password_change/").status_code == 200
    assert client.post("/admin/logout/").status_code == 200


def test_where_it_is_required_it_cannot_be_turned_off(client, editor, required, time_machine):
    key, _codes = give_phone(editor)
    time_machine.shift(60)
    log_in(client, editor)
    client.post("/admin/second-factor/check/", {"code": code_of(key)})
    assert "cannot be turned off" in client.get("/admin/second-factor/").content.decode()
    time_machine.shift(60)
    client.post("/admin/second-factor/turn-off/", {"code": code_of(key)})
    assert devices.has_phone(editor)


def test_a_password_reset_by_mail_leaves_the_second_factor_on(editor):
    give_phone(editor)
    editor.set_password("a much newer horse battery")
    editor.save()
    assert devices.has_phone(User.objects.get(pk=editor.pk))


@pytest.mark.parametrize(
    "address", ["", "set-up/", "recovery-codes/", "turn-off/", "check/", "check/recovery/"]
)
def test_nobody_who_is_not_logged_in_sees_a_page_of_it(client, db, address):
    response = client.get(f"/admin/second-factor/{address}", follow=True)
    assert response.redirect_chain[-1][0].startswith("/admin/login/")
