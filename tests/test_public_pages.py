"""Front page, lists, standing pages and errors as readers find them: the same for everyone."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.csp import build_policy

from articles.models import MenuEntry, Page, Publication
from tests.factories import (
    make_author,
    make_category,
    make_image,
    make_publication,
    make_tag,
    publish_article,
)
from tests.factories_comments import make_comment
from tests.factories_shows import make_decision, make_show, make_the_imperfects

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)


def read(address, status=200):
    response = Client().get(address)
    assert response.status_code == status
    return response.content.decode()


def headlines(page):
    return re.findall(r"<h2><a[^>]*>(Story \d+)</a></h2>", page)


def follow(address):
    """All headlines of a list, page after page."""
    seen, pages = [], 0
    while address:
        page, pages = read(address), pages + 1
        seen += headlines(page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older and address.split("?")[0] + older[1].replace("&amp;", "&")
    return seen, pages


def stories(count, **fields):
    """Published stories, the first of which is the oldest; every third shares its moment with the next."""
    for number in range(count):
        at = NOON + timedelta(minutes=number - number % 3)
        publish_article(headline=f"Story {number}", at=at, **fields)


# The front page.


def test_an_empty_site_says_so_and_breaks_nothing():
    assert "Nothing is published yet." in read("/")
    assert "Nothing is published here yet." in read("/articles/")
    assert read("/shows/")


def test_the_newest_story_leads_and_the_others_follow():
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        stories(4, lead_image=make_image())
        page = read("/")
    lead, rest = page.split('class="cards"')
    assert "Story 3" in lead and headlines(rest) == ["Story 2", "Story 1", "Story 0"]
    assert 'fetchpriority="high"' in lead and 'fetchpriority="high"' not in rest


def test_the_front_page_tells_the_latest_decisions_newest_first():
    make_the_imperfects()
    make_decision(make_show("Cobra Kai"), "final_season", "2023-01-20", season_number=6)
    make_decision(make_show("Removed Show"), "removed", "2024-01-01")
    make_decision(make_show("Undated Show"), "cancelled", None)
    with time_machine.travel(datetime(2024, 6, 1, tzinfo=UTC), tick=False):
        board = read("/").split('class="board"')[1]
    assert board.index("Cobra Kai") < board.index("The Imperfects")
    assert "Final season" in board and "8 Nov 2022" in board
    assert "Removed Show" not in board and "Undated Show" not in board


def test_the_front_page_takes_at_most_four_queries(django_assert_max_num_queries, client):
    make_publication()
    for number in range(10):
        show = make_show(f"Show {number}")
        make_decision(show, "cancelled", "2022-11-08")
        publish_article(lead_image=make_image(), show=show)
    with django_assert_max_num_queries(4):
        page = client.get("/").content.decode()
    assert page.count('class="card"') == 9 and page.count("status-cancelled") >= 16


# Lists.


def test_every_story_stands_once_in_the_archive_also_where_moments_are_shared():
    stories(45)
    seen, pages = follow("/articles/")
    assert seen == [f"Story {number}" for number in reversed(range(45))]
    assert pages == 3


def test_a_story_published_while_somebody_pages_moves_nothing():
    stories(25)
    older = re.search(r'rel="next" href="([^"]+)"', read("/articles/"))[1]
    publish_article(headline="Story 99")
    assert headlines(read("/articles/" + older)) == [f"Story {number}" for number in reversed(range(5))]


@pytest.mark.parametrize("cursor", ["x", "-", "1-x", "99999999999999999-1", "1" * 40, "٣-٣", "%00", "-1-1"])
def test_an_unreadable_cursor_is_the_first_page(cursor):
    stories(2)
    assert headlines(read(f"/articles/?before={cursor}")) == ["Story 1", "Story 0"]


def test_only_the_first_page_of_a_list_is_for_search_engines():
    stories(25)
    first = read("/articles/")
    assert "noindex" not in first
    older = re.search(r'rel="next" href="([^"]+)"', first)[1]
    assert 'name="robots" content="noindex, follow"' in read("/articles/" + older)


def test_a_category_a_tag_and_an_author_list_their_own():
    streaming, tag = make_category("Streaming", description="What streamers decide."), make_tag("sequels")
    mine = publish_article(headline="Story 1", category=streaming, authors=["Ada Writer"])
    mine.tags.add(tag)
    publish_article(headline="Story 2", category=make_category("Broadcast"), authors=["Ben Critic"])
    make_author("Ada Writer").__class__.objects.filter(name="Ada Writer").update(bio="Writes of charts.")
    for row, words in [
        (streaming, "What streamers decide."),
        (tag, "sequels"),
        (make_author(), "Writes of charts."),
    ]:
        page = read(row.get_absolute_url())
        assert headlines(page) == ["Story 1"] and words in page
    for address in ("/categories/none/", "/tags/none/", "/authors/none/"):
        read(address, status=404)


@pytest.mark.parametrize("name", ["archive", "category", "tag", "author"])
def test_a_list_takes_at_most_four_queries(name, django_assert_max_num_queries, client):
    make_publication()
    category, tag, author = make_category(), make_tag(), make_author()
    for _ in range(25):
        article = publish_article(lead_image=make_image(), show=make_show(), category=category)
        article.tags.add(tag)
    rows = {"category": category, "tag": tag, "author": author}
    address = rows[name].get_absolute_url() if name in rows else reverse("articles:archive")
    with django_assert_max_num_queries(4):
        assert client.get(address).content.decode().count('class="card"') == 20


# Standing pages and the menu.


def test_a_standing_page_is_read_while_it_is_public():
    page = Page.objects.create(title="About us", slug="about", body="<p>Who we are.</p>")
    assert "Who we are." in read("/pages/about/")
    page.is_public = False
    page.save()
    read("/pages/about/", status=404)


def test_the_menu_hides_what_has_nothing_behind_it():
    publication = make_publication(menu=("front", "archive", "shows"))
    full, empty = make_category("Full"), make_category("Empty")
    hidden = Page.objects.create(title="Hidden", slug="hidden", body="<p>x</p>", is_public=False)
    for fields in (
        {"category": full},
        {"category": empty},
        {"page": hidden},
        {"url": "https://example.com/"},
    ):
        MenuEntry.objects.create(publication=publication, position=9, **fields)

    def entries():
        return re.findall(r"<li><a [^>]*>([^<]+)</a></li>", read("/").split("</header>")[0])

    assert entries() == ["Front page", "https://example.com/"]
    publish_article(category=full)
    make_show()
    assert entries() == ["Front page", "All articles", "Shows", "Full", "https://example.com/"]


def test_readers_see_the_publications_name_and_the_place_where_they_are():
    make_publication("Cold Open", tagline="Television news")
    publish_article()
    page = read("/articles/")
    assert "<title>All articles – Cold Open</title>" in page
    assert '<a href="/articles/" aria-current="page">All articles</a>' in page
    assert "Cliffhanger" not in page


# Errors.


def test_what_is_not_there_answers_404_with_a_way_on():
    page = read("/nothing/here/", status=404)
    assert "There is no page at this address." in page and 'href="/articles/"' in page


def test_a_fault_of_ours_answers_500_without_the_database(monkeypatch, client):
    monkeypatch.setattr("articles.views.Slice.of", lambda *args: 1 / 0)
    client.raise_request_exception = False
    with connection.execute_wrapper(lambda *args: pytest.fail("the page of errors asked the database")):
        response = client.get("/articles/")
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


@pytest.mark.parametrize(
    ("code", "words"),
    [(403, "Not allowed"), (404, "Not found"), (410, "Gone"), (429, "Too many tries")],
)
def test_every_error_page_says_what_happened_and_leads_on(rf, code, words):
    make_publication("Cold Open")
    page = render_to_string(f"{code}.html", request=rf.get("/nothing/"))
    assert words in page and str(code) in page and "Cold Open" in page
    assert 'content="noindex"' in page and 'href="/shows/"' in page


def test_a_form_without_its_token_is_told_that_it_had_expired():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "That form had expired" in response.content.decode()


def test_a_request_for_another_host_answers_400_in_the_same_look(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "That request made no sense" in response.content.decode()


# The same bytes for everyone.


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
    """Finds inline styles, inline scripts and event handlers."""

    def found_in(self, page):
        self.found = []
        self.feed(page)
        return self.found

    def handle_starttag(self, tag, attributes):
        names = {name for name, _value in attributes}
        if tag == "style" or "style" in names or (tag == "script" and "src" not in names):
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


# The staff's "Edit".


def test_the_edit_link_is_told_to_those_who_may_edit_and_to_nobody_else(
    at_desk, client, writer, editor, moderator
):
    article = publish_article(owner=writer)
    other = publish_article()
    asked = {"path": article.get_absolute_url()}
    change = reverse("admin:articles_article_change", args=[article.pk])
    for person, query, status in [
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


def test_the_publication_is_one_row(django_assert_num_queries):
    Publication(name="First").save()
    Publication(name="Second").save()
    assert Publication.objects.count() == 1 and Publication.current().name == "Second"
