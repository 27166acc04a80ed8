"""The versions of an article in the newsroom: what changed, and what comes back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.comparing import changes, compare
from articles.models import Article, Edition, Embed, Panel, Picture, PullQuote, Section, Update
from articles.restoring import restore
from shows.models import Show
from tests.factories import make_article, make_image, make_section, publish_article
from tests.writing import change_url, page_of, rewrite, typed

pytestmark = pytest.mark.django_db


def rich_article():
    """An article with every kind of block."""
    show = Show.objects.create(title="The Imperfects", slug="the-imperfects")
    article = make_article(text="", show=show, lead_image=make_image(caption="The cast"))
    make_section(
        article,
        heading="A brief overview",
        kind="overview",
        body='<p>Three <strong>young</strong> people and <a href="https://example.org/x">a cure</a>.</p>',
        sources="The list https://example.org/list\nA talk on the phone",
        ordering=10,
    )
    Picture.objects.create(parent=article, image=make_image(), caption="A lab", ordering=20)
    PullQuote.objects.create(parent=article, quote="It ends here", attribution="Abbi", ordering=30)
    Panel.objects.create(parent=article, kind="viewership", season_number=1, ordering=40)
    Embed.objects.create(
        parent=article,
        url="https://youtu.be/dQw4w9WgXcQ",
        title="The trailer",
        poster=make_image(),
        ordering=50,
    )
    Embed.objects.create(
        parent=article, url="https://x.com/a/1", author_name="A", posted_on=date(2022, 11, 8), ordering=60
    )
    Update.objects.create(
        parent=article, dated_on=date(2022, 11, 8), text="It is over.", source_name="Tudum", ordering=5
    )
    return article


def test_a_version_is_compared_with_the_one_before_it_also_where_a_number_is_missing(at_desk, editor):
    article = publish_article(headline="One")
    article.cancel(article.publish(at=timezone.now() + timedelta(hours=1)))
    rewrite(article, headline="Two").publish()
    assert "compare/?from=1&amp;to=3" in page_of(at_desk(editor), article, "versions")


# Comparing.


def test_nothing_differs_between_a_version_and_the_draft_that_it_was_made_of():
    article = rich_article()
    edition = article.publish()
    assert changes(edition, Edition.compose(Article.objects.get())) == []
    assert len(compare(edition, edition)) >= 6


def test_the_words_that_went_and_came_are_marked():
    article = publish_article(text="<p>Netflix has renewed the series.</p>")
    Section.objects.update(body="<p>Netflix has cancelled the series.</p>")
    (part,) = changes(article.live_edition, Edition.compose(article))
    assert [text for text, differs in part.was if differs] == ["renewed"]
    assert [text for text, differs in part.now if differs] == ["cancelled"]


def test_a_new_link_address_and_bold_type_are_changes_too():
    article = publish_article(text='<p>See <a href="https://a.example/">this</a> and that.</p>')
    Section.objects.update(body='<p>See <a href="https://b.example/">this</a> and <strong>that.</strong></p>')
    (part,) = changes(article.live_edition, Edition.compose(article))
    assert "[https://b.example/]" in str(part.now) and "**that.**" in str(part.now)


def test_added_removed_and_moved_parts_are_told_apart():
    article = rich_article()
    edition = article.publish()
    PullQuote.objects.all().delete()
    make_section(article, heading="What is next", body="<p>Nothing.</p>", ordering=50)
    kinds = {part.title: part.kind for part in changes(edition, Edition.compose(article))}
    assert kinds == {"Pull quote": "removed", "Section: What is next": "added"}


def test_a_text_of_five_thousand_words_is_compared_too():
    words = " ".join(f"word{n % 700}" for n in range(5000))
    article = publish_article(text=f"<p>{words}</p>")
    Section.objects.update(body=f"<p>{words} more</p>")
    (part,) = changes(article.live_edition, Edition.compose(article))
    assert part.now[-1] == ("more", True)


def test_markup_in_a_text_is_shown_and_not_obeyed(at_desk, editor):
    article = publish_article(headline="One <b>two</b>")
    rewrite(article, headline="One <script>alert(1)</script>")
    page = page_of(at_desk(editor), article, "compare")
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def test_any_two_versions_and_the_draft_can_be_compared(at_desk, editor):
    article = publish_article(headline="First words")
    rewrite(article, headline="Second words").publish()
    rewrite(article, headline="Third words")
    desk = at_desk(editor)
    assert "<del>First</del>" in page_of(desk, article, "compare", **{"from": 1, "to": 2})
    page = page_of(desk, article, "compare")
    assert "<del>Second</del>" in page and "<ins>Third</ins>" in page
    assert "word for word" in page_of(desk, article, "compare", **{"from": 2, "to": 2})
    for wrong in ("9", "x", "-1", "²"):
        address = f"/admin/articles/article/{article.pk}/compare/"
        assert desk.get(address, {"from": wrong}).status_code == 404


# Restoring.


def test_a_restored_version_is_the_draft_word_for_word():
    article = rich_article()
    edition = article.publish()
    rewrite(article, headline="Something else", lead_image=None)
    Section.objects.all().delete()
    PullQuote.objects.update(quote="Not this")
    restore(edition)
    assert Edition.compose(Article.objects.get()).digest == edition.digest


def test_restoring_asks_first_and_readers_see_nothing_of_it(at_desk, editor, client):
    article = publish_article(headline="As it was", text="<p>Old text.</p>", slug="story")
    Section.objects.update(body="<p>New text.</p>")
    rewrite(article, headline="As it is").publish()
    desk = at_desk(editor)
    before = client.get("/articles/story/").content
    asked = page_of(desk, article, "restore/1")
    assert "Restore version 1?" in asked and "<del>New</del>" in asked
    assert Article.objects.get().headline == "As it is"
    response = desk.post(f"/admin/articles/article/{article.pk}/restore/1/")
    assert response.url == change_url(article)
    article.refresh_from_db()
    assert article.headline == "As it was" and Section.objects.get().body == "<p>Old text.</p>"
    assert client.get("/articles/story/").content == before


def test_a_form_that_was_open_while_a_version_was_restored_is_told(at_desk, editor):
    article = publish_article(text="<p>Old text.</p>")
    rewrite(article, standfirst="Rewritten")
    desk = at_desk(editor)
    open_form = typed(desk, article, headline="Typed meanwhile", standfirst="Typed meanwhile, too")
    restore(article.live_edition)
    page = desk.post(change_url(article), open_form).content.decode()
    assert "after you opened this page" in page and "Typed meanwhile, too" in page


def test_who_may_not_write_an_article_restores_nothing(at_desk, moderator):
    article = publish_article()
    assert at_desk(moderator).post(f"/admin/articles/article/{article.pk}/restore/1/").status_code == 403
