"""The newsroom's door: logging in and out, and a new password by mail."""

import re

import pytest
from django.contrib.auth.models import User

from articles.models import Publication
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def publication():
    return Publication.objects.create(name="The Daily Finale")


def test_somebody_who_is_not_logged_in_is_asked_to_and_led_on(client, editor):
    response = client.get("/admin/articles/article/", follow=True)
    page = response.content.decode()
    assert "Log in" in page and "<b>The Daily Finale</b> newsroom" in page
    response = client.post(
        "/admin/login/?next=/admin/articles/article/",
        {"username": "editor", "password": PASSWORD, "next": "/admin/articles/article/"},
    )
    assert response.url == "/admin/articles/article/"


def test_a_wrong_password_is_said_once_and_the_name_is_kept(client, editor):
    page = client.post("/admin/login/", {"username": "editor", "password": "wrong"}).content.decode()
    assert page.count("Please enter the correct") == 1
    assert 'value="editor"' in page


def test_login_never_leads_to_another_site(client, editor):
    form = {"username": "editor", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/admin/login/", form).url == "/admin/"


def test_who_is_no_staff_is_told_so(client, db):
    User.objects.create_user("reader", password=PASSWORD)
    page = client.post("/admin/login/", {"username": "reader", "password": PASSWORD}).content.decode()
    assert "Please enter the correct" in page


def test_logging_out_says_that_what_was_saved_is_kept(at_desk, editor):
    desk = at_desk(editor)
    page = desk.post("/admin/logout/").content.decode()
    assert "What you saved is kept." in page and "logged-out" in page
    assert desk.get("/admin/").status_code == 302


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(client, editor, mailoutbox, settings):
    settings.SITE_URL = "https://news.example"
    page = client.get("/admin/login/").content.decode()
    client.get(re.search(r'href="(/admin/password_reset/)"', page).group(1))
    response = client.post("/admin/password_reset/", {"email": "editor@example.com"}, follow=True)
    assert "Look into your mail" in response.content.decode()
    link = re.search(r"https://news\.example(/\S+)", mailoutbox[0].body).group(1)
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    new = "a much newer horse battery"
    response = client.post(
        form.request["PATH_INFO"], {"new_password1": new, "new_password2": new}, follow=True
    )
    assert "Your new password is set" in response.content.decode()
    assert client.login(username="editor", password=new) or User.objects.get(
        username="editor"
    ).check_password(new)
    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_asking_for_an_unknown_address_answers_the_same_and_sends_nothing(client, mailoutbox):
    response = client.post("/admin/password_reset/", {"email": "nobody@example.com"}, follow=True)
    assert "Look into your mail" in response.content.decode()
    assert not mailoutbox


@pytest.mark.parametrize(
    "url",
    [
        "/admin/login/",
        "/admin/password_reset/",
        "/admin/password_reset/sent/",
        "/admin/password_reset/complete/",
    ],
)
def test_the_pages_at_the_door_have_the_newsrooms_policy(client, url):
    policy = client.get(url)["Content-Security-Policy"]
    assert "'nonce-" in policy and "unsafe" not in policy
