"""Writing in the admin: starting, saving, what is lost by nobody, and who may file."""

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Author, Panel, Picture, PullQuote, Section
from tests.factories import (
    make_article,
    make_author,
    make_category,
    make_image,
    make_section,
    make_tag,
    publish_article,
)
from tests.quick_form import opened, publish_opened
from tests.writing import change_url, sentences, with_block

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/article/add/"


# Starting.


def test_adding_an_article_asks_first_what_it_will_be(at_desk, writer):
    page = at_desk(writer).get(ADD).content.decode()
    assert "Short news" in page and "Renewal story" in page
    assert not Article.objects.exists()


def test_a_renewal_story_starts_with_five_headed_sections_that_are_rows_already(at_desk, writer):
    response = at_desk(writer).post(ADD, {"headline": "Will it return?", "start": "renewal"})
    article = Article.objects.get()
    assert response.url == change_url(article)
    sections = Section.objects.filter(parent=article).order_by("ordering")
    assert [row.kind for row in sections] == [
        "overview",
        "decision",
        "viewership",
        "speculation",
        "conclusion",
    ]
    assert all(row.heading for row in sections)


@pytest.mark.parametrize(("start", "headings"), [("news", [""]), ("empty", [])])
def test_other_starts_have_one_section_without_heading_or_none(at_desk, writer, start, headings):
    at_desk(writer).post(ADD, {"headline": "Cancelled", "start": start})
    assert [row.heading for row in Section.objects.all()] == headings


def test_a_new_article_is_its_writers_own_under_their_byline(at_desk, writer):
    author = make_author("Wilma Writer", user=writer)
    at_desk(writer).post(ADD, {"headline": "Cancelled", "start": "news"})
    article = Article.objects.get()
    assert article.owner == writer
    assert list(article.authors.all()) == [author]


def test_a_start_without_headline_is_asked_again_with_nothing_made(at_desk, writer):
    response = at_desk(writer).post(ADD, {"headline": " ", "start": "news"})
    assert "This field is required." in response.content.decode()
    assert not Article.objects.exists()


def test_two_articles_of_one_headline_get_two_addresses(at_desk, writer):
    for _ in range(2):
        at_desk(writer).post(ADD, {"headline": "Cancelled", "start": "news"})
    assert set(Article.objects.values_list("slug", flat=True)) == {"cancelled", "cancelled-2"}


# Saving.


def test_saving_needs_only_a_headline(at_desk, editor):
    article = make_article(text="", authors=(), category=None)
    desk = at_desk(editor)
    response = desk.post(change_url(article), opened(desk, article, headline="Only this"))
    assert response.status_code == 302
    article.refresh_from_db()
    assert article.headline == "Only this"


