"""Public pages are the same bytes for everyone; what is personal is asked for elsewhere."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.csp import build_policy

from articles.models import Page
from tests.conftest import make_person
from tests.factories import (
    make_author,
    make_image,
    make_publication,
    make_tag,
    publish_article,
)
from tests.factories_comments import make_comment
from tests.factories_shows import make_the_imperfects
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_addresses():
    """An address of every kind of public page, with something on it."""
    make_publication()
    show = make_the_imperfects()
    article = publish_article(show=show, lead_image=make_image())
    tag = make_tag()
    article.tags.add(tag)
    comment = make_comment(article)
    Page.objects.create(title="About", slug="about", body="<p>Us.</p>")
    rows = [article, article.category, tag, make_author(), show]
    fixed = ["/", "/articles/", "/shows/", "/pages/about/", "/nothing/"]
    return [*fixed, *(row.get_absolute_url() for row in rows), f"{comment.get_absolute_url()}reply/"]


class PersonalError(Exception):
    """A public page asked who its reader is."""


def test_public_pages_read_no_cookie_session_or_user_and_set_none(public_addresses, monkeypatch, client):
    def personal(*args, **kwargs):
        raise PersonalError

    for name in ("_get_session", "get", "__getitem__"):
        monkeypatch.setattr(f"django.contrib.sessions.backends.base.SessionBase.{name}", personal)
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", personal)
    client.cookies["sessionid"] = "s" * 32
    for address in public_addresses:
        response = client.get(address)
        assert not response.cookies, address
        assert "cookie" not in response.get("Vary", "").lower(), address


def test_everybody_gets_the_same_bytes(public_addresses, at_desk, administrator):
    staff = at_desk(administrator)
    for address in public_addresses:
        assert staff.get(address).content == Client().get(address).content, address


def test_public_pages_carry_the_strict_policy_and_nothing_inline(public_addresses):
    for address in public_addresses:
        response = Client().get(address)
        assert response["Content-Security-Policy"] == build_policy(settings.SECURE_CSP), address
        assert "unsafe" not in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert Inline().found_in(response.content.decode()) == [], address


class Inline(HTMLParser):
    """Finds inline styles, inline scripts (not data, which nothing runs) and event handlers."""

    def found_in(self, page):
        self.found = []
        self.feed(page)
        return self.found

    def handle_starttag(self, tag, attributes):
        names = {name for name, _value in attributes}
        is_data = ("type", "application/ld+json") in attributes
        if tag == "style" or "style" in names or (tag == "script" and "src" not in names and not is_data):
            self.found.append(self.get_starttag_text())
        if any(name.startswith("on") for name in names):
            self.found.append(self.get_starttag_text())


def test_public_pages_load_nothing_from_elsewhere(public_addresses):
    loading = re.compile(
        r'<(?:script|img|source|iframe|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="(https?:)?//'
    )
    for address in public_addresses:
        assert not loading.search(read(address, status=404 if address == "/nothing/" else 200)), address


def test_pages_answer_head_and_refuse_what_would_change_something(public_addresses):
    for address in public_addresses:
        if address != "/nothing/":
            assert Client().head(address).status_code == 200, address
            assert Client().post(address).status_code == 405, address


def test_the_edit_link_is_told_to_those_who_may_edit_and_to_nobody_else(
    at_desk, client, writer, editor, moderator
):
    article = publish_article(owner=writer)
    other = publish_article()
    asked = {"path": article.get_absolute_url()}
    change = reverse("admin:articles_article_change", args=[article.pk])
    former_editor = make_person("former", group="Editors", is_staff=False)
    for person, query, status in [
        (former_editor, asked, 204),
        (writer, asked, 200),
        (editor, asked, 200),
        (moderator, asked, 204),
        (writer, {"path": other.get_absolute_url()}, 204),
        (editor, {"path": "/articles/no-such-story/"}, 204),
        (editor, {"path": "//evil.example/"}, 204),
        (editor, {}, 204),
    ]:
        response = at_desk(person).get("/newsroom/edit-link/", query)
        assert response.status_code == status, (person, query)
        assert "no-store" in response["Cache-Control"]
        if status == 200:
            assert response.json()["url"] == change
    assert client.get("/newsroom/edit-link/", asked).status_code == 204
