"""Notes on an article: added, settled and opened again by who writes on it; read by who may read it."""

import pytest

from articles.models import Note
from articles.notes import add_note
from tests.factories import make_article
from tests.writing import page_of

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def article(writer):
    return make_article(owner=writer)


def url(article, rest):
    return f"/admin/articles/article/{article.pk}/{rest}"


def test_a_note_is_plain_text_with_its_lines_and_its_writer(at_desk, writer, editor, article):
    at_desk(editor).post(url(article, "notes/"), {"text": "Check <b>this</b>:\nwho says so?"})
    for page in (page_of(at_desk(writer), article, "change"), page_of(at_desk(writer), article, "desk")):
        assert "Check &lt;b&gt;this&lt;/b&gt;:<br>who says so?" in page and "Editor, <time" in page


def test_a_note_is_settled_and_opened_again_with_who_and_when(at_desk, writer, editor, article):
    note = add_note(article, editor, "Who says so?")
    desk = at_desk(writer)
    desk.post(url(article, f"notes/{note.pk}/"), {"_settle": "1"})
    assert "settled by Writer" in page_of(desk, article, "desk") and "1 settled note" in page_of(
        desk, article, "desk"
    )
    at_desk(editor).post(url(article, f"notes/{note.pk}/"), {"_settle": "1"})
    assert Note.objects.get().settled_by == writer
    desk.post(url(article, f"notes/{note.pk}/"), {"_reopen": "1"})
    assert Note.objects.get().settled_at is None and "settled by" not in page_of(desk, article, "desk")


@pytest.mark.parametrize(
    ("text", "said"), [("x" * 2001, "at most 2000 characters"), (" ", "Write something")]
)
@pytest.mark.parametrize("headers", [FETCH, {}])
def test_a_note_that_is_too_long_or_empty_is_told_and_kept(at_desk, writer, article, text, said, headers):
    response = at_desk(writer).post(url(article, "notes/"), {"text": text, "note": "half"}, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422 and said in page and text in page
    assert not Note.objects.exists()


def test_a_nul_is_no_note(at_desk, writer, article):
    assert at_desk(writer).post(url(article, "notes/"), {"text": "a\0b"}).status_code == 422


def test_half_written_words_survive_another_press_in_the_box(at_desk, writer, editor, article):
    note = add_note(article, editor, "Who says so?")
    response = at_desk(writer).post(
        url(article, f"notes/{note.pk}/"), {"_settle": "1", "text": "Half a thought"}, headers=FETCH
    )
    assert "Half a thought" in response.content.decode()


def test_moderators_read_notes_and_write_none(at_desk, editor, moderator, article):
    note = add_note(article, editor, "Who says so?")
    desk = at_desk(moderator)
    page = page_of(desk, article, "desk")
    assert "Who says so?" in page and "Add note" not in page and "_settle" not in page
    assert "Review and notes" in desk.get(url(article, "change/")).content.decode()
    for address in ("notes/", f"notes/{note.pk}/"):
        assert desk.post(url(article, address), {"text": "Mine", "_settle": "1"}).status_code == 403
    assert Note.objects.get().settled_at is None


def test_a_note_of_another_article_is_not_found(at_desk, writer, editor, article):
    note = add_note(make_article(owner=editor), editor, "Theirs")
    for number in (note.pk, 10**30):
        assert at_desk(writer).post(url(article, f"notes/{number}/"), {"_settle": "1"}).status_code == 404


def test_the_form_asks_twice_for_reviews_and_notes_however_many_there_are(
    at_desk, writer, article, django_assert_max_num_queries
):
    desk = at_desk(writer)
    desk.get(url(article, "change/"))
    for number in range(12):
        add_note(article, writer, f"Note {number}")
    with django_assert_max_num_queries(30):
        desk.get(url(article, "change/"))
