"""`make demo` as a newcomer has it, and `make setup`."""

import contextlib
import importlib.util
import io
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finder
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article, Publication
from operations import demo, presence
from tests.migrated import copy_migrated, shared_folder
from tests.sampling import small_pictures

ROOT = Path(__file__).resolve().parent.parent
FINDER = "django.contrib.staticfiles.finders.FileSystemFinder"
MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
COMPRESSED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment_of_demo(port):
    """What `bin/cliffhanger.py demo` sets, without its installing."""
    spec = importlib.util.spec_from_file_location("starter", ROOT / "bin" / "cliffhanger.py")
    starter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(starter)
    environment = starter.demo_environment("127.0.0.1", port)
    return {name: value for name, value in environment.items() if name != "DJANGO_SETTINGS_MODULE"}


@contextlib.contextmanager
def running_demo(var):
    """The address of a demo that keeps its things in `var`, and its process; ended by Ctrl-C."""
    port = free_port()
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    with open(var / "output", "w") as output, pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAR_DIR", str(var))
        environment = environment_of_demo(port)
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        wait_until_up(f"http://127.0.0.1:{port}/health/", process)
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()


def wait_until_up(address, process):
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=10):
            return
        time.sleep(0.1)  # the one thing that tells when a server listens is to ask it
    pytest.fail((Path(process.args[0]).name) + " demo did not come up")


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)  # nothing tells when another process has got so far


def workers_in(var):
    """The workers of the background that live and keep their things in `var`."""
    return [path for path in (var / "workers").glob("*") if presence.is_locked(path)]


def get(address):
    with urllib.request.urlopen(address, timeout=10) as response:
        return response.read()


@pytest.fixture
def prepared(request, tmp_path, tmp_path_factory, settings, django_db_setup, django_db_blocker):
    """The folder of an older demo: to migrate from nothing and to compress would take ten seconds."""
    with django_db_blocker.unblock():
        copy_migrated(tmp_path / "db.sqlite3", shared_folder(request.config, tmp_path_factory))
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'mailing'")
        database.execute("DROP TABLE mailing_mail")
    collect_into(tmp_path / "static", settings, MANIFEST)
    return tmp_path


def collect_into(folder, settings, storage):
    settings.STATIC_ROOT = folder
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    folder.mkdir(exist_ok=True)
    demo.collect_static()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the demo runs on SQLite whatever the tests run on")
def test_the_demo_serves_the_story_and_keeps_what_was_written(prepared):
    var = prepared
    with running_demo(var) as site:
        front = get(f"{site}/").decode()
        story = re.search(r'href="(/articles/[\w-]*imperfects[\w-]*/)"', front)[1]
        assert "The Imperfects" in get(site + story).decode()
        (stylesheet,) = set(re.findall(r'href="(/static/css/site[^"]+)"', front))
        assert get(site + stylesheet)
        assert get(site + re.search(r"/media/renditions/[^\s\"]+", front)[0])
        wait_until(lambda: workers_in(var))
        # The digest of what waits is the last that the worker does at first.
        wait_until(lambda: list((var / "mail").glob("*")))
    assert not workers_in(var), "it ends with the demo"

    output = (var / "output").read_text()
    assert "Traceback" not in output
    assert "Task id" not in output, "the passwords stay on the screen"
    passwords = passwords_in(output)
    assert len(set(passwords.values())) == 4
    assert (var / "demo_passwords").stat().st_mode & 0o777 == 0o600


def passwords_in(output):
    return dict(re.findall(r"^  (writer|editor|moderator|admin) +(\S+)$", output, re.MULTILINE))


def test_a_demo_that_is_started_again_has_the_same_story_and_passwords(db, var_dir, monkeypatch):
    served = []
    monkeypatch.setattr("operations.management.commands.demo.serve", lambda *place: served.append(place))
    monkeypatch.setattr(demo, "collect_static", lambda: None)
    outputs = []
    for _ in range(2):
        said = io.StringIO()
        with small_pictures():
            call_command("demo", host="127.0.0.1", port=8123, stdout=said)
        outputs.append(said.getvalue())
        Article.objects.filter(slug="the-imperfects-cancelled-one-season").update(kicker="Written since")
    assert served == [("127.0.0.1", 8123)] * 2
    assert outputs[0] == outputs[1] and len(passwords_in(outputs[1])) == 4
    assert Article.objects.get(kicker="Written since").is_published
    for name, password in passwords_in(outputs[1]).items():
        assert User.objects.get(username=name).check_password(password)


