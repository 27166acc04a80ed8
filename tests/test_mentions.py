"""A note that names a colleague is mailed to them."""

import pytest
from django.core import mail

from articles.mentions import mentioned_in, tell_mentioned
from articles.models import Note
from tests.conftest import make_person
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def note_by(person, text):
    article = make_article(headline="The finale", owner=person)
    return Note.objects.create(article=article, text=text, written_by=person, written_by_name="Writer")


def test_whom_a_note_names_is_mailed_its_text_and_the_way_to_the_article(writer, editor):
    note = note_by(writer, "@editor, is that so?")
    assert tell_mentioned(note) == [editor]
    (message,) = mail.outbox
    assert message.to == ["editor@example.com"] and message.subject == "A note on: The finale"
    assert "@editor, is that so?" in message.body
    assert f"/admin/articles/article/{note.article_id}/change/" in message.body


def test_a_note_is_mailed_once_however_often_it_is_told(writer, editor):
    note = note_by(writer, "@editor @Editor")
    tell_mentioned(note)
    tell_mentioned(note)
    assert len(mail.outbox) == 1


def test_who_wrote_it_and_who_may_not_see_the_article_are_not_mailed(writer, editor):
    make_person("stranger", group="Writers")
    assert tell_mentioned(note_by(writer, "@writer and @stranger")) == []
    assert not mail.outbox


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Ask @editor.", True),
        ("(@EDITOR)", True),
        ("@editor's question", True),
        ("editor", False),
        ("mail zoe@editor now", False),
        ("@editors", False),
        ("@@editor", False),
    ],
)
def test_a_username_after_an_at_is_a_mention(editor, text, is_named):
    assert bool(mentioned_in(text)) is is_named


def test_who_left_is_not_mailed(writer, editor):
    editor.is_active = False
    editor.save()
    assert tell_mentioned(note_by(writer, "@editor")) == []


def test_a_note_added_at_the_desk_says_whom_it_was_mailed_to(at_desk, writer, editor):
    article = make_article(owner=writer)
    url = f"/admin/articles/article/{article.pk}/notes/"
    response = at_desk(writer).post(url, {"text": "@editor, is that so?"}, follow=True)
    assert "Noted, and mailed to Editor." in response.content.decode()
    assert [message.to for message in mail.outbox] == [["editor@example.com"]]
