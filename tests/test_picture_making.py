"""When a picture's sizes are made: after the upload in the background, or for whoever asks first."""

from threading import Barrier, Thread

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from articles.admin.image import ImageAdmin
from articles.models import Image
from pictures import making
from pictures.making import make_renditions
from pictures.renditions import rendition_name, rendition_url, renditions_of

from .drawing import encoded, two_halves

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path, queue):
    settings.MEDIA_ROOT = tmp_path / "media"


def uploaded(size=(600, 300)):
    file = SimpleUploadedFile("halves.jpg", encoded(two_halves(size), "JPEG").getvalue())
    return Image.objects.create(file=file)


def made(image):
    return sorted(name.rpartition("/")[2] for name in renditions_of(image.file))


EVERY_SIZE = sorted(f"{width}.{extension}" for width in (480, 600) for extension in ("avif", "webp", "jpg"))


def test_an_upload_waits_for_no_size_and_the_worker_makes_them_all(queue):
    image = uploaded()
    assert made(image) == []
    assert queue.waiting() == ["pictures.tasks.make_renditions"]
    queue.work()
    assert made(image) == EVERY_SIZE


@pytest.mark.parametrize("extension", ["avif", "webp", "jpg"])
def test_whoever_asks_before_the_worker_gets_the_size_and_only_that_is_made(extension, queue):
    image = uploaded()
    response = Client().get(rendition_url(image.file.name, 480, extension))
    assert response.status_code == 200
    assert made(image) == [f"480.{extension}"]
    before = response.content
    queue.work()
    assert made(image) == EVERY_SIZE
    assert Client().get(rendition_url(image.file.name, 480, extension)).content == before


def test_the_newsroom_shows_a_picture_that_was_just_uploaded(admin_client):
    image = uploaded()
    address = ImageAdmin.thumbnail_url(None, image)
    assert address in admin_client.get("/admin/articles/image/").text
    assert Client().get(address).status_code == 200


def test_a_picture_stored_before_there_was_avif_gets_it_from_whoever_asks(queue):
    image = uploaded()
    queue.work()
    lost = rendition_name(image.file.name, 480, "avif")
    default_storage.delete(lost)
    assert Client().get(default_storage.url(lost)).status_code == 200
    assert default_storage.exists(lost)


def test_a_picture_that_went_before_the_worker_came_is_no_failure(queue):
    image = uploaded()
    default_storage.delete(image.file.name)
    queue.work()
    assert queue.waiting() == [] and made(image) == []


def test_the_work_ends_where_a_picture_is_taken_down_within_it(monkeypatch):
    image = uploaded()
    draw, drawn = making._rendition, []

    def taken_down_meanwhile(*args):
        content = draw(*args)
        drawn.append(content)
        default_storage.delete(image.file.name)
        return content

    monkeypatch.setattr(making, "_rendition", taken_down_meanwhile)
    assert make_renditions(default_storage, image.file.name) == []
    assert len(drawn) == 1 and made(image) == []


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_have_it_made_once(monkeypatch):
    address, start, drawn, answers = uploaded().file.url, Barrier(4), [], []
    draw = making._rendition
    monkeypatch.setattr(making, "_rendition", lambda *args: drawn.append(args) or draw(*args))

    def ask():
        start.wait()
        answers.append(Client().get(address).content)
        connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4 and len(set(answers)) == 1
    assert len(drawn) == 1


@pytest.mark.parametrize("name", ["481.jpg", "599.avif", "601.webp", "960.avif", "1600.jpg", "480.png"])
def test_no_other_width_or_format_makes_work(name, monkeypatch):
    image = uploaded()
    monkeypatch.setattr(making, "encoded", lambda *args: pytest.fail("something was drawn"))
    folder = image.file.url.rpartition("/")[0]
    assert Client().get(f"{folder}/{name}").status_code == 404
