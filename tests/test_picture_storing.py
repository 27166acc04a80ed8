"""Where an accepted picture goes: one file for the same bytes, its renditions, the model's columns."""

import hashlib
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from PIL import Image as PillowImage

from articles.models import Image
from pictures.fields import PictureField, PictureFormField
from pictures.making import make_renditions
from pictures.renditions import rendition_url
from pictures.storing import store_once
from pictures.uploads import clean_picture

from .drawing import RED, WHITE, encoded, exif, is_near, noise, see_through, two_halves

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def stored(media):
    return sorted(str(path.relative_to(media)) for path in Path(media).rglob("*") if path.is_file())


def written(media):
    """Every stored file and when it was written."""
    return {name: (media / name).stat().st_mtime_ns for name in stored(media)}


def upload(image=None, format="PNG", name="holiday.png", **options):
    return SimpleUploadedFile(name, encoded(image or two_halves(), format, **options).getvalue())


def saved_picture(file):
    image = Image()
    image.file.save("holiday.png", file, save=False)
    return image


class UploadForm(forms.Form):
    picture = PictureFormField()


def test_an_original_is_named_by_its_bytes(media):
    image = saved_picture(upload())
    folder, _, name = image.file.name.partition("/")
    content = (media / image.file.name).read_bytes()
    assert (folder, name) == ("originals", f"{hashlib.sha256(content).hexdigest()[:20]}.jpg")


def test_the_same_picture_twice_is_one_file(media):
    first = saved_picture(upload())
    before = stored(media)
    second = saved_picture(upload(name="other.png"))
    assert second.file.name == first.file.name
    assert stored(media) == before
    assert saved_picture(upload(see_through())).file.name != first.file.name


