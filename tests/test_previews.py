"""Previews: what is typed as readers would see it, while everybody else goes on seeing what they saw."""

import pytest
import time_machine

from articles.models import Article, PrivateCopy, PullQuote, Series
from shows.models import Show
from tests.conftest import make_person
from tests.factories import make_article, make_category, make_section, make_tag, publish_article
from tests.quick_form import opened, publish_opened
from tests.writing import change_url, with_block

pytestmark = pytest.mark.django_db


def preview_url(article):
    return f"/admin/articles/article/{article.pk}/preview/"


def press_preview(desk, article, /, **changes):
    """Preview from the writing screen; the page that opens."""
    response = desk.post(preview_url(article), opened(desk, article, _preview="1", **changes))
    assert response.status_code == 303
    return desk.get(response.url)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_preview_shows_what_is_typed_and_the_draft_stays_as_it_was(at_desk, editor):
    article = make_article(headline="As saved")
    desk = at_desk(editor)
    page = text_of(press_preview(desk, article, headline="As typed"))
    assert "<h1>As typed</h1>" in page and change_url(article) in page
    assert "Preview of what you have typed, not saved." in page
    assert Article.objects.get().headline == "As saved"
    assert "<h1>As saved</h1>" in text_of(desk.get(preview_url(article) + "?draft=1"))


def test_what_somebody_typed_is_shown_to_nobody_else(at_desk, editor, moderator, administrator):
    article = make_article(headline="As saved")
    press_preview(at_desk(editor), article, headline="As typed")
    for person in (moderator, administrator):
        page = text_of(at_desk(person).get(preview_url(article)))
        assert "<h1>As saved</h1>" in page and "As typed" not in page


