"""The cast of the tests. Settings for tests are in `settings.py`, the browser's fixtures in `browser.py`."""

import pytest
from django.contrib.auth.models import Group, User

pytest_plugins = ["tests.background", "tests.browser", "tests.migrated", "tests.page_store"]

PASSWORD = "correct horse battery staple"


def make_person(username, *, group=None, **fields):
    """Somebody who logs in to the newsroom; in `group` by its name where one is given."""
    person = User.objects.create_user(
        username,
        f"{username}@example.com",
        PASSWORD,
        **{"is_staff": True, "first_name": username.title(), **fields},
    )
    if group:
        person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def writer(db):
    return make_person("writer", group="Writers")


@pytest.fixture
def editor(db):
    return make_person("editor", group="Editors")


@pytest.fixture
def moderator(db):
    return make_person("moderator", group="Moderators")


@pytest.fixture
def administrator(db):
    return make_person("admin", is_superuser=True)


def _desk(client_class, person):
    client = client_class()
    client.force_login(person, backend="logins.backend.LoginBackend")
    return client


@pytest.fixture
def at_desk():
    """A function that gives a client logged in as a person: `at_desk(editor).get(…)`."""
    from django.test import Client

    return lambda person: _desk(Client, person)