def test_saving_without_a_headline_keeps_what_was_typed(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    page = desk.post(
        change_url(article), opened(desk, article, headline="", standfirst="Typed with care")
    ).content
    assert b"Typed with care" in page and b"Not saved yet" in page


def test_a_save_never_changes_what_readers_see(at_desk, editor):
    article = publish_article(headline="As published")
    desk = at_desk(editor)
    desk.post(change_url(article), opened(desk, article, headline="Still being written"))
    article = Article.objects.get()
    assert article.headline == "Still being written"
    assert article.live_edition.headline == "As published"


def test_blocks_of_every_kind_are_saved_in_their_order(at_desk, editor):
    article, image = make_article(text=""), make_image()
    desk = at_desk(editor)
    data = opened(desk, article)
    with_block(data, "pullquote", quote="We were as surprised as you", ordering=30)
    with_block(data, "section", kind="decision", heading="No season 2", body="<p>It ended.</p>", ordering=10)
    with_block(data, "picture", image=image.pk, ordering=20)
    with_block(data, "panel", kind="facts", ordering=40)
    desk.post(change_url(article), data)
    assert [type(block) for block in Article.objects.get().blocks()] == [Section, Picture, PullQuote, Panel]


def test_a_picture_block_that_was_left_empty_does_not_stop_the_saving(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    response = desk.post(change_url(article), with_block(opened(desk, article), "picture", ordering=90))
    assert response.status_code == 302
    assert not Picture.objects.exists()


def test_an_empty_pull_quote_is_saved_and_left_out_of_what_is_published(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    desk.post(change_url(article), with_block(opened(desk, article), "pullquote", ordering=90))
    publish_opened(desk, article)
    assert PullQuote.objects.count() == 1
    assert [block["type"] for block in Article.objects.get().live_edition.blocks] == ["section"]


def test_an_invalid_block_loses_nothing_that_was_typed_elsewhere(at_desk, editor):
    article = make_article()
    desk = at_desk(editor)
    data = opened(desk, article, standfirst="Typed with care")
    with_block(data, "section", body="<p>A new section.</p>", sources="Deadline https://", ordering=90)
    page = desk.post(change_url(article), data).content.decode()
    assert "is not a web address" in page
    assert "Typed with care" in page and "A new section." in page
    assert Section.objects.count() == 1


def test_text_pasted_from_word_is_reduced_to_the_allow_list(at_desk, editor):
    article = make_article(text="")
    desk = at_desk(editor)
    desk.post(change_url(article), with_block(opened(desk, article), "section", body=FROM_WORD, ordering=10))
    body = Section.objects.get().body
    assert "mso" not in body and "style" not in body and "class" not in body and "<o:p>" not in body
    assert "<p>No season 2.</p>" in body
    assert "<li>" in body and "<table>" in body and 'href="https://example.com/news"' in body
    assert "javascript" not in body and "alert" not in body and "font-family" not in body


FROM_WORD = """
<meta charset="utf-8"><style>p.MsoNormal { font-family: "Calibri" }</style>
<!--StartFragment--><p class="MsoNormal" style="mso-margin-top-alt:auto"><b><span lang="EN-GB"
style="font-size:12.0pt;mso-fareast-font-family:Calibri">No season 2.</span></b><o:p></o:p></p>
<ul type="disc"><li class="MsoNormal" style="mso-list:l0 level1 lfo1"><span>Mixed reviews</span></li></ul>
<table class="MsoTableGrid" border="1" style="border-collapse:collapse"><tbody><tr><td width="301"
valign="top"><p class="MsoNormal">Week</p></td></tr></tbody></table>
<p><a href="https://example.com/news" onclick="alert(1)">Source</a> <a href="javascript:alert(2)">x</a></p>
<script>alert(3)</script><!--EndFragment-->
"""


# Two at once.


def test_a_block_that_two_people_remove_is_gone(at_desk, editor):
    article = make_article(text="")
    section = make_section(article, body="<p>Before.</p>")
    desk = at_desk(editor)
    data = opened(desk, article, **{"articles_section_set-0-DELETE": "on"})
    section.delete()
    assert desk.post(change_url(article), data).status_code == 302
    assert not Section.objects.exists()


def test_a_forged_press_of_save_as_new_makes_no_article(at_desk, writer):
    article = make_article(owner=writer)
    desk = at_desk(writer)
    forged = opened(desk, article, _saveasnew="1")
    for headline in ("", "A copy"):
        response = desk.post(change_url(article), forged | {"headline": headline})
        assert (response.status_code, Article.objects.count()) == (400, 1), headline


def test_an_address_that_another_article_has_is_an_error_beside_its_field(at_desk, editor):
    make_article(slug="taken")
    article = make_article()
    desk = at_desk(editor)
    response = desk.post(change_url(article), opened(desk, article, slug="taken"))
    assert "slug" in response.context["adminform"].form.errors


def test_a_refused_form_of_a_live_article_still_leads_to_its_live_page(at_desk, editor):
    article = publish_article(slug="stays")
    desk = at_desk(editor)
    page = desk.post(change_url(article), opened(desk, article, slug="", headline="")).content.decode()
    assert 'href="/articles/stays/"' in page


def test_an_address_taken_between_check_and_save_is_the_same_error_and_no_crash(at_desk, editor, monkeypatch):
    article = make_article()
    desk = at_desk(editor)
    data = opened(desk, article, slug="wanted")
    save, calls = Article.save, []

    def save_late(self, **kwargs):
        calls.append(kwargs)
        if len(calls) == 1:
            raise IntegrityError("UNIQUE constraint failed: articles_article.slug")
        return save(self, **kwargs)

    monkeypatch.setattr(Article, "save", save_late)
    assert desk.post(change_url(article), data).status_code == 302
    assert Article.objects.get().slug == "wanted"


# Filing.


def test_filing_takes_effect_on_save(at_desk, editor):
    article = publish_article()
    desk, category, tag = at_desk(editor), make_category("Broadcast"), make_tag("renewals")
    desk.post(
        change_url(article), opened(desk, article, category=category.pk, tags=[tag.pk], slug="new-place")
    )
    article = Article.objects.get()
    assert (article.category, article.slug, list(article.tags.all())) == (category, "new-place", [tag])


def test_filing_alone_does_not_count_as_unpublished_changes(at_desk, editor):
    with time_machine.travel("2026-05-03 10:12Z", tick=False):
        article = publish_article()
    desk = at_desk(editor)
    desk.post(change_url(article), opened(desk, article, category=make_category("Broadcast").pk))
    assert state_in_list(desk) == "Live, version 1"
    desk.post(change_url(article), opened(desk, article, headline="Another"))
    assert state_in_list(desk) == "Live, version 1; changes not published"


def test_changed_blocks_count_as_unpublished_changes(at_desk, editor):
    with time_machine.travel("2026-05-03 10:12Z", tick=False):
        article = publish_article()
    desk = at_desk(editor)
    desk.post(
        change_url(article), opened(desk, article, **{"articles_section_set-0-body": "<p>Other words.</p>"})
    )
    assert state_in_list(desk) == "Live, version 1; changes not published"


def test_a_writer_cannot_refile_a_published_article_even_by_a_forged_post(at_desk, writer):
    article = publish_article(owner=writer, slug="stays")
    desk = at_desk(writer)
    assert 'name="slug"' not in desk.get(change_url(article)).content.decode()
    desk.post(change_url(article), opened(desk, article, slug="moved", headline="A better one"))
    article = Article.objects.get()
    assert (article.slug, article.headline) == ("stays", "A better one")


def test_a_writer_files_an_own_draft(at_desk, writer):
    article, desk = make_article(owner=writer), at_desk(writer)
    desk.post(change_url(article), opened(desk, article, slug="my-place"))
    assert Article.objects.get().slug == "my-place"


def test_only_an_editor_hands_an_article_to_somebody_else(at_desk, writer, editor):
    article, desk = make_article(owner=writer), at_desk(editor)
    desk.post(change_url(article), opened(desk, article, owner=editor.pk))
    assert Article.objects.get().owner == editor
    assert 'name="owner"' not in at_desk(writer).get(change_url(make_article(owner=writer))).content.decode()


# Bylines.


def test_the_byline_is_kept_in_the_order_given(at_desk, editor):
    article = make_article(authors=())
    ada, ben = make_author("Ada"), make_author("Ben")
    desk = at_desk(editor)
    data = opened(desk, article)
    with_block(data, "article_authors", author=ada.pk, position=2)
    with_block(data, "article_authors", author=ben.pk, position=1)
    desk.post(change_url(article), data)
    assert [row.author for row in article.article_authors.all()] == [ben, ada]


def test_an_author_stands_in_a_byline_once(at_desk, editor):
    article, desk = make_article(authors=("Ada",)), at_desk(editor)
    author = Author.objects.get()
    response = desk.post(
        change_url(article), with_block(opened(desk, article), "article_authors", author=author.pk)
    )
    assert "already" in response.content.decode() or "duplicate" in response.content.decode()


# The list and the form as pages.


def state_in_list(desk):
    return sentences(desk.get("/admin/articles/article/").content.decode(), "field-state")[0]


def test_the_list_says_where_every_article_stands(at_desk, editor):
    make_article(headline="Never")
    publish_article(headline="Live")
    gone = publish_article(headline="Gone")
    gone.unpublish()
    publish_article(headline="Coming", at=timezone.now() + timezone.timedelta(days=2))
    page = at_desk(editor).get("/admin/articles/article/").content.decode()
    states = [state.partition(";")[0] for state in sentences(page, "field-state")]
    assert sorted(states) == ["Draft", "Live, version 1", "Scheduled", "Unpublished"]


@pytest.mark.parametrize("state", ["draft", "live", "unpublished"])
def test_the_list_is_filtered_by_state(at_desk, editor, state):
    make_article()
    publish_article()
    publish_article().unpublish()
    page = at_desk(editor).get(f"/admin/articles/article/?state={state}").content.decode()
    assert len(sentences(page, "field-state")) == 1


def test_the_list_is_searched_and_filtered_to_ones_own(at_desk, editor):
    make_article(headline="The Imperfects", owner=editor)
    make_article(headline="Cobra Kai")
    desk = at_desk(editor)
    for query in ("q=imperfects", "whose=mine"):
        page = desk.get(f"/admin/articles/article/?{query}").content.decode()
        assert "The Imperfects" in page and "Cobra Kai" not in page


def test_the_list_costs_the_same_for_two_articles_and_for_twelve(
    at_desk, editor, django_assert_max_num_queries
):
    desk = at_desk(editor)
    for count in (2, 10):
        for number in range(count):
            publish_article(authors=(f"Author {number}",), category=make_category(f"Category {number}"))
        with django_assert_max_num_queries(12):
            desk.get("/admin/articles/article/")


def test_the_form_of_twelve_sections_opens_in_at_most_thirty_queries(
    at_desk, editor, django_assert_max_num_queries
):
    article = make_article(lead_image=make_image(), text="", authors=("Ada", "Ben", "Cem"))
    article.tags.add(make_tag())
    for number in range(12):
        make_section(article, heading=f"Heading {number}", body="<p>Text.</p>")
    article.publish(by=editor)
    Panel.objects.create(parent=article, ordering=200)
    for number in range(6):
        Picture.objects.create(parent=article, ordering=210 + number, image=make_image())
    desk = at_desk(editor)
    with django_assert_max_num_queries(30):
        page = desk.get(change_url(article)).content.decode()
    assert "You have unpublished changes" in page


def test_only_what_was_never_published_can_be_deleted(at_desk, editor):
    draft, published = make_article(), publish_article()
    desk = at_desk(editor)
    for article, status in [(draft, 302), (published, 403)]:
        url = reverse("admin:articles_article_delete", args=[article.pk])
        assert desk.post(url, {"post": "yes"}).status_code == status
    assert list(Article.objects.all()) == [published]


def test_a_writer_finds_nobody_elses_article(at_desk, writer, editor):
    own, foreign = make_article(owner=writer, headline="Own"), make_article(owner=editor, headline="Foreign")
    desk = at_desk(writer)
    assert "Foreign" not in desk.get("/admin/articles/article/").content.decode()
    assert desk.get(change_url(own)).status_code == 200
    for page in ("change", "delete", "history"):
        response = desk.get(reverse(f"admin:articles_article_{page}", args=[foreign.pk]))
        assert response.status_code == 302 and response.url == "/admin/"


def test_a_moderator_reads_an_article_without_a_form(at_desk, moderator):
    article = make_article(headline="To be read")
    page = at_desk(moderator).get(change_url(article)).content.decode()
    assert "To be read" in page and "Read the draft" in page
    assert 'id="article_form"' not in page
