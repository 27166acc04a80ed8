"""Taking a picture down: no file of it and no reference to it is left, and what was done is written down."""

import pytest
from django.contrib.auth.models import Permission

from articles import takedown_pictures
from articles.frozen_state import state_of
from articles.models import Edition, Embed, Image, Picture, PreviewLink, PrivateCopy, Publication, Takedown
from articles.takedown_pictures import delete_files
from logbook.models import Entry
from pictures.renditions import renditions_of
from shows.models import Show
from tests.factories import make_article, make_image, picture_file, publish_article
from tests.writing import rewrite

pytestmark = pytest.mark.django_db


def address(image):
    return f"/admin/articles/image/{image.pk}/takedown/"


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def image():
    return make_image(caption="A private garden", alt_text="A garden")


@pytest.fixture
def lawyer(editor):
    editor.user_permissions.add(Permission.objects.get(codename="take_down"))
    return editor


@pytest.fixture
def article(image):
    """An article that shows the picture in an old version, in the live one and in its draft."""
    article = make_article(headline="The story", lead_image=image, social_image=image)
    Picture.objects.create(parent=article, ordering=8000, image=image)
    Embed.objects.create(
        parent=article, ordering=9000, url="https://a.example/", title="A page", poster=image
    )
    article.publish()
    rewrite(article, headline="The story again").publish()
    return article


@pytest.fixture
def take_down(at_desk, lawyer, django_capture_on_commit_callbacks):
    def take_down(image, **fields):
        data = {"reason": "The owner, file 12/7", "sure": str(image.pk), **fields}
        with django_capture_on_commit_callbacks(execute=True):
            return at_desk(lawyer).post(address(image), data, follow=True)

    return take_down


def test_nothing_of_it_is_left(take_down, image, article, writer, client):
    composed = Edition.compose(article)
    link = PreviewLink.objects.create(
        article=article, state=state_of(composed), expires_at="2100-01-01T00:00:00Z"
    )
    data = {
        "lead_image": [str(image.pk)],
        "articles_picture_set-0-image": [str(image.pk)],
        "headline": ["Hers"],
    }
    copy = PrivateCopy.objects.create(article=article, user=writer, data=data)
    storage, files = image.file.storage, [image.file.name, *renditions_of(image.file)]
    assert len(files) > 2
    assert "the picture and its files are gone" in text_of(take_down(image))
    assert not Image.objects.exists()
    assert not [name for name in files if storage.exists(name)]
    for edition in Edition.objects.all():
        assert not edition.edition_images_by_id and not edition.lead_image_id and not edition.social_image_id
        assert [block["type"] for block in edition.blocks] == ["section", "embed"]
        assert edition.blocks[1]["poster"] is None
        assert edition.digest == edition.compose_digest()
    article.refresh_from_db()
    assert not article.lead_image_id and not article.social_image_id
    assert not Picture.objects.exists() and not Embed.objects.get().poster_id
    link.refresh_from_db()
    assert (link.state["lead_image"], link.state["images"]) == (None, {})
    assert [block["type"] for block in link.state["content"]["blocks"]] == ["section", "embed"]
    copy.refresh_from_db()
    assert copy.data["lead_image"] == [""] and copy.data["headline"] == ["Hers"]
    assert copy.data["articles_picture_set-0-DELETE"] == ["on"]
    assert client.get(article.get_absolute_url()).status_code == 200


def test_it_is_written_down_who_did_it_why_and_where_but_not_what_it_was(take_down, lawyer, image, article):
    Entry.objects.record(lawyer, Entry.Action.REPLACED, image)
    take_down(image)
    takedown = Takedown.objects.get()
    assert (takedown.kind, takedown.done_by, takedown.reason) == (
        "picture",
        lawyer,
        "The owner, file 12/7",
    )
    assert "The story again" in takedown.found_in and "garden" not in takedown.found_in
    assert Entry.objects.about(article).get(action="taken_down").detail.endswith("file 12/7")
    assert not Entry.objects.filter(subject_name__icontains="garden").exists()


def test_the_draft_is_no_further_ahead_of_the_live_version_than_before(take_down, image, article):
    take_down(image)
    article.refresh_from_db()
    assert article.saved_at <= article.newest_edition.published_at
    assert Edition.compose(article).digest == Edition.objects.get(number=2).digest


def test_it_shows_first_from_where_the_picture_will_go(at_desk, lawyer, image, article):
    page = text_of(at_desk(lawyer).get(address(image)))
    assert "The story again: draft (lead picture, picture for social networks, picture, embed)" in page
    assert "version 2, live now; older version 1" in page
    assert Image.objects.exists()


@pytest.mark.parametrize("fields", [{"sure": "0"}, {"sure": ""}, {"reason": " "}])
def test_it_wants_the_claim_and_the_pictures_number(take_down, image, article, fields):
    assert take_down(image, **fields).status_code == 200
    assert Image.objects.exists() and not Takedown.objects.exists()


def test_editors_without_that_right_may_not_take_down(at_desk, editor, image):
    desk = at_desk(editor)
    assert desk.get(address(image)).status_code == 403
    assert desk.post(address(image), {"reason": "x", "sure": image.pk}).status_code == 403
    assert Image.objects.exists()


def test_other_rows_with_the_same_picture_and_posters_and_logos_go_too(take_down, at_desk, lawyer):
    image = make_image(file=picture_file(colour="#123456"))
    double = make_image(file=picture_file(colour="#123456"), caption="The double")
    other = make_image(file=picture_file(colour="#654321"), caption="Another")
    publish_article(headline="The doubles story", lead_image=double)
    show = Show.objects.create(
        title="The Imperfects", slug="the-imperfects", poster=picture_file(colour="#123456")
    )
    Publication(name="Cold Open", logo=picture_file(colour="#123456")).save()
    page = text_of(at_desk(lawyer).get(address(image)))
    assert "The double</a>" in page and "show “The Imperfects" in page and "logo" in page
    take_down(image)
    assert list(Image.objects.all()) == [other]
    show.refresh_from_db()
    assert not show.poster and show.poster_width is None
    assert not Publication.objects.get().logo
    assert not image.file.storage.exists(image.file.name)
    assert other.file.storage.exists(other.file.name) and renditions_of(other.file)


def test_a_failure_leaves_everything_as_it_was(take_down, image, article, monkeypatch):
    def fail(*arguments):
        raise RuntimeError

    monkeypatch.setattr(takedown_pictures, "written_down", fail)
    with pytest.raises(RuntimeError):
        take_down(image)
    article.refresh_from_db()
    assert article.lead_image == image and article.newest_edition.lead_image == image
    assert image.file.storage.exists(image.file.name)


def test_files_that_cannot_be_deleted_are_named(image):
    class Storage:
        def delete(self, name):
            if name == "b":
                raise OSError

    left_over = []
    delete_files(Storage(), ["a", "b", "c"], left_over)
    assert left_over == ["b"]


def test_a_picture_without_any_file_left_is_taken_down_all_the_same(take_down, image, article):
    for name in [image.file.name, *renditions_of(image.file)]:
        image.file.storage.delete(name)
    take_down(image)
    assert not Image.objects.exists()