def test_static_files_are_collected_compressed_and_again_only_when_they_changed(settings, tmp_path, request):
    css = tmp_path / "css"
    css.mkdir()
    (css / "site.css").write_text("main { color: black }\n" * 50)
    settings.STATICFILES_DIRS, settings.STATICFILES_FINDERS = [tmp_path / "css"], [FINDER]
    get_finder.cache_clear()
    request.addfinalizer(get_finder.cache_clear)
    collected = tmp_path / "static"
    collect_into(collected, settings, COMPRESSED)
    assert len(list(collected.glob("site.*.css"))) == len(list(collected.glob("site.*.css.br"))) == 1
    (collected / "staticfiles.json").unlink()
    demo.collect_static()
    assert not (collected / "staticfiles.json").exists(), "nothing has changed"
    (css / "site.css").write_text("main { color: white }\n" * 60)
    demo.collect_static()
    assert (collected / "staticfiles.json").exists()


def test_the_demos_users_have_their_groups_and_the_shown_passwords(db, var_dir):
    shown = demo.make_users()
    assert demo.make_users() == shown, "and keep them"
    for name, group in demo.USERS.items():
        user = User.objects.get(username=name)
        assert user.check_password(shown[name])
        assert list(user.groups.values_list("name", flat=True)) == ([group] if group else [])
        assert (user.is_staff, user.is_superuser) == (True, group is None)


def test_a_chosen_password_is_everybodys(db, var_dir, monkeypatch):
    demo.make_users()
    monkeypatch.setenv("DEMO_PASSWORD", "open sesame")
    assert set(demo.make_users().values()) == {"open sesame"}
    assert all(user.check_password("open sesame") for user in User.objects.filter(username__in=demo.USERS))


def test_the_demo_stays_out_of_somebodys_site(db, var_dir):
    User.objects.create_superuser("admin", "owner@example.org")
    with pytest.raises(CommandError, match="its own administrator"):
        call_command("demo", stdout=io.StringIO())
    assert User.objects.count() == 1


def test_the_demo_has_settings_of_its_own(settings):
    settings.DEBUG = True
    with pytest.raises(CommandError, match=r"bin/cliffhanger\.py demo"):
        call_command("demo", stdout=io.StringIO())


# make setup


def set_up(**options):
    call_command("setup", stdout=io.StringIO(), stderr=io.StringIO(), **options)


def test_setup_asks_for_the_publication_and_an_administrator(db, monkeypatch):
    answers = iter(["The Cutaway", "", "zoe@example.org"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    passwords = iter(["1234", "correct horse 9", "a typing error", "correct horse 9", "correct horse 9"])
    monkeypatch.setattr("getpass.getpass", lambda question: next(passwords))
    set_up()
    assert Publication.current().name == "The Cutaway"
    administrator = User.objects.get(
        username="admin", email="zoe@example.org", is_superuser=True, is_staff=True
    )
    assert administrator.check_password("correct horse 9")


def test_setup_can_be_told_everything(db, monkeypatch):
    monkeypatch.setenv("SETUP_PASSWORD", "correct horse 9")
    set_up(name="The Cutaway", tagline="", username="zoe", email="zoe@example.org", asks=False)
    assert User.objects.get(username="zoe").is_superuser
    set_up(name="The Jump Cut", asks=False)
    assert Publication.current().name == "The Jump Cut"
    assert [entry.place for entry in Publication.current().menu.all()] == ["archive", "shows"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({}, "--name"),
        ({"name": "The Cutaway"}, "--username"),
        ({"name": "The Cutaway", "username": "zoe", "email": "nowhere"}, "email"),
        ({"name": "The Cutaway", "username": "zoe", "email": "zoe@example.org"}, "too short"),
    ],
)
def test_setup_says_what_it_lacks(db, monkeypatch, options, why):
    monkeypatch.setenv("SETUP_PASSWORD", "short")
    with pytest.raises(CommandError, match=why):
        set_up(asks=False, **options)
    assert not User.objects.exists()
    assert not Publication.objects.exists(), "all or nothing"
