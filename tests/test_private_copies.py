"""What is typed and not saved: kept apart from the draft, for its writer alone, and offered on return."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from articles.copies import purge_copies
from articles.models import Article, OpenForm, PrivateCopy
from tests.factories import make_article, make_section
from tests.quick_form import opened
from tests.writing import change_url, fields_of, page_of, with_block

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 5, 3, 10, 42, tzinfo=UTC)


@pytest.fixture
def desk(at_desk, editor):
    return at_desk(editor)


def copy_url(article):
    return f"/admin/articles/article/{article.pk}/copy/"


def keep(desk, article, data, **fields):
    response = desk.post(copy_url(article), data | fields)
    assert response.status_code == 200
    return response.json()


def form_page(desk, article, query=""):
    return " ".join(desk.get(change_url(article) + query).content.decode().split())


@time_machine.travel(MORNING, tick=False)
def test_typing_is_kept_and_offered_on_return_and_the_draft_stays_as_it_was(desk):
    article = make_article(headline="Before")
    assert keep(desk, article, opened(desk, article, headline="Typed"))["kept"] == "10:42"
    assert Article.objects.get().headline == "Before"
    page = form_page(desk, article)
    assert '<div class="copy-note copy-offer">' in page
    assert '<span class="copy-time">3 May, 10:42</span> and did not save it' in page
    assert 'value="Before"' in page


def test_taking_it_up_shows_what_was_typed_and_saves_nothing_yet(desk):
    article = make_article(headline="Before", text="")
    section = make_section(article, body="<p>Before.</p>")
    data = opened(desk, article, headline="Typed") | {"articles_section_set-0-body": "<p>Typed, too.</p>"}
    keep(desk, article, with_block(data, "pullquote", quote="Nobody told us", ordering=5))
    page = form_page(desk, article, "?copy=1")
    assert "This is what you typed at" in page and "Typed, too." in page and "Nobody told us" in page
    assert Article.objects.get().headline == "Before"
    desk.post(change_url(article), fields_of(page))
    assert Article.objects.get().headline == "Typed"
    section.refresh_from_db()
    assert section.body == "<p>Typed, too.</p>"
    assert [type(block).__name__ for block in Article.objects.get().blocks()] == ["PullQuote", "Section"]
    assert not PrivateCopy.objects.exists()


def test_a_save_drops_the_copy_of_its_own_form_and_no_other(desk):
    article = make_article(headline="Before")
    data = opened(desk, article, headline="Typed yesterday")
    keep(desk, article, data)
    desk.post(change_url(article), opened(desk, article, kicker="Today"))
    assert PrivateCopy.objects.count() == 1
    desk.post(change_url(article), data)
    assert not PrivateCopy.objects.exists()


def test_filing_is_never_kept(desk):
    article = make_article(slug="before")
    data = opened(desk, article, slug="after", headline="Typed")
    keep(desk, article, data)
    assert not set(PrivateCopy.objects.get().data) & {"slug", "category", "tags", "show", "comments_mode"}
    page = form_page(desk, article, "?copy=1")
    desk.post(change_url(article), fields_of(page))
    article.refresh_from_db()
    assert (article.slug, article.headline) == ("before", "Typed") and article.category


def test_what_says_the_same_as_the_draft_is_not_kept_and_drops_what_was(desk):
    article = make_article(headline="Before", text="")
    make_section(article, body="<p>Text.</p>")
    data = opened(desk, article)
    keep(desk, article, data, headline="Typed")
    assert PrivateCopy.objects.count() == 1
    assert keep(desk, article, data, **{"articles_section_set-0-ordering": "777"})["kept"] == ""
    assert not PrivateCopy.objects.exists()


def test_two_windows_do_not_write_over_each_other(desk):
    article = make_article()
    one, other = opened(desk, article, headline="One"), opened(desk, article, headline="Other")
    keep(desk, article, one)
    assert keep(desk, article, other)["undecided"]
    assert PrivateCopy.objects.get().data["headline"] == ["One"]


def test_an_older_state_that_arrives_late_changes_nothing(desk):
    article = make_article()
    data = opened(desk, article)
    keep(desk, article, data, headline="Newer", _turn="2")
    keep(desk, article, data, headline="Older", _turn="1")
    assert PrivateCopy.objects.get().data["headline"] == ["Newer"]


def test_a_copy_that_was_taken_up_is_gone_on_with(desk):
    article = make_article()
    keep(desk, article, opened(desk, article, headline="Typed"))
    again = fields_of(form_page(desk, article, "?copy=1"))
    assert keep(desk, article, again, headline="Typed on")["kept"]
    assert PrivateCopy.objects.get().data["headline"] == ["Typed on"]


def test_what_others_saved_since_it_was_typed_is_put_together_when_it_is_taken_up(
    desk, at_desk, administrator
):
    article = make_article(headline="Before", standfirst="Before", text="")
    section = make_section(article, heading="Gone", body="<p>Gone.</p>")
    keep(desk, article, opened(desk, article, headline="Mine"))
    other = at_desk(administrator)
    data = opened(other, article, headline="Theirs", standfirst="Theirs")
    section.delete()
    other.post(change_url(article), with_block(data, "section", body="<p>New.</p>", ordering=5))
    page = form_page(desk, article, "?copy=1")
    assert "Changed by both of you" in page and "Taken from what Admin saved" in page
    desk.post(change_url(article), fields_of(page) | {"_choice-headline": "mine"})
    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Mine", "Theirs")


def test_it_is_shown_beside_the_draft_and_thrown_away_after_a_question(desk):
    article = make_article(headline="The old headline")
    keep(desk, article, opened(desk, article, headline="The new headline"))
    assert "<ins>new</ins>" in page_of(desk, article, "copy/compare")
    asked = page_of(desk, article, "copy/throw-away")
    assert "It cannot be brought back" in asked and PrivateCopy.objects.exists()
    form_id = PrivateCopy.objects.get().data["_form"][0]
    desk.post(f"{copy_url(article)}throw-away/", {"form": "another"})
    assert PrivateCopy.objects.exists()
    assert desk.post(f"{copy_url(article)}throw-away/", {"form": form_id}).url == change_url(article)
    assert not PrivateCopy.objects.exists()


def test_nobody_else_is_offered_it(desk, at_desk, administrator):
    article = make_article()
    keep(desk, article, opened(desk, article, headline="Private words"))
    for query in ("", "?copy=1"):
        assert "Private words" not in form_page(at_desk(administrator), article, query)
    assert at_desk(administrator).get(f"{copy_url(article)}compare/").status_code == 302


def test_who_may_not_write_an_article_keeps_nothing(at_desk, moderator, writer):
    article = make_article()
    for person in (moderator, writer):
        for address in ("", "compare/", "throw-away/"):
            assert at_desk(person).post(copy_url(article) + address, {"_form": "x"}).status_code in (403, 404)
    assert not PrivateCopy.objects.exists() and not OpenForm.objects.exists()


def test_somebody_else_in_the_same_browser_keeps_nothing_in_their_own_name(desk, editor):
    article = make_article()
    data = opened(desk, article, headline="Typed", _who=str(editor.pk + 1))
    assert desk.post(copy_url(article), data).status_code == 409
    assert not PrivateCopy.objects.exists()


ODD = [
    {"_form": ""},
    {"_form": "x" * 5000},
    {"_age": "9" * 30},
    {"_age": "-1"},
    {"_turn": "9" * 30},
    {"headline": "NUL \0 inside"},
    {"articles_section_set-TOTAL_FORMS": "9" * 30},
    {"_base": "[" * 9999},
    {"seen_at": "2026-99-99T10:00:00Z"},
    {"\0": "x"},
]


def test_odd_requests_are_no_accident(desk):
    article = make_article()
    data = opened(desk, article, headline="Typed")
    for odd in ODD:
        PrivateCopy.objects.all().delete()
        assert desk.post(copy_url(article), data | odd).status_code in (200, 400), odd
        assert desk.get(f"{copy_url(article)}compare/").status_code in (200, 302), odd


ODD_BUT_KEPT = [
    {"_age": "9" * 30, "_turn": "9" * 30, "headline": "NUL \0 inside"},
    {"_age": "-1", "articles_section_set-TOTAL_FORMS": "9" * 30, "\0": "x"},
    {"_base": "[" * 9999, "seen_at": "2026-99-99T10:00:00Z"},
]


def test_what_was_oddly_kept_can_be_taken_up(desk):
    article = make_article()
    data = opened(desk, article, headline="Typed")
    for odd in ODD_BUT_KEPT:
        PrivateCopy.objects.all().delete()
        desk.post(copy_url(article), data | odd)
        assert PrivateCopy.objects.exists(), odd
        assert desk.get(change_url(article) + "?copy=1").status_code == 200, odd


def test_what_is_too_large_is_refused_and_not_half_kept(desk):
    article = make_article()
    data = opened(desk, article, headline="x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert desk.post(
        copy_url(article), data, content_type="application/x-www-form-urlencoded"
    ).status_code in (
        400,
        413,
    )
    assert not PrivateCopy.objects.exists()


def test_a_form_with_a_copy_that_cannot_be_saved_says_so_and_keeps_it(desk):
    article = make_article(headline="Before")
    keep(desk, article, opened(desk, article, headline="x" * 300))
    page = form_page(desk, article, "?copy=1")
    assert "x" * 300 in page and "at most 200 characters" in page
    assert "at most 200 characters" in page_of(desk, article, "copy/compare")


# Who else is there.


@time_machine.travel(MORNING, tick=False)
def test_a_line_says_who_else_has_it_open_until_a_minute_of_silence(desk, at_desk, administrator):
    article = make_article()
    other = at_desk(administrator)
    assert keep(desk, article, {"_beat": "1"})["others"] == []
    assert keep(other, article, {"_beat": "1"})["others"] == [{"who": "Editor", "seen": "10:42"}]
    assert "Editor has this open too (seen 10:42)" in form_page(other, article)
    with time_machine.travel(MORNING + timedelta(seconds=61), tick=False):
        assert keep(other, article, {"_beat": "1"})["others"] == []


def test_leaving_is_told_at_once(desk, at_desk, administrator):
    article = make_article()
    keep(desk, article, {"_beat": "1"})
    desk.post(copy_url(article), {"_leave": "1"})
    assert keep(at_desk(administrator), article, {"_beat": "1"})["others"] == []


def test_a_save_by_somebody_else_is_told_before_one_saves(desk, at_desk, administrator):
    article = make_article()
    data, other = opened(desk, article), at_desk(administrator)
    assert "saved" not in keep(desk, article, {"_beat": "1", "seen_at": data["seen_at"]})
    other.post(change_url(article), opened(other, article, headline="Theirs"))
    saved = keep(desk, article, {"_beat": "1", "seen_at": data["seen_at"]})["saved"]
    assert saved["who"] == "Admin" and not saved["you"]


def test_a_sign_of_life_is_cheap(desk, django_assert_max_num_queries):
    article = make_article()
    keep(desk, article, {"_beat": "1"})
    with django_assert_max_num_queries(9):
        keep(desk, article, {"_beat": "1", "seen_at": article.saved_at.isoformat()})


def test_a_form_gets_a_token_that_holds_after_logging_in_again(desk):
    assert desk.get(copy_url(make_article())).json()["token"]


def test_old_copies_and_forgotten_forms_go(desk, editor):
    article = make_article()
    keep(desk, article, opened(desk, article, headline="Typed"))
    PrivateCopy.objects.update(typed_at=timezone.now() - timedelta(days=89))
    assert purge_copies() == 0
    PrivateCopy.objects.update(typed_at=timezone.now() - timedelta(days=91))
    assert purge_copies() == 1


def test_copies_go_with_their_writer(desk, editor):
    article = make_article()
    keep(desk, article, opened(desk, article, headline="Typed"))
    editor.delete()
    assert not PrivateCopy.objects.exists()
