"""The versions of an article in the newsroom: what changed, what comes back, and what is still to come."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.comparing import changes, compare
from articles.models import Article, Edition, Panel, Picture, PullQuote, Section
from articles.restoring import restore
from shows.models import Show
from tests.factories import make_article, make_image, make_section, publish_article
from tests.writing import change_url, press_publish, publish_url, typed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def page_of(desk, article, name, **query):
    response = desk.get(f"/admin/articles/article/{article.pk}/{name}/", query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def rewrite(article, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return article


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
    return article


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
    article = publish_article(headline="As it was")
    desk = at_desk(editor)
    open_form = typed(desk, article, headline="Typed meanwhile")
    restore(article.live_edition)
    page = desk.post(change_url(article), open_form).content.decode()
    assert "after you opened this page" in page and "Typed meanwhile" in page


def test_who_may_not_write_an_article_restores_nothing(at_desk, moderator):
    article = publish_article()
    assert at_desk(moderator).post(f"/admin/articles/article/{article.pk}/restore/1/").status_code == 403


# Publishing.


def test_publishing_over_a_live_article_shows_what_changes_and_whose_changes_they_are(
    at_desk, editor, writer
):
    article = publish_article(headline="Before", owner=writer)
    at_desk(writer).post(change_url(article), typed(at_desk(writer), article, headline="After"))
    page = page_of(at_desk(editor), article, "publish")
    assert "<del>Before</del>" in page and "<ins>After</ins>" in page
    assert "Saved since by Writer." in page


def test_a_version_bears_its_note_and_a_small_fix_keeps_the_date(at_desk, editor, client):
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Before")
        clock.shift(timedelta(days=2))
        desk = at_desk(editor)
        press_publish(desk, article, {"note": "A comma", "is_minor": "on"}, headline="After")
        assert "A comma" in page_of(desk, article, "versions")
        page = client.get(article.get_absolute_url()).content.decode()
        assert "After" in page and "Updated" not in page


def test_a_correction_stands_under_the_text_with_its_date_and_stays(at_desk, editor, client):
    with time_machine.travel(NOON, tick=False):
        article = publish_article(headline="Before")
        desk = at_desk(editor)
        press_publish(desk, article, {"correction": "It was the ninth place, not the tenth."})
        article.refresh_from_db()
        rewrite(article, headline="Later still").publish()
        page = client.get(article.get_absolute_url()).content.decode()
    assert "It was the ninth place, not the tenth." in page and "5 May 2026" in page
    assert not Article.objects.get().has_unpublished_changes()


def test_a_scheduled_update_goes_live_by_a_plain_request_at_its_second(at_desk, editor, client, settings):
    settings.TIME_ZONE = "Europe/London"
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Before")
        desk = at_desk(editor)
        press_publish(desk, article, {"when": "later", "at": "2026-05-05T14:00"}, headline="After")
        page = " ".join(desk.get(change_url(article)).content.decode().split())
        assert "Version 2 goes live 5 May 2026, 14:00 (Europe/London)." in page
        clock.shift(3599)
        assert "Before" in client.get(article.get_absolute_url()).content.decode()
        clock.shift(1)
        assert "After" in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"when": "later"}, "Say when."),
        ({"when": "later", "at": "2026-05-05T11:59"}, "That moment has passed."),
        ({"when": "later", "at": "tomorrow"}, "Enter a valid date/time."),
        ({"when": "never"}, "Select a valid choice"),
        ({"when": "now", "note": "x" * 301}, "at most 300 characters"),
    ],
)
def test_wrong_terms_are_named_and_nothing_is_published(at_desk, editor, terms, said):
    article = make_article()
    with time_machine.travel(NOON, tick=False):
        page = at_desk(editor).post(publish_url(article), terms).content.decode()
    assert said in page
    assert not article.editions.exists()


def test_publishing_while_an_update_is_scheduled_asks_what_becomes_of_it(at_desk, editor):
    with time_machine.travel(NOON, tick=False):
        article = publish_article(headline="Live")
        rewrite(article, headline="Tomorrow").publish(at=NOON + timedelta(days=1))
        rewrite(article, headline="Now")
        desk = at_desk(editor)
        assert "at its time it replaces this one" in page_of(desk, article, "publish")
        assert "Say what becomes of it." in desk.post(publish_url(article), {"when": "now"}).content.decode()
        assert article.editions.count() == 2
        desk.post(publish_url(article), {"when": "now", "scheduled": "keep"})
        assert article.scheduled_editions.get().headline == "Tomorrow"
        rewrite(article, headline="Now again")
        desk.post(publish_url(article), {"when": "now", "scheduled": "drop"})
        assert not article.scheduled_editions.exists()
        assert article.editions.live().get().headline == "Now again"


def test_a_version_to_come_is_cancelled_in_the_list(at_desk, editor):
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article(headline="Live")
        coming = rewrite(article, headline="Tomorrow").publish(at=NOON + timedelta(days=1))
        desk = at_desk(editor)
        assert "Do not publish it" in page_of(desk, article, "versions")
        cancel = f"/admin/articles/article/{article.pk}/versions/{coming.pk}/cancel/"
        assert desk.get(cancel).status_code == 405
        desk.post(cancel)
        clock.shift(timedelta(days=2))
        assert article.editions.live().get().headline == "Live"
        assert Article.objects.get().headline == "Tomorrow"


# Unpublishing.


def unpublish(desk, article, **terms):
    address = f"/admin/articles/article/{article.pk}/unpublish/"
    return desk.post(address, {"when": "now", "absence": "for_now", **terms})


def test_unpublishing_for_good_and_to_another_article(at_desk, editor, client):
    one, other = publish_article(), publish_article()
    desk = at_desk(editor)
    unpublish(desk, one, absence="moved", sent_to=other.pk)
    assert client.get(one.get_absolute_url()).url == other.get_absolute_url()
    unpublish(desk, other, absence="for_good")
    assert client.get(other.get_absolute_url()).status_code == 410
    assert "gone for good" in desk.get(change_url(other)).content.decode()


def test_readers_are_sent_only_where_something_is(at_desk, editor, client):
    article, draft = publish_article(), make_article()
    desk = at_desk(editor)
    for sent_to in ("", draft.pk, article.pk, "x", "99999999999999999999"):
        page = unpublish(desk, article, absence="moved", sent_to=sent_to).content.decode()
        assert "errorlist" in page
    assert client.get(article.get_absolute_url()).status_code == 200


def test_unpublishing_at_a_time_is_said_and_can_be_taken_back(at_desk, editor, client):
    with time_machine.travel(NOON, tick=False) as clock:
        article = publish_article()
        desk = at_desk(editor)
        unpublish(desk, article, when="later", at="2026-05-06T12:00")
        page = " ".join(desk.get(change_url(article)).content.decode().split())
        assert "It will be unpublished 6 May 2026, 12:00 (UTC)." in page and "Keep it published" in page
        desk.post(f"/admin/articles/article/{article.pk}/keep-published/")
        clock.shift(timedelta(days=2))
        assert client.get(article.get_absolute_url()).status_code == 200


def test_a_writer_sees_the_versions_and_neither_publishes_nor_cancels(at_desk, writer):
    article = publish_article(owner=writer)
    coming = article.publish(at=NOON + timedelta(days=36500))
    desk = at_desk(writer)
    page = page_of(desk, article, "versions")
    assert "Restore" in page and "Do not publish it" not in page
    for name in ("publish", "unpublish", "keep-published", f"versions/{coming.pk}/cancel"):
        assert desk.post(f"/admin/articles/article/{article.pk}/{name}/", {"when": "now"}).status_code == 403
    assert article.editions.count() == 2
