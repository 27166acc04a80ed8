"""Settings are read strictly: each test runs `manage.py` in a process and with an environment of its own."""

import os
import re
import sqlite3
from pathlib import Path

import pytest

from tests.starting import Starter

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "ENV_FILE": str(ROOT / "docs" / "production.env"),
    "SECRET_KEY": "long and of many different letters, 1234567890, made for this test alone",
}


@pytest.fixture(scope="module", autouse=True)
def starter():
    """A process that has Django at hand and no settings."""
    with Starter() as starter:
        yield starter


@pytest.fixture
def manage(starter):
    """A function that runs manage.py with these settings and no others."""
    return lambda *arguments, **settings: starter.run("manage.py", *arguments, environment=only(settings))


@pytest.fixture
def value_of(starter):
    """A function that gives what an expression about the settings says where these are set and no others."""

    def value_of(expression, **settings):
        code = f"from django.conf import settings; print(({expression}))"
        environment = only({"DJANGO_SETTINGS_MODULE": "config.settings", **settings})
        done = starter.run("-c", code, environment=environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return value_of


def only(settings):
    return {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **settings}


def test_with_nothing_set_it_is_a_development_site_for_this_machine_alone(value_of, tmp_path):
    assert value_of("settings.DEBUG, settings.ALLOWED_HOSTS", VAR_DIR=str(tmp_path)) == (
        "(True, ['localhost', '127.0.0.1', '[::1]'])"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("ALLOWED_HOSTS", "https://example.org"),
        ("SITE_URL", "example.org"),
        ("SITE_URL", "https://example.org/news"),
        ("SITE_URL", "ftp://example.org"),
        ("SITE_URL", "https://example.org:port"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("DATABASE_URL", "oracle://example.org/news"),
        ("DATABASE_URL", "postgresql://user:p@ss/word@example.org:x/news"),
        ("DATABASE_URL", "postgresql://example.org"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_URL", "smtp://mail.example.org?ssl=yes"),
        ("DEFAULT_FROM_EMAIL", "nobody"),
        ("TRUST_PROXY", "2"),
        ("HSTS_SECONDS", "-1"),
        ("PAGE_STORE_MB", "1.5"),
        ("PAGE_STORE_REUSE_MS", "251"),
        ("DEBUG", ""),
        ("SECOND_FACTOR", "always"),
        ("PUBLIC_CSP_EXTRA", "script-src 'unsafe-inline'"),
        ("OWN_TEMPLATES", "/no/such/folder"),
        ("MEDIA_STORAGE", "cloud"),
        ("MEDIA_URL", "media.example.org"),
        ("MEDIA_URL", "https://media.example.org/?; script-src *"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence_that_names_the_setting(manage, name, value):
    done = manage("check", **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"The setting {name} is wrong: ")
    assert done.stderr.count("\n") == 1, "a sentence, no traceback"


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("SECRET_KEY", {"ALLOWED_HOSTS": "example.org"}),
        ("ALLOWED_HOSTS", {"SECRET_KEY": "secret"}),
    ],
)
def test_without_debug_it_refuses_to_start_without_a_key_and_hosts(manage, name, settings):
    done = manage("check", DEBUG="false", **settings)
    assert (done.returncode, done.stderr.split(":")[0]) == (1, f"The setting {name} is wrong")


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("S3_BUCKET", {}),
        ("S3_BUCKET", {"S3_BUCKET": "News Pictures"}),
        ("S3_ENDPOINT_URL", {"S3_BUCKET": "news", "S3_ENDPOINT_URL": "s3.example.org"}),
        ("S3_PATH_STYLE", {"S3_BUCKET": "news", "S3_PATH_STYLE": "perhaps"}),
        ("S3_SECRET_ACCESS_KEY", {"S3_BUCKET": "news", "S3_ACCESS_KEY_ID": "hunter2"}),
    ],
)
def test_a_bucket_that_is_named_wrongly_stops_the_start_too(manage, name, settings):
    done = manage("check", MEDIA_STORAGE="s3", **settings)
    assert (done.returncode, done.stderr.split(":")[0]) == (1, f"The setting {name} is wrong")
    assert done.stderr.count("\n") == 1 and "hunter2" not in done.stderr


def test_pictures_from_another_host_are_allowed_by_both_policies(value_of):
    policies = [f"list(map(str, settings.{name}['img-src']))" for name in ("SECURE_CSP", "NEWSROOM_CSP")]
    expression = ", ".join(["settings.MEDIA_URL", *policies])
    own, other = (value_of(expression, MEDIA_URL=url) for url in ("/media/", "https://m.example.org/news"))
    assert own == """('/media/', ["'self'"], ["'self'", 'data:'])"""
    assert other == (
        """('https://m.example.org/news/', ["'self'", 'https://m.example.org'], """
        """["'self'", 'data:', 'https://m.example.org'])"""
    )


def test_without_a_bucket_nothing_of_a_stores_library_is_loaded(starter):
    code = (
        "import django, sys; django.setup(); from django.core.files.storage import default_storage;"
        "default_storage.exists('a'); from config.wsgi import application;"
        "print([name for name in sys.modules if name.startswith(('boto', 's3transfer', 'storages'))])"
    )
    done = starter.run("-c", code, environment=only({"DJANGO_SETTINGS_MODULE": "config.settings"}))
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


TOLD = "import gc; print(gc.isenabled(), gc.get_freeze_count() > 10_000)"


@pytest.mark.parametrize(
    "arguments", [["-c", f"import config.wsgi; {TOLD}"], ["manage.py", "shell", "--no-imports", "-c", TOLD]]
)
def test_the_collector_looks_at_what_comes_after_the_start(starter, arguments, tmp_path):
    environment = only({"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path)})
    done = starter.run(*arguments, environment=environment)
    assert done.stdout.split() == ["True", "True"], done.stderr


def test_a_file_is_read_where_the_environment_says_nothing(value_of, tmp_path):
    text = 'DEBUG="no"\nSECRET_KEY=\'a "b" #c\'\nALLOWED_HOSTS=a.example # as they say\nTIME_ZONE\n'
    (tmp_path / "env").write_text(text)
    given = {"ENV_FILE": str(tmp_path / "env"), "ALLOWED_HOSTS": "b.example", "VAR_DIR": str(tmp_path)}
    told = value_of(
        "settings.DEBUG, settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.TIME_ZONE", **given
    )
    assert told == """(False, 'a "b" #c', ['b.example'], 'UTC')"""


def test_a_password_in_a_wrong_setting_is_not_repeated(manage):
    assert "hunter2" not in manage("check", DATABASE_URL="postgresql://u:hunter2@h:port/db").stderr


def test_the_check_for_deployment_has_nothing_to_say_about_the_documented_settings(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_check_for_deployment_warns_of_old_sqlite_and_of_a_foreign_address(manage, tmp_path):
    other = {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "SITE_URL": "https://elsewhere.org"}
    warnings = manage("check", "--deploy", **PRODUCTION, **other).stderr
    assert "operations.W002" in warnings
    assert ("operations.W001" in warnings) == (sqlite3.sqlite_version_info < (3, 51, 3))


def test_an_https_site_has_cookies_that_no_other_host_can_set(value_of):
    expression = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE"
    assert value_of(expression, **PRODUCTION) == "('__Host-sessionid', '__Host-csrftoken', True)"


def test_an_http_site_neither_redirects_nor_promises_https(value_of):
    expression = "settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS, settings.SESSION_COOKIE_SECURE"
    assert value_of(expression, **PRODUCTION | {"SITE_URL": "http://news.example.org"}) == "(False, 0, False)"


def test_mail_goes_where_the_address_says(value_of):
    url = "smtp://user%40example.org:p%3Aw@mail.example.org:587?tls=true"
    options = value_of("settings.MAILERS['default']['OPTIONS']", MAIL_URL=url)
    assert "'host': 'mail.example.org', 'port': 587, 'username': 'user@example.org'" in options
    assert "'password': 'p:w', 'use_ssl': False, 'use_tls': True" in options


def test_sqlite_waits_its_turn_and_keeps_every_commit(value_of, tmp_path):
    options = value_of("settings.DATABASES['default']['OPTIONS']", VAR_DIR=str(tmp_path))
    for wanted in ("IMMEDIATE", "journal_mode=WAL", "synchronous=FULL", "'timeout': 20"):
        assert wanted in options


def test_postgresql_keeps_a_connection_and_tries_it_before_use(value_of):
    database = value_of("settings.DATABASES['default']", **PRODUCTION)
    assert "'CONN_MAX_AGE': 60" in database
    assert "'CONN_HEALTH_CHECKS': True" in database
    assert "'keepalives_idle': 30" in database


def test_every_setting_is_explained_in_the_example():
    source = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    explained = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert len(read) > 10
    assert read == explained


def test_the_settings_stay_one_short_file():
    assert len((ROOT / "config" / "settings.py").read_text().splitlines()) <= 250
