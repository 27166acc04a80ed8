"""Crops around the focal point: made for whoever asks first, once, and only what may be asked for."""

from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image as PillowImage

from articles.models import Image
from pictures import making
from pictures.crops import RATIOS, crop_size, crop_url

from .drawing import BLUE, RED, encoded, is_near, two_halves

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def only_crops(monkeypatch):
    """The other sizes are not made: they took most of the time of these tests."""
    monkeypatch.setattr(making, "make_renditions", lambda storage, name: [])


def uploaded(size=(2000, 1000), **fields):
    file = SimpleUploadedFile("halves.jpg", encoded(two_halves(size), "JPEG").getvalue())
    return Image.objects.create(file=file, **fields)


def stored(address):
    return default_storage.exists(address.removeprefix("/media/"))


def fetched(address):
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    return PillowImage.open(BytesIO(response.content))


@pytest.fixture
def made(monkeypatch):
    """The names of the files that were drawn, in their order."""
    names, draw = [], making._crop

    def counted(original, file, match):
        names.append(match[0])
        return draw(original, file, match)

    monkeypatch.setattr(making, "_crop", counted)
    return names


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("size", [(2000, 1000), (1000, 2000), (640, 360), (3, 1), (1, 3)])
def test_a_crop_has_its_ratio_and_is_never_wider_than_the_picture(ratio, size):
    image = uploaded(size)
    crop = fetched(crop_url(image, ratio))
    assert crop.size == crop_size(image, ratio)
    across, down = RATIOS[ratio]
    assert abs(crop.width * down - crop.height * across) <= max(across, down)
    assert crop.width <= min(1200, image.width)


def test_a_crop_is_as_wide_as_search_engines_ask_where_the_original_is():
    image = uploaded((2000, 1250))
    assert [crop_size(image, ratio) for ratio in RATIOS] == [(1200, 675), (1200, 900), (1200, 1200)]


def test_a_crop_is_cut_around_the_focal_point():
    left, right = uploaded(focal_x=0), uploaded(focal_x=100)
    assert is_near(fetched(crop_url(left, "1x1")).getpixel((900, 500)), RED)
    assert is_near(fetched(crop_url(right, "1x1")).getpixel((100, 500)), BLUE)


def test_a_new_focal_point_is_a_new_address_and_the_old_one_makes_no_work(made):
    image = uploaded()
    before = crop_url(image, "1x1")
    Image.objects.update(focal_x=10)
    image.refresh_from_db()
    assert crop_url(image, "1x1") != before
    assert Client().get(before).status_code == 404
    assert not stored(before)
    fetched(crop_url(image, "1x1"))


def test_a_crop_that_was_made_stays_for_pages_that_name_the_old_focal_point():
    image = uploaded()
    fetched(crop_url(image, "1x1"))
    Image.objects.update(focal_x=10)
    fetched(crop_url(image, "1x1"))


def test_a_crop_is_made_once_and_then_served_without_the_database(django_assert_num_queries, made):
    address = crop_url(uploaded(), "4x3")
    assert not stored(address)
    first = Client().get(address)
    with django_assert_num_queries(0):
        second = Client().get(address)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert made == [address.removeprefix("/media/")]


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_get_the_same_and_only_one_makes_it(made):
    address, start, answers = crop_url(uploaded(), "16x9"), Barrier(4), []

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
    assert len(made) == 1


@pytest.mark.parametrize(
    "name",
    [
        "16x9-1200-50-51.jpg",
        "16x9-1201-50-50.jpg",
        "16x9-400-50-50.jpg",
        "2x1-1200-50-50.jpg",
        "16x9-1200-050-50.jpg",
        "16x9-1200-101-50.jpg",
        "16x9-1200-50-50.webp",
        "16x9-1200-50-50.jpg%0a",
        "16x9-1200-5٠-50.jpg",
        "16x9-1200-50.jpg",
        "700.jpg",
    ],
)
def test_no_other_size_ratio_or_focal_point_makes_work(name, monkeypatch):
    image = uploaded()
    folder = crop_url(image, "16x9").rpartition("/")[0]
    monkeypatch.setattr(making, "encoded", lambda *args: pytest.fail("something was drawn"))
    assert Client().get(f"{folder}/{name}").status_code == 404


def test_a_key_without_a_picture_is_not_looked_for_in_the_database(monkeypatch):
    monkeypatch.setattr(making, "is_used", lambda *args: pytest.fail("rows were searched"))
    response = Client().get("/media/renditions/0123456789abcdef0123/16x9-1200-50-50.jpg")
    assert response.status_code == 404


def test_a_picture_that_no_row_keeps_is_not_cropped():
    image = uploaded()
    Image.objects.all().delete()
    assert default_storage.exists(image.file.name)
    assert Client().get(crop_url(image, "1x1")).status_code == 404


def test_a_picture_taken_down_while_it_is_cropped_leaves_no_crop(monkeypatch):
    image = uploaded()

    def draw_slowly(*args):
        image.file.storage.delete(image.file.name)
        return b"a crop"

    monkeypatch.setattr(making, "_crop", draw_slowly)
    assert Client().get(crop_url(image, "1x1")).status_code == 404
    assert not stored(crop_url(image, "1x1"))


@pytest.mark.parametrize(("ratio", "width"), [("2x1", 1200), ("16x9", 1199)])
def test_a_page_cannot_name_a_crop_that_is_never_made(ratio, width):
    with pytest.raises(ValueError, match="No crops"):
        crop_url(uploaded((20, 20)), ratio, width)
