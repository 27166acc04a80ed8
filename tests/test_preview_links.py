"""Links that show an unpublished article to somebody without a login, until they end."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine

from articles.models import Article, Author, Image, Panel, Picture, PreviewLink
from articles.previews import path_of
from logbook.models import Entry
from shows.models import Show
from tests.factories import make_article, make_image, make_section, publish_article
from tests.writing import change_url, page_of, rewrite

pytestmark = pytest.mark.django_db


def links_url(article):
    return f"/admin/articles/article/{article.pk}/links/"


def make_link(desk, article, /, **terms):
    """A link made on the links' page; its path."""
    terms = {"for_whom": "The agent", "shows": "newest", "days": "7", **terms}
    assert desk.post(links_url(article), terms).status_code == 302
    return path_of(PreviewLink.objects.first())


def text_of(response):
    return " ".join(unescape(response.content.decode()).split())


def test_a_link_shows_the_newest_draft_to_whoever_has_it(at_desk, editor, client):
    article = make_article(headline="First")
    path = make_link(at_desk(editor), article)
    assert "<h1>First</h1>" in text_of(client.get(path))
    rewrite(article, headline="Second")
    assert "<h1>Second</h1>" in text_of(client.get(path))
    assert client.get(article.get_absolute_url()).status_code == 404


def test_a_link_of_a_state_goes_on_showing_it(at_desk, editor, client):
    article = make_article(headline="First", lead_image=make_image(caption="A lighthouse"), text="")
    section = make_section(article, heading="What is known", body="<p>Little.</p>")
    path = make_link(at_desk(editor), article, shows="state")
    rewrite(article, headline="Second", lead_image=None)
    section.delete()
    page = text_of(client.get(path))
    assert "<h1>First</h1>" in page and "Little." in page and "A lighthouse" in page and "Ada Writer" in page


def test_nothing_that_is_only_typed_is_in_a_link(at_desk, editor, client):
    article = make_article(headline="Saved")
    desk = at_desk(editor)
    desk.post(f"/admin/articles/article/{article.pk}/preview/", {"headline": "Typed"})
    for shows in ("newest", "state"):
        assert "<h1>Saved</h1>" in text_of(client.get(make_link(desk, article, shows=shows)))


def test_a_link_dies_at_its_second(at_desk, editor, client):
    article = make_article(headline="Secret")
    with time_machine.travel("2026-05-03 10:12Z", tick=False) as clock:
        path = make_link(at_desk(editor), article, days="7")
        clock.move_to("2026-05-10 10:11:59Z")
        page = text_of(client.get(path))
        assert "Secret" in page and "Preview, not published. Expires 10 May 2026, 10:12 (UTC)." in page
        clock.move_to("2026-05-10 10:12:00Z")
        response = client.get(path)
    assert response.status_code == 410
    assert "Please ask the newsroom for a new link." in text_of(response) and "Secret" not in text_of(
        response
    )


def test_a_revoked_link_dies_at_once_after_asking(at_desk, editor, client):
    article = make_article(headline="Secret")
    desk = at_desk(editor)
    path = make_link(desk, article)
    (address,) = re.findall(
        rf'"({links_url(article)}\d+/revoke/)"', desk.get(links_url(article)).content.decode()
    )
    assert "Whoever opens it from now on" in text_of(desk.get(address))
    assert client.get(path).status_code == 200
    assert desk.post(address).url == links_url(article)
    response = client.get(path)
    assert response.status_code == 410 and "Secret" not in text_of(response)
    assert "Revoked" in page_of(desk, article, "links")


def test_a_deleted_article_takes_its_links_along(at_desk, editor, client):
    article = make_article(headline="Secret")
    path = make_link(at_desk(editor), article)
    article.delete()
    assert client.get(path).status_code == 410


def test_forged_and_cut_addresses_are_not_found_and_say_how_to_go_on(at_desk, editor, client):
    article = make_article()
    path = make_link(at_desk(editor), article)
    token = path.split("/")[2]
    number, rest = token.split(":", 1)
    for forged in ("1", "x" * 500, token[:-1], f"{int(number) + 1}:{rest}", "%00", "9" * 30):
        response = client.get(f"/preview/{forged}/")
        assert response.status_code == 404, forged
        assert "Please ask the newsroom for a new link." in text_of(response)
        assert "no-store" in response["Cache-Control"]


def test_the_page_of_a_link_is_everybodys_and_nobody_keeps_it(at_desk, editor, client):
    article = publish_article()
    desk = at_desk(editor)
    path = make_link(desk, article)
    response = client.get(path)
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert "no-store" in response["Cache-Control"] and response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Content-Security-Policy"] == client.get("/")["Content-Security-Policy"]
    page = response.content.decode()
    assert "<form" not in page and 'id="respond"' not in page and '"/admin/' not in page
    assert desk.get(path).content == response.content
    assert client.post(path).status_code == 405


def test_the_token_stands_in_no_log(at_desk, editor, client, caplog):
    path = make_link(at_desk(editor), make_article())
    caplog.clear()
    with caplog.at_level("INFO"):
        client.get(path)
    token = path.split("/")[2]
    assert caplog.records and all(token not in record.getMessage() for record in caplog.records)


