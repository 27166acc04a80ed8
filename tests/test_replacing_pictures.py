"""Replacing a picture everywhere: drafts and what readers see now, and nothing that readers saw before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Embed, Image, Picture
from logbook.models import Entry
from tests.factories import make_article, make_image, picture_file, publish_article
from tests.writing import rewrite

pytestmark = pytest.mark.django_db


def address(old, new=None):
    return f"/admin/articles/image/{old.pk}/" + (f"replace-by/{new.pk}/" if new else "replace/")


def text_of(response):
    return " ".join(response.content.decode().split())


def story(image, **fields):
    """A live article that shows the picture everywhere a picture can stand."""
    article = make_article(lead_image=image, social_image=image, **fields)
    Picture.objects.create(parent=article, ordering=8000, image=image, caption="Here")
    Embed.objects.create(
        parent=article, ordering=9000, url="https://a.example/", title="A page", poster=image
    )
    article.publish()
    return article


def test_a_replacement_is_added_with_the_old_ones_texts_and_changes_nothing_yet(at_desk, editor):
    old = make_image(alt_text="A pier", caption="The pier", credit="Ann")
    article = publish_article(lead_image=old)
    desk = at_desk(editor)
    page = text_of(desk.get(address(old)))
    assert 'value="A pier"' in page and 'value="The pier"' in page
    response = desk.post(address(old), {"file": picture_file(colour="#fedcba"), "alt_text": "A better pier"})
    new = Image.objects.exclude(pk=old.pk).get()
    assert response.url == address(old, new)
    assert (new.alt_text, new.uploaded_by) == ("A better pier", editor)
    article.refresh_from_db()
    assert article.lead_image == old and article.editions.count() == 1


def test_a_replacement_must_be_another_picture_and_say_what_it_shows(at_desk, editor):
    old = make_image(file=picture_file(colour="#00ff00"))
    desk = at_desk(editor)
    page = text_of(desk.post(address(old), {"file": picture_file(colour="#00ff00"), "alt_text": "x"}))
    assert "This is the same picture." in page
    page = text_of(desk.post(address(old), {"file": picture_file(colour="#fedcba"), "alt_text": ""}))
    assert "Say what the picture shows" in page
    assert Image.objects.count() == 1


def test_drafts_and_live_pages_get_the_new_picture_and_old_versions_keep_theirs(at_desk, editor, client):
    old, new = make_image(caption="Old"), make_image(alt_text="A new pier", caption="New")
    live = story(old, headline="The live story")
    draft = make_article(headline="The draft", lead_image=old)
    desk = at_desk(editor)
    page = text_of(desk.get(address(old, new)))
    assert "<b>The live story</b>: the draft, and what readers see now" in page
    assert "<b>The draft</b>: the draft</li>" in page
    page = text_of(desk.post(address(old, new), follow=True))
    assert "The live story: The draft shows the new picture. Version 2 shows it to readers." in page
    first, second = live.editions.order_by("number")
    assert first.lead_image == old and set(first.edition_images_by_id) == {old.pk}
    assert (second.lead_image, second.social_image, second.is_minor) == (new, new, True)
    assert set(second.edition_images_by_id) == {new.pk}
    assert [block["image"] for block in second.blocks if block["type"] == "picture"] == [new.pk]
    assert [block["poster"] for block in second.blocks if block["type"] == "embed"] == [new.pk]
    assert "A new pier" in client.get(live.get_absolute_url()).content.decode()
    for article in (live, draft):
        article.refresh_from_db()
        assert article.lead_image == new
    assert not Picture.objects.filter(image=old).exists() and not Embed.objects.filter(poster=old).exists()
    assert Entry.objects.about(live).filter(action="replaced").exists()
    assert Entry.objects.about(new).filter(action="replaced").exists()


def test_what_is_unpublished_stays_so_and_what_was_not_ahead_is_not_ahead(at_desk, editor):
    old, new = make_image(), make_image()
    level, ahead = publish_article(lead_image=old), publish_article(headline="Then", lead_image=old)
    rewrite(ahead, headline="Now")
    at_desk(editor).post(address(old, new))
    for article in (level, ahead):
        article.refresh_from_db()
    assert level.saved_at <= level.live_edition.published_at
    assert ahead.saved_at > ahead.live_edition.published_at
    assert (ahead.live_edition.headline, ahead.headline) == ("Then", "Now")


def test_a_live_page_changes_whose_draft_has_another_picture_already(at_desk, editor):
    old, new, third = make_image(), make_image(), make_image()
    article = rewrite(publish_article(lead_image=old), lead_image=third)
    at_desk(editor).post(address(old, new))
    article.refresh_from_db()
    assert (article.live_edition.lead_image, article.lead_image) == (new, third)


def test_a_scheduled_version_keeps_the_old_picture_and_is_named(at_desk, editor):
    old, new = make_image(), make_image()
    article = make_article(headline="Tomorrow", lead_image=old)
    article.publish(at=timezone.now() + timedelta(days=1))
    desk = at_desk(editor)
    page = text_of(desk.get(address(old, new)))
    assert "Scheduled versions keep the old one" in page and "Tomorrow" in page
    desk.post(address(old, new))
    assert article.editions.get().lead_image == old


def test_a_writer_replaces_an_own_picture_in_own_drafts_only(at_desk, writer):
    old, new = make_image(uploaded_by=writer), make_image()
    mine = publish_article(headline="Mine", owner=writer, lead_image=old)
    foreign = publish_article(headline="Foreign", lead_image=old)
    desk = at_desk(writer)
    page = text_of(desk.get(address(old, new)))
    assert "You may change drafts only." in page and "<li>Foreign:" in page
    desk.post(address(old, new))
    for article in (mine, foreign):
        article.refresh_from_db()
        assert article.editions.count() == 1
    assert (mine.lead_image, foreign.lead_image) == (new, old)


def test_an_undescribed_replacement_is_not_shown_to_readers(at_desk, editor):
    old, new = make_image(), make_image(alt_text="")
    article = publish_article(lead_image=old)
    page = text_of(at_desk(editor).post(address(old, new)))
    assert "lacks alternative text" in page
    assert article.editions.count() == 1


@pytest.mark.parametrize("new", ["0", "x", "99999999999999999999", "same"])
def test_a_forged_address_finds_nothing(at_desk, editor, new):
    old = make_image()
    path = f"/admin/articles/image/{old.pk}/replace-by/{old.pk if new == 'same' else new}/"
    assert at_desk(editor).post(path).status_code in (403, 404)


def test_somebody_elses_picture_is_not_a_writers_to_replace(at_desk, writer):
    old, new = make_image(), make_image()
    desk = at_desk(writer)
    assert desk.get(address(old)).status_code == 403
    assert desk.post(address(old, new)).status_code == 403