def test_the_draft_says_when_and_by_whom_it_was_saved(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    with time_machine.travel("2026-05-03 10:12Z", tick=False):
        desk.post(change_url(article), opened(desk, article, headline="As saved"))
        page = text_of(desk.get(preview_url(article)))
    assert "Preview of the draft, saved 3 May 2026, 10:12 (UTC) by Editor." in page


def test_a_draft_saved_after_the_typing_is_shown_instead(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    with time_machine.travel("2026-05-03 10:12Z", tick=False) as clock:
        press_preview(desk, article, headline="As typed")
        clock.shift(60)
        article.headline = "As saved since"
        article.save()
        assert "<h1>As saved since</h1>" in text_of(desk.get(preview_url(article)))


def test_the_live_page_is_the_same_byte_for_byte_until_it_is_published(at_desk, editor, client):
    article = publish_article(headline="As published", by=editor)
    url = article.get_absolute_url()
    before = client.get(url)
    desk = at_desk(editor)
    data = with_block(
        opened(desk, article, headline="Edited"), "section", body="<p>New.</p>", ordering="9999"
    )
    desk.post(change_url(article), data)
    assert client.get(url).content == before.content
    data = opened(desk, article, headline="Typed only")
    assert "Typed only" in text_of(desk.get(desk.post(preview_url(article), data).url))
    data |= {"headline": "Typed beside", "_beside": "1"}
    address = desk.post(preview_url(article), data).json()["address"]
    assert "Typed beside" in text_of(desk.get(address, {"beside": "1"}))
    assert client.get(url).content == before.content
    publish_opened(desk, article)
    live = text_of(client.get(url))
    assert "<h1>Edited</h1>" in live and "New." in live and "Typed" not in live


def test_problems_are_listed_and_the_rest_is_shown(at_desk, editor):
    article = make_article(headline="As saved", text="")
    section = make_section(article, body="<p>The text.</p>")
    desk = at_desk(editor)
    data = opened(desk, article, headline="", kicker="A kicker")
    data["articles_section_set-0-sources"] = "A list http://\nA talk"
    page = text_of(desk.get(desk.post(preview_url(article), data).url))
    assert "<b>Headline:</b> This field is required." in page
    assert "<b>Section · Sources:</b> Line 1: “http://” is not a web address." in page
    assert "<h1>As saved</h1>" in page and "A kicker" in page and "The text." in page and "A talk" in page
    section.refresh_from_db()
    assert section.sources == ""


def test_typed_filing_is_shown_and_never_kept(at_desk, editor):
    article = make_article(category=make_category("Cable"))
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    streaming, tag = make_category("Streaming"), make_tag("endings")
    series = Series.objects.create(name="Endings explained", slug="endings-explained")
    filing = {"show": show.pk, "category": streaming.pk, "tags": [str(tag.pk)], "series": series.pk}
    shown = text_of(press_preview(at_desk(editor), article, headline="As typed", **filing))
    for name in ("Streaming</a>", "The Imperfects", "endings</a>", "Endings explained</a>"):
        assert name in shown
    stored = Article.objects.get()
    assert stored.show is None and stored.category.name == "Cable" and not stored.tags.exists()
    assert not {"show", "category", "tags", "series", "slug"} & PrivateCopy.objects.get().data.keys()


def test_typed_filing_alone_is_shown_too(at_desk, editor):
    article = make_article(text="<p>The text.</p>")
    tag = make_tag("endings")
    shown = text_of(press_preview(at_desk(editor), article, tags=[str(tag.pk)]))
    assert "endings</a>" in shown and "The text." in shown
    assert not PrivateCopy.objects.exists() and not article.tags.exists()


def test_a_preview_of_nothing_new_keeps_nothing(at_desk, editor):
    article = make_article()
    page = text_of(press_preview(at_desk(editor), article))
    assert "Preview of the draft, saved" in page and not PrivateCopy.objects.exists()


def test_another_copy_that_waits_is_not_written_over(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    press_preview(desk, article, headline="Typed first")
    data = opened(desk, article, headline="Typed in another window")
    page = desk.post(preview_url(article), data)
    assert page.status_code == 200 and "<h1>Typed in another window</h1>" in text_of(page)
    assert page["Content-Security-Policy"] == desk.get("/")["Content-Security-Policy"]
    assert (
        "Take that up or throw it away"
        in desk.post(preview_url(article), data | {"_beside": "1"}).json()["problem"]
    )
    assert PrivateCopy.objects.get().data["headline"] == ["Typed first"]


def test_the_form_of_somebody_who_has_logged_out_gets_nothing_of_who_logged_in_since(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    data = opened(desk, article, headline="Typed by another", _beside="1", _who=str(editor.pk + 1))
    assert desk.post(preview_url(article), data).status_code == 403
    assert not PrivateCopy.objects.exists()


def test_a_press_counts_as_later_than_what_was_autosaved(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    data = opened(desk, article, headline="Autosaved")
    data.pop("_turn", None)
    desk.post(f"/admin/articles/article/{article.pk}/copy/", data | {"_turn": "7"})
    assert PrivateCopy.objects.get().data["headline"] == ["Autosaved"]
    page = desk.get(desk.post(preview_url(article), data | {"headline": "Typed since"}).url)
    assert "<h1>Typed since</h1>" in text_of(page)


def test_new_blocks_are_shown_before_they_are_saved(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    data = with_block(opened(desk, article), "pullquote", quote="Nobody told us", ordering="9999")
    page = text_of(desk.get(desk.post(preview_url(article), data).url))
    assert "Nobody told us" in page and not PullQuote.objects.exists()


def test_a_preview_has_the_readers_policy_and_is_kept_and_indexed_by_nobody(at_desk, editor, client):
    article = publish_article(by=editor)
    live = client.get(article.get_absolute_url())
    preview = at_desk(editor).get(preview_url(article))
    assert preview["Content-Security-Policy"] == live["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "DENY"
    assert "no-store" in preview["Cache-Control"] and "noindex" in preview["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in preview.content.decode()
    assert "<form" not in preview.content.decode()


def test_only_the_preview_beside_the_text_may_be_framed_and_only_by_the_newsroom(at_desk, editor):
    preview = at_desk(editor).get(preview_url(make_article()), {"beside": "1"})
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "script-src 'self'" in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script" not in preview.content.decode()


def test_a_preview_leaves_empty_sections_out(at_desk, editor):
    article = make_article()
    make_section(article, heading="Nothing here yet", body="<p></p>")
    page = text_of(at_desk(editor).get(preview_url(article)))
    assert "Nothing here yet" not in page and "What is known so far." in page


def test_who_may_only_read_previews_the_draft_and_keeps_nothing(at_desk, moderator, editor, writer):
    article = make_article(owner=editor)
    assert at_desk(moderator).get(preview_url(article)).status_code == 200
    assert at_desk(moderator).post(preview_url(article), {"headline": "Forged"}).status_code == 403
    assert at_desk(writer).post(preview_url(article), {"headline": "Forged"}).status_code in (403, 404)
    assert not PrivateCopy.objects.exists()


def test_a_writer_previews_what_was_typed_into_an_own_draft(at_desk, writer):
    article = make_article(owner=writer)
    assert "<h1>As typed</h1>" in text_of(press_preview(at_desk(writer), article, headline="As typed"))


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"headline": "NUL\0", "kicker": "\0"},
        {"headline": "x", "slug": "y", "show": "9" * 40, "category": "\0", "tags": ["x", "99"]},
        {"headline": "x" * 5000, "articles_section_set-TOTAL_FORMS": "many"},
        {"headline": ["a", "b"], "": "nameless", "articles_section_set-0-id": "\0"},
    ],
)
def test_forged_input_is_no_server_error(at_desk, editor, forged):
    article = make_article()
    desk = at_desk(editor)
    assert desk.post(preview_url(article), forged).status_code == 200
    response = desk.post(preview_url(article), {"_form": "abc", **forged})
    assert response.status_code == 303
    assert desk.get(response.url).status_code == 200


def test_a_preview_changes_nothing_by_get_and_takes_no_other_verbs(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    desk.get(preview_url(article), {"headline": "Forged", "slug": "x"})
    assert not PrivateCopy.objects.exists()
    assert desk.put(preview_url(article)).status_code == 405


def test_a_preview_of_twelve_sections_asks_the_database_within_reason(
    at_desk, editor, django_assert_max_num_queries
):
    article = make_article(text="")
    for number in range(12):
        make_section(article, heading=f"Part {number}", body="<p>Text.</p>")
    desk = at_desk(editor)
    address = desk.post(preview_url(article), opened(desk, article, headline="As typed")).url
    with django_assert_max_num_queries(35):
        assert "As typed" in text_of(desk.get(address))
    with django_assert_max_num_queries(20):
        desk.get(preview_url(article) + "?draft=1")


def test_colleagues_previews_are_their_own_rows(at_desk, editor):
    article = make_article()
    other = make_person("other", group="Editors")
    for person in (editor, other):
        press_preview(at_desk(person), article, headline=f"By {person}")
    assert sorted(copy.data["headline"][0] for copy in PrivateCopy.objects.all()) == ["By editor", "By other"]