def test_the_list_says_for_whom_by_whom_until_when_and_of_what(at_desk, editor, settings):
    article = make_article()
    desk = at_desk(editor)
    assert "There is no link to this article yet." in page_of(desk, article, "links")
    with time_machine.travel("2026-05-03 10:12Z", tick=False):
        make_link(desk, article, for_whom="The <b>lawyer</b>", shows="state", days="90")
        path = make_link(desk, article, for_whom="The agent")
        page = page_of(desk, article, "links")
        form = desk.get(change_url(article)).content.decode()
    assert "The &lt;b&gt;lawyer&lt;/b&gt;" in page and "the draft as it was then" in page
    assert "3 May 2026, 10:12 (UTC), Editor" in page
    assert "Open until 1 Aug 2026, 10:12 (UTC)" in page and "Open until 10 May 2026, 10:12 (UTC)" in page
    assert settings.SITE_URL + path in unescape(page)
    assert "2 preview links are open" in form
    with time_machine.travel("2026-06-01 10:12Z", tick=False):
        later = page_of(at_desk(editor), article, "links")
    assert "Expired 10 May 2026, 10:12 (UTC)" in later and settings.SITE_URL + path not in unescape(later)


@pytest.mark.parametrize(
    "terms",
    [
        {"days": "0"},
        {"days": "91"},
        {"days": "9" * 30},
        {"days": ""},
        {"for_whom": ""},
        {"for_whom": "x" * 151},
        {"for_whom": "\0"},
        {"shows": "everything"},
    ],
)
def test_terms_that_cannot_be_are_refused_with_what_was_typed(at_desk, editor, terms):
    article = make_article()
    data = {"for_whom": "The agent", "shows": "newest", "days": "7", **terms}
    response = at_desk(editor).post(links_url(article), data)
    assert response.status_code == 200 and "Please mend what is marked below." in text_of(response)
    assert not PreviewLink.objects.exists()


def test_making_and_revoking_is_in_the_log_without_the_address(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    path = make_link(desk, article)
    link = PreviewLink.objects.get()
    for _press in range(2):
        desk.post(f"{links_url(article)}{link.pk}/revoke/")
    entries = list(Entry.objects.about(article).order_by("pk"))
    assert [entry.action for entry in entries] == ["shared", "revoked"]
    assert "The agent" in entries[0].detail and entries[0].actor == editor
    assert all(path.split("/")[2] not in entry.detail for entry in entries)


def test_who_may_change_an_article_may_show_it_around_and_nobody_else(at_desk, writer, editor, moderator):
    own, foreign = make_article(owner=writer), make_article(owner=editor)
    make_link(at_desk(writer), own)
    link = PreviewLink.objects.get()
    revoke = f"{links_url(own)}{link.pk}/revoke/"
    terms = {"for_whom": "x", "shows": "newest", "days": "1"}
    assert at_desk(moderator).post(links_url(foreign), terms).status_code == 403
    assert at_desk(writer).post(links_url(foreign), terms).status_code in (403, 404)
    assert at_desk(moderator).get(links_url(own)).status_code == 403
    assert at_desk(moderator).post(revoke).status_code == 403
    assert at_desk(editor).post(f"{links_url(foreign)}{link.pk}/revoke/").status_code == 404
    assert PreviewLink.objects.get().is_open
    at_desk(editor).post(revoke)
    assert not PreviewLink.objects.get().is_open


def test_what_a_state_shows_and_is_deleted_since_is_left_out(at_desk, editor, client):
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    article = make_article(headline="Kept", lead_image=make_image(caption="Gone picture"))
    Picture.objects.create(parent=article, image=make_image(caption="Gone too"), ordering=9000)
    Panel.objects.create(parent=article, kind="facts", show=show, ordering=9001)
    path = make_link(at_desk(editor), article, shows="state")
    assert "Gone picture" in text_of(client.get(path))
    for block in article.blocks():
        block.delete()
    rewrite(article, lead_image=None)
    article.article_authors.all().delete()
    for model in (Image, Show, Author):
        model.objects.all().delete()
    page = text_of(client.get(path))
    assert "<h1>Kept</h1>" in page and "What is known so far." in page and "Gone" not in page


def test_a_link_whose_article_is_live_is_still_the_draft_and_says_so(at_desk, editor, client):
    article = publish_article(headline="Live")
    rewrite(article, headline="Next")
    page = text_of(client.get(make_link(at_desk(editor), article)))
    assert "<h1>Next</h1>" in page and "Preview, not published." in page


def test_open_links_are_those_neither_expired_nor_revoked():
    article = make_article()
    now = datetime(2026, 5, 3, 10, tzinfo=UTC)
    kept = PreviewLink.objects.create(article=article, expires_at=now + timedelta(seconds=1))
    PreviewLink.objects.create(article=article, expires_at=now)
    PreviewLink.objects.create(article=article, expires_at=now + timedelta(days=1), revoked_at=now)
    assert list(PreviewLink.objects.open(now)) == [kept]
    assert Article.objects.get().preview_links.for_listing()[0].shows_newest
