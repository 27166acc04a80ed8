"""`manage.py clean_pictures`: files that nothing refers to go, and nothing else."""

import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from articles.models import Image, Publication
from pictures import strays
from pictures.crops import crop_url
from pictures.making import make

from .drawing import encoded, two_halves
from .factories_shows import make_show

pytestmark = pytest.mark.django_db

STRAY = "0123456789abcdef0123"
STRAYS = [f"originals/{STRAY}.jpg", f"renditions/{STRAY}/480.avif", f"renditions/{STRAY}/16x9-1200-50-50.jpg"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def upload(size=(60, 40)):
    return SimpleUploadedFile("halves.jpg", encoded(two_halves(size), "JPEG").getvalue())


def keep(name, content=b"x" * 3000):
    default_storage.save(name, ContentFile(content))


def stored(media):
    return {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}


def age(media, by=timedelta(days=2)):
    """Make every file older."""
    moment = time.time() - by.total_seconds()
    for name in stored(media):
        os.utime(media / name, (moment, moment))


def cleaned(*options):
    out = StringIO()
    call_command("clean_pictures", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def with_strays(media):
    for name in STRAYS:
        keep(name)
    age(media)


def test_it_says_what_it_would_delete_and_deletes_nothing(media, with_strays):
    said = cleaned()
    assert all(name in said for name in STRAYS)
    assert "Nothing refers to these: 3 files, 0.0 MB. Run it with --delete" in said
    assert stored(media) == set(STRAYS)


def test_told_to_it_deletes_them_and_their_folder(media, with_strays):
    assert "Deleted: 3 files" in cleaned("--delete")
    assert stored(media) == set()
    assert not (media / "renditions" / STRAY).exists()
    assert "Every picture file is in use" in cleaned()


def test_every_file_of_a_picture_a_logo_and_a_poster_stays(media, with_strays):
    image = Image.objects.create(file=upload((60, 40)))
    assert make(default_storage, crop_url(image, "1x1").removeprefix("/media/"))
    Publication.objects.update_or_create(defaults={"logo": upload((61, 40))})
    make_show(poster=upload((62, 40)), poster_alt="A poster")
    kept = stored(media) - set(STRAYS)
    assert len(kept) == 3 * 4 + 1
    age(media)
    cleaned("--delete")
    assert stored(media) == kept


def test_an_upload_under_way_stays(media, with_strays):
    keep("originals/fedcba98765432100123.jpg")
    cleaned("--delete")
    assert stored(media) == {"originals/fedcba98765432100123.jpg"}


def test_half_a_file_goes_though_its_picture_stays(media):
    image = Image.objects.create(file=upload())
    before = stored(media)
    folder = image.file.url.removeprefix("/media/").rpartition("/")[0]
    keep(f"{image.file.name}.0123456789abcdef.part")
    keep(f"{folder}/60.jpg.0123456789abcdef.part")
    age(media)
    assert "Deleted: 2 files" in cleaned("--delete")
    assert stored(media) == before


def test_a_stray_that_is_uploaded_again_is_no_stray(media):
    name = Image.objects.create(file=upload()).file.name
    Image.objects.all().delete()
    age(media)
    upload_under_way = Image()
    upload_under_way.file.save("again.jpg", upload(), save=False)
    said = cleaned("--delete")
    assert name not in said and default_storage.exists(name)


def test_a_stray_that_got_its_row_meanwhile_stays(media, monkeypatch):
    image = Image.objects.create(file=upload())
    before = stored(media)
    age(media)
    monkeypatch.setattr(strays, "keys_in_use", set)
    assert image.file.name in cleaned()
    assert "Deleted: 0 files" in cleaned("--delete")
    assert stored(media) == before


def test_other_media_and_an_empty_storage_are_left_alone(media):
    assert "Deleted: 0 files" in cleaned("--delete")
    keep("social/1/card.jpg")
    age(media)
    cleaned("--delete")
    assert stored(media) == {"social/1/card.jpg"}


def test_a_file_that_cannot_be_deleted_is_named_and_the_others_go(media, with_strays, monkeypatch, capsys):
    delete = default_storage.delete

    def refuse_originals(name):
        if name.startswith("originals"):
            raise PermissionError("not yours")
        delete(name)

    monkeypatch.setattr(default_storage, "delete", refuse_originals)
    assert "Deleted: 2 files" in cleaned("--delete")
    assert f"{STRAYS[0]} could not be deleted: not yours" in capsys.readouterr().err
    assert stored(media) == {STRAYS[0]}
