"""How the site runs: health, the request log, limits, the throttled door, a forgotten password."""

import logging
import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from comments.tokens import mail_token
from config.wsgi import application, speaking_utf8
from operations import health
from operations.request_log import LineFormatter
from operations.throttle import client_address

LOGIN = "/admin/login/"


# Health.


def test_a_site_in_order_is_ready(client, db):
    response = client.get("/health/")
    assert response.status_code == 200
    well = ("ready", "database", "migrations", "triggers", "worker")
    assert response.json() == dict.fromkeys(well, True)
    assert "no-store" in response["Cache-Control"]


def test_a_site_without_its_last_migration_is_not_ready(client, db):
    app, name = max(health.wanted_migrations())
    MigrationRecorder(connection).record_unapplied(app, name)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": True, "migrations": False, "triggers": True}


def test_a_silent_database_is_told_without_its_name(client, db, monkeypatch, caplog):
    def fail(recorder):
        raise OperationalError("connection to db.internal as cliffhanger failed")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", fail)
    response = client.get("/health/")
    assert response.status_code == 503
    assert "internal" not in response.text + caplog.text


# The request log.


@pytest.fixture
def log():
    """What the site writes to stderr meanwhile, line by line, as it is written."""
    lines = []

    class Keeper(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(LineFormatter())
    loggers = [logging.getLogger(name) for name in ("operations.requests", "django", "axes")]
    for logger in loggers:
        logger.addHandler(keeper)
    yield lines
    for logger in loggers:
        logger.removeHandler(keeper)


def answer(request, token=""):
    return HttpResponse("well")


def fail(request):
    raise ValueError("no room for zoe@example.org")


def give_up(request):
    return HttpResponse("not now", status=503)


urlpatterns = [
    path("well/", answer),
    path("held/<token>/", answer),
    path("fail/", fail),
    path("give-up/", give_up),
    path("", include("config.urls")),
]


@pytest.fixture
def own_pages(settings):
    settings.ROOT_URLCONF = __name__


def test_a_request_is_one_line_with_its_id(client, log, own_pages):
    response = client.get("/well/")
    (line,) = log
    assert re.fullmatch(rf"\S+ INFO {response['X-Request-ID']} GET /well/ 200 \d+ ms", line)


def test_the_log_keeps_quiet_about_who_asked_and_what_for(client, db, log, own_pages):
    client.get("/well/?q=secret", REMOTE_ADDR="192.0.2.7", HTTP_REFERER="http://testserver/?from=secret")
    client.get("/zoe@example.org/")
    client.get("/held/let-me-in/")
    written = "\n".join(log)
    for kept_back in ("secret", "192.0.2.7", "zoe@example.org", "let-me-in"):
        assert kept_back not in written
    assert "/held/***/" in written


@pytest.mark.parametrize("around", ["/held/{}", "/held//{}/", "/held/{}/)", "/nowhere/{}", "/held/{}/?a=b"])
def test_an_address_that_a_mail_program_mangled_tells_no_token_to_the_log(client, db, log, own_pages, around):
    token = mail_token("your-data", "comment.17.0123456789abcdef")
    client.get(around.format(token), headers={"host": "elsewhere.example"})
    client.get(around.format(token))
    client.post(around.format(token), CONTENT_LENGTH="99999999999")
    assert len(log) >= 3
    assert "0123456789abcdef" not in "\n".join(log)


def test_a_path_cannot_forge_a_line(client, db, log, own_pages):
    client.get("/well%0AERROR%20forged/")
    assert len(log) == 1
    assert "\n" not in log[0]


def test_an_error_is_logged_with_its_traceback_and_the_same_id(log, own_pages):
    response = Client(raise_request_exception=False).get("/fail/")
    assert response.status_code == 500
    report, line = log
    assert f"ERROR {response['X-Request-ID']} " in report
    assert f"INFO {response['X-Request-ID']} GET /fail/ 500 " in line
    assert "Traceback" in report
    assert "zoe@example.org" not in report


def test_an_error_without_an_exception_has_its_id_too(client, log, own_pages):
    response = client.get("/give-up/")
    assert all(f" {response['X-Request-ID']} " in line for line in log)
    assert len(log) == 2


def test_only_a_trusted_proxy_may_give_the_id(client, own_pages, settings):
    given = {"X-Request-ID": "from-the-proxy-1"}
    assert client.get("/well/", headers=given)["X-Request-ID"] != "from-the-proxy-1"
    settings.TRUST_PROXY = True
    assert client.get("/well/", headers=given)["X-Request-ID"] == "from-the-proxy-1"
    assert client.get("/well/", headers={"X-Request-ID": "no such id!"})["X-Request-ID"] != "no such id!"


def test_only_a_trusted_proxy_tells_the_address(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"}, REMOTE_ADDR="127.0.0.1")
    assert client_address(request) == "127.0.0.1"
    settings.TRUST_PROXY = True
    assert client_address(request) == "198.51.100.4", "what stands before it, the visitor may have written"


# Limits.


def test_a_body_larger_than_any_picture_is_refused_unread(client, settings, own_pages):
    settings.REQUEST_BODY_MAX_SIZE = 2 * 1024 * 1024
    response = client.post("/well/", b"x" * (2 * 1024 * 1024 + 1), content_type="application/octet-stream")
    assert response.status_code == 413
    assert "2 MB" in response.text


# The door of the newsroom.


@pytest.fixture
def throttled(settings, db):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    User.objects.create_user("zoe", password="right", is_staff=True)


def log_in(client, username="zoe", password="wrong", address="192.0.2.7"):
    return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)


def test_too_many_wrong_passwords_for_one_user_close_the_door(client, throttled, time_machine):
    time_machine.move_to("2026-05-03 10:00Z", tick=False)
    answers = [log_in(client, address=f"192.0.2.{number}").status_code for number in range(3)]
    assert answers == [200, 200, 429]
    refused = log_in(client, password="right", address="192.0.2.99")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    assert "zoe" not in refused.text

    time_machine.shift(901)
    assert log_in(client, password="right").status_code == 302


def test_too_many_wrong_passwords_from_one_address_close_the_door(client, throttled):
    answers = [log_in(client, username=f"nobody-{number}").status_code for number in range(3)]
    assert answers == [200, 200, 429]
    assert log_in(client, password="right").status_code == 429
    assert log_in(client, password="right", address="198.51.100.4").status_code == 302


def test_knocking_on_a_closed_door_does_not_keep_it_closed(client, throttled, time_machine):
    time_machine.move_to("2026-05-03 10:00Z", tick=False)
    for _ in range(3):
        log_in(client)
    time_machine.shift(600)
    assert log_in(client).status_code == 429
    time_machine.shift(301)
    assert log_in(client, password="right").status_code == 302


def test_the_log_names_nobody_who_was_refused(client, throttled, log):
    for _ in range(4):
        log_in(client, username="zoe.mueller")
    written = "\n".join(log)
    assert "Locking out a visitor" in written
    assert "mueller" not in written
    assert "192.0.2.7" not in written


# A forgotten password.


def test_a_forgotten_password_is_set_anew_by_mail(client, db, settings):
    settings.SITE_URL = "https://news.example.org"
    User.objects.create_user("zoe", "zoe@example.org", "forgotten")
    asked = client.post("/admin/password_reset/", {"email": "zoe@example.org"}, headers={"Host": "localhost"})
    assert asked.status_code == 302

    (letter,) = mail.outbox
    (link,) = [word for word in letter.body.split() if word.startswith("http")]
    assert link.startswith("https://news.example.org/admin/password_reset/")
    form = client.get(link.removeprefix("https://news.example.org"), follow=True)
    new = {"new_password1": "a better one 7", "new_password2": "a better one 7"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert done.status_code == 200
    assert client.login(username="zoe", password="a better one 7")


def test_nobody_learns_who_has_an_account(client, db):
    answer = client.post("/admin/password_reset/", {"email": "nobody@example.org"})
    assert (answer.status_code, mail.outbox) == (302, [])


@pytest.mark.parametrize("page", ["", "sent/", "complete/", "MQ/no-such-token/"])
def test_the_pages_of_a_forgotten_password_obey_the_newsrooms_policy(client, db, page):
    response = client.get(f"/admin/password_reset/{page}")
    assert response.status_code == 200
    assert "'unsafe" not in response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("charset", ["rot13", "undefined", "idna", "utf-16", '"utf-8"'])
def test_a_request_that_claims_an_odd_charset_is_read_as_utf_8(charset):
    environ = {
        **RequestFactory()._base_environ(PATH_INFO="/shows/", QUERY_STRING="status=%E2%82%AC"),
        "CONTENT_TYPE": f"text/plain; Charset={charset}; boundary=x",
    }
    request = speaking_utf8(lambda environ, start_response: WSGIRequest(environ))(environ, None)
    assert request.GET["status"] == "€"
    assert request.content_params == {"boundary": "x"}
    assert application.__qualname__.startswith("speaking_utf8")  # so does what granian serves
