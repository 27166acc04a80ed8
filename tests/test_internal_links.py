"""Links to our own articles and shows: kept by id, drawn with the present address."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.internal_links import by_id, choices
from articles.models import Article, FormerAddress, Page, Section
from tests.conftest import make_person
from tests.factories import make_article, make_section, publish_article
from tests.factories_shows import make_show
from tests.reading import read
from tests.writing import change_url, page_of, typed

pytestmark = pytest.mark.django_db
SEARCH = "/admin/articles/article/link-search/"


def link(href, words="there"):
    return f'<p>See <a href="{href}">{words}</a>.</p>'


def kept(href):
    """What becomes of the address of a link when it is saved."""
    return by_id(link(href)).split('href="')[1].split('"')[0]


def drawn(article):
    """How readers find the words "See there." in an article."""
    return read(article.get_absolute_url()).split("See ")[1].split("</p>")[0]


def link_to(article):
    return link(f"/-/article/{article.pk}/")


@pytest.mark.parametrize(
    "href",
    [
        "/articles/one-and-out/",
        "/articles/one-and-out",
        "https://news.example/articles/one-and-out/",
        "http://NEWS.example/articles/one-and-out/?utm_source=mail&amp;fbclid=1",
        "/2022/11/one-and-out/",
        "/2022/11/one-and-out",
        "https://news.example/?p=12",
        "https://news.example/-/article/{pk}/",
    ],
)
def test_any_address_that_an_article_has_or_had_is_kept_as_its_id(settings, href):
    settings.SITE_URL = "https://news.example"
    article = make_article(slug="one-and-out")
    for path in ("/2022/11/one-and-out/", "/?p=12"):
        FormerAddress.objects.create(path=path, article=article)
    href = href.format(pk=article.pk)
    assert kept(href) == f"/-/article/{article.pk}/"
    assert kept(f"{href}#s-decision") == f"/-/article/{article.pk}/#s-decision"


def test_a_shows_address_is_kept_as_its_id():
    show = make_show("Cobra Kai", slug="cobra-kai")
    assert kept("/shows/cobra-kai/") == f"/-/show/{show.pk}/"


@pytest.mark.parametrize(
    "href",
    [
        "https://elsewhere.example/articles/one-and-out/",
        "//elsewhere.example/articles/one-and-out/",
        "/articles/one-and-out/comments/5/",
        "/articles/one-and-out/?before=7",
        "/articles/no-such-story/",
        "/articles/one-and-out/%00",
        "articles/one-and-out/",
        "#one-and-out",
        "mailto:one-and-out@news.example",
        "https://[",
        "/" + "a" * 1000,
    ],
)
def test_any_other_address_stays_as_it_was_typed(href):
    make_article(slug="one-and-out")
    assert kept(href) == href


def test_text_without_links_of_ours_costs_no_query(django_assert_num_queries):
    html = link("https://elsewhere.example/") + link("/-/article/5/") + "<p>/articles/one/</p>"
    with django_assert_num_queries(0):
        assert by_id(html) == html


def test_a_link_on_the_form_is_kept_by_id_and_outlives_a_new_address(editor, at_desk):
    target = publish_article(slug="before")
    article = make_article(text="")
    section = make_section(article, body="<p>x</p>")
    desk = at_desk(editor)
    name = "articles_section_set-0-body"
    desk.post(change_url(article), typed(desk, article, **{name: link("/articles/before/#s-why")}))
    section.refresh_from_db()
    assert section.body == link(f"/-/article/{target.pk}/#s-why")
    article.publish()
    assert drawn(article) == '<a href="/articles/before/#s-why">there</a>.'
    target.slug = "after"
    target.save()
    assert drawn(article) == '<a href="/articles/after/#s-why">there</a>.'


def test_a_link_to_what_readers_cannot_open_is_plain_text():
    draft, gone, deleted = make_article(), publish_article(), make_article()
    gone.unpublish(absence=Article.Absence.FOR_GOOD)
    pages = [publish_article(text=link_to(target)) for target in (draft, gone, deleted)]
    deleted.delete()
    assert [drawn(page) for page in pages] == ["there."] * 3
    draft.publish()
    assert drawn(pages[0]).startswith("<a href=")


def test_a_link_to_an_article_whose_readers_are_sent_elsewhere_follows():
    moved, instead = publish_article(), publish_article(slug="instead")
    article = publish_article(text=link_to(moved))
    moved.unpublish(absence=Article.Absence.MOVED, sent_to=instead)
    assert drawn(article) == '<a href="/articles/instead/">there</a>.'
    instead.unpublish()
    assert drawn(article) == "there."


def test_a_page_with_many_links_asks_once_for_articles_and_once_for_shows(client):
    plain = publish_article()
    article = make_article()
    for number in range(6):
        body = link_to(publish_article()) + link(f"/-/show/{make_show(f'Show {number}').pk}/")
        make_section(article, heading=f"Part {number}", body=body)
    article.publish()
    client.get(plain.get_absolute_url())

    def queries(page):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page.get_absolute_url()).status_code == 200
        return len(captured)

    assert queries(article) == queries(plain) + 2


def test_the_link_itself_leads_readers_on_and_nowhere_else(client):
    article, draft, show = (
        publish_article(slug="one"),
        make_article(),
        make_show("Cobra Kai", slug="cobra-kai"),
    )
    response = client.get(f"/-/article/{article.pk}/")
    assert (response.status_code, response.url) == (302, "/articles/one/")
    assert client.get(f"/-/show/{show.pk}/").url == "/shows/cobra-kai/"
    for path in (
        f"article/{draft.pk}",
        "article/999999",
        "show/0",
        f"show/{'9' * 18}",
        f"show/{'9' * 40}",
        "x/1",
    ):
        assert client.get(f"/-/{path}/").status_code == 404, path


def test_a_standing_page_links_by_id_too():
    article = publish_article(slug="one")
    Page.objects.create(title="About", slug="about", body=link_to(article))
    assert '<a href="/articles/one/">there</a>' in read("/pages/about/")


def test_versions_are_compared_by_the_titles_of_what_they_link_to(editor, at_desk):
    old, new = publish_article(headline="The old story"), publish_article(headline="The new story")
    article = publish_article(text=link_to(old))
    Section.objects.filter(parent=article).update(body=link_to(new))
    page = page_of(at_desk(editor), article, "compare")
    assert "<del>old</del>" in page and "<ins>new</ins>" in page and "/-/article/" not in page


def search(desk, **query):
    response = desk.get(SEARCH, query)
    assert response.status_code == 200
    return response.json()


def test_the_dialog_finds_shows_and_articles_by_all_the_words(editor, at_desk):
    show = make_show("The Imperfects", other_titles="Die Unperfekten")
    draft = make_article(headline="Imperfects: what we know")
    make_article(headline="Something else")
    desk = at_desk(editor)
    found = search(desk, q="imperf")["results"]
    assert [row["href"] for row in found] == [f"/-/show/{show.pk}/", f"/-/article/{draft.pk}/"]
    assert "not published" in found[1]["note"]
    assert [row["href"] for row in search(desk, q="unperfekt")["results"]] == [f"/-/show/{show.pk}/"]
    assert [row["title"] for row in search(desk, q="know imperfects")["results"]] == [draft.headline]


def test_a_writer_finds_own_drafts_and_what_is_published_as_readers_know_it(writer, editor, at_desk):
    own = make_article(headline="Finale, my draft", owner=writer)
    make_article(headline="Finale, their draft", owner=editor)
    public = publish_article(headline="Finale, as published", owner=editor)
    public.headline = "Finale, a secret change"
    public.save()
    desk = at_desk(writer)
    titles = {row["title"] for row in search(desk, q="finale")["results"]}
    assert titles == {own.headline, "Finale, as published"}
    assert search(desk, q="secret")["results"] == []


def test_the_search_is_short_takes_two_queries_and_bears_odd_words(
    editor, at_desk, django_assert_num_queries
):
    for number in range(10):
        make_article(headline=f"Story {number}")
        make_show(f"Story {number}")
    desk = at_desk(editor)
    found = search(desk, q="story")["results"]
    assert len(found) == 16
    for words in ("", " ", "a" * 1500, "%_'\"\\", "' OR 1=1 --"):
        assert search(desk, q=words)["results"] == []
    editor = type(editor).objects.get(pk=editor.pk)
    editor.get_all_permissions()
    with django_assert_num_queries(2):
        choices("story", editor)


def test_the_dialog_says_where_a_link_leads(editor, at_desk):
    article, draft = publish_article(headline="One and out"), make_article(headline="A draft")
    desk = at_desk(editor)
    assert "One and out" in search(desk, href=f"/-/article/{article.pk}/#x")["leads_to"]
    assert "readers cannot open" in search(desk, href=f"/-/article/{draft.pk}/")["leads_to"]
    assert "gone" in search(desk, href="/-/show/99999/")["leads_to"]
    assert search(desk, href="https://example.com/")["leads_to"] == ""


def test_only_staff_who_see_articles_may_search(client, moderator, at_desk):
    assert client.get(SEARCH, {"q": "x"}).status_code == 302
    assert Client().get("/admin/articles/article/embed-hint/").status_code == 302
    assert at_desk(moderator).get(SEARCH, {"q": "x"}).status_code == 200
    assert at_desk(make_person("nobody")).get(SEARCH, {"q": "x"}).status_code == 403


def test_the_form_is_told_what_an_address_becomes(editor, at_desk):
    desk = at_desk(editor)

    def hint(url):
        return desk.get("/admin/articles/article/embed-hint/", {"url": url}).json()

    assert hint("https://youtu.be/dQw4w9WgXcQ")["fields"] == ["title", "poster"]
    assert "X" in hint("https://x.com/netflix/status/15")["says"]
    assert hint("javascript:alert(1)")["kind"] == ""
    assert hint("https://example.com/" + "a" * 9000)["kind"] == "link"