def test_two_uploads_of_the_same_bytes_at_once_are_one_file(media):
    content = upload().read()
    barrier, names, errors = Barrier(4), [], []

    def save():
        barrier.wait()
        try:
            names.append(saved_picture(ContentFile(content, name="a.png")).file.name)
        except Exception as error:
            errors.append(error)

    threads = [Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(names) == 4
    assert len(set(names)) == 1
    assert [name for name in stored(media) if name.startswith("originals/")] == [names[0]]
    assert not [name for name in stored(media) if name.endswith(".part")]


def test_who_loses_the_race_on_an_object_store_leaves_no_second_file(monkeypatch):
    storage = InMemoryStorage()
    storage.save("originals/a.jpg", ContentFile(b"first"))
    monkeypatch.setattr(storage, "exists", lambda name: False)
    monkeypatch.setattr(storage, "get_available_name", lambda name, max_length=None: "originals/a_x.jpg")
    store_once(storage, "originals/a.jpg", ContentFile(b"first"))
    assert storage.listdir("originals")[1] == ["a.jpg"]


def test_a_refused_upload_leaves_nothing_stored(media):
    with pytest.raises(ValidationError):
        saved_picture(SimpleUploadedFile("a.jpg", b"<svg/>"))
    form = UploadForm(files={"picture": SimpleUploadedFile("a.jpg", b"<svg/>")})
    assert not form.is_valid()
    assert stored(media) == []


def test_the_form_says_beside_the_field_what_is_accepted():
    form = UploadForm(files={"picture": SimpleUploadedFile("a.svg", b"<svg/>")})
    assert "Accepted are JPEG, PNG" in form.errors["picture"][0]
    assert "image/heic" not in str(UploadForm())
    assert 'accept="image/jpeg,' in str(UploadForm())


def test_the_length_of_an_uploaded_files_name_does_not_matter():
    form_field = Image._meta.get_field("file").formfield()
    assert form_field.clean(upload(name="a" * 200 + ".png")).name.endswith(".jpg")


def test_width_and_height_are_those_of_the_upright_picture():
    image = saved_picture(upload(format="JPEG", exif=exif(6)))
    assert (image.width, image.height) == (20, 40)


def test_a_picture_assigned_by_code_is_cleaned_before_its_columns_are_written():
    picture = upload(format="JPEG", exif=exif(6))
    image = Image.objects.create(file=ContentFile(picture.read(), name="a.jpg"))
    image = Image.objects.get(pk=image.pk)
    assert (image.width, image.height) == (20, 40)
    assert image.file.name.startswith("originals/")
    assert not PillowImage.open(image.file).getexif()


def test_what_code_assigned_is_measured_clean_before_the_columns_are_read():
    image = Image(file=ContentFile(upload(format="JPEG", exif=exif(6)).read(), name="a.jpg"))
    assert image.width is None
    models.signals.pre_save.send(Image, instance=image, raw=False)
    assert (image.width, image.height) == (20, 40)


def test_what_is_no_picture_is_refused_when_a_model_is_checked(media):
    image = Image(file=ContentFile(b"<svg/>", name="a.jpg"))
    with pytest.raises(ValidationError) as caught:
        image.clean_fields()
    assert "file" in caught.value.message_dict
    assert stored(media) == []


def test_a_picture_uploaded_by_a_form_is_stored_once_with_its_size(media):
    form_class = forms.modelform_factory(Image, fields=["file"])
    form = form_class(files={"file": upload(PillowImage.new("RGB", (500, 250), RED))})
    assert form.is_valid(), form.errors
    assert stored(media) == []
    image = Image.objects.get(pk=form.save().pk)
    assert (image.width, image.height) == (500, 250)
    key = Path(image.file.name).stem
    sizes = [
        f"renditions/{key}/{width}.{extension}"
        for width in (480, 500)
        for extension in ("avif", "jpg", "webp")
    ]
    assert stored(media) == [image.file.name, *sizes]


def test_saving_again_touches_no_file_and_a_deferred_picture_stays_deferred(django_assert_num_queries, media):
    Image.objects.create(file=upload())
    before = written(media)
    image = Image.objects.defer("file").get()
    with django_assert_num_queries(1):
        image.save(update_fields=["caption"])
    Image.objects.get().save()
    assert written(media) == before


def test_the_address_of_a_picture_is_that_of_a_rendition():
    image = saved_picture(upload(PillowImage.new("RGB", (2000, 100), RED)))
    assert image.file.url == rendition_url(image.file.name, 1600, "jpg")
    assert default_storage.exists(image.file.url.removeprefix("/media/"))


def test_renditions_are_whole_pictures_of_the_width_they_are_named_by(media):
    saved_picture(upload(PillowImage.new("RGB", (1000, 333), RED)))
    renditions = [name for name in stored(media) if name.startswith("renditions/")]
    assert len(renditions) == 9
    for name in renditions:
        image = PillowImage.open(media / name)
        image.load()
        assert f"{image.width}" == Path(name).stem
        assert abs(image.height - image.width * 0.333) <= 1
        assert image.format == {".avif": "AVIF", ".jpg": "JPEG", ".webp": "WEBP"}[Path(name).suffix]


def test_transparency_is_white_in_jpeg_and_kept_in_the_others(media):
    saved_picture(upload(see_through()))
    avif, jpeg, webp = (
        PillowImage.open(media / name) for name in stored(media) if name.startswith("renditions/")
    )
    assert is_near(jpeg.getpixel((5, 10)), WHITE)
    assert webp.getpixel((5, 10))[3] == avif.getpixel((5, 10))[3] == 0


def test_making_renditions_again_makes_only_what_is_missing(media):
    image = saved_picture(upload())
    lost = next(name for name in stored(media) if name.endswith("40.webp"))
    (media / lost).unlink()
    assert make_renditions(image.file.storage, image.file.name) == [lost]
    assert make_renditions(image.file.storage, image.file.name) == []


def test_what_stays_large_is_encoded_with_less_quality(media, monkeypatch):
    monkeypatch.setattr("pictures.pixels.MAX_BYTES", 60_000)
    saved_picture(upload(noise((300, 300))))
    sizes = [(media / name).stat().st_size for name in stored(media) if name.startswith("renditions/")]
    assert max(sizes) <= 60_000


def test_migrations_name_the_field_and_no_detail_of_it():
    written = MigrationWriter.serialize(PictureField(width_field="width", height_field="height"))[0]
    assert written == "pictures.fields.PictureField(height_field='height', width_field='width')"


@isolate_apps("pictures")
def test_a_field_without_columns_for_its_size_is_an_error_at_start():
    class Poster(models.Model):  # noqa: DJ008
        picture = PictureField()

        class Meta:
            app_label = "pictures"
            managed = False

    assert "pictures.E001" in [error.id for error in Poster.check()]


def test_cleaned_content_is_not_cleaned_again():
    content = clean_picture(BytesIO(upload().read())).content
    assert saved_picture(content).file.name == f"originals/{content.name}"
