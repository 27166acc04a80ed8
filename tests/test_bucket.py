"""Pictures in an S3-compatible store: kept, made, served and cleared away as on a disk. moto is the store."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from articles.models import Image
from pictures import bucket as pictures_bucket
from pictures.crops import crop_url
from pictures.storing import StoreAway, store_once
from syndication import cards
from tests.buckets import in_a_bucket, names
from tests.factories import make_image, make_publication, picture_file, publish_article
from tests.test_structured_data import head

pytestmark = pytest.mark.django_db

UPLOAD, JSON = "/admin/articles/image/upload/", {"accept": "application/json"}
NO_SUCH = "0123456789abcdef0123"


@pytest.fixture(autouse=True)
def store(settings):
    with in_a_bucket(settings) as store:
        yield store


@pytest.fixture
def without_store(settings):
    """Where the store should be nobody listens, and nobody is patient."""
    own = settings.STORAGES["default"]
    own["OPTIONS"] = own["OPTIONS"] | {"endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = settings.STORAGES | {"default": own}


def test_an_original_and_its_renditions_are_kept_and_readers_get_the_renditions_alone(store, client):
    image = make_image(file=picture_file(size=(600, 300)))
    key = image.file.name.removeprefix("originals/").partition(".")[0]
    assert names(store) == [
        image.file.name,
        *(f"renditions/{key}/{width}.{kind}" for width in (480, 600) for kind in ("avif", "jpg", "webp")),
    ]
    answer = client.get(image.file.url)
    assert answer.content == store.Object(f"renditions/{key}/600.jpg").get()["Body"].read()
    assert "immutable" in answer["Cache-Control"] and answer["Content-Type"] == "image/jpeg"
    assert client.get(f"/media/{image.file.name}").status_code == 404


def test_caches_may_keep_renditions_for_ever_and_originals_never(store):
    image = make_image()
    kept = {entry.key: entry.Object().get() for entry in store.objects.all()}
    original = kept.pop(image.file.name)
    assert (original["CacheControl"], original["ContentType"]) == ("private, no-store", "image/jpeg")
    assert {answer["CacheControl"] for answer in kept.values()} == {"public, max-age=31536000, immutable"}
    assert {answer["ContentType"] for answer in kept.values()} == {"image/avif", "image/webp", "image/jpeg"}


def test_what_is_not_there_yet_is_made_for_whoever_asks_first(store, client):
    image = make_image()
    rendition = image.file.url.removeprefix("/media/")
    crop = crop_url(image, "1x1").removeprefix("/media/")
    store.Object(rendition).delete()
    for name in (rendition, crop):
        assert client.get(f"/media/{name}").status_code == 200
        assert name in names(store)
    assert client.get(f"/media/renditions/{NO_SUCH}/480.jpg").status_code == 404
    image.file.storage.delete(image.file.name)
    assert client.get(crop_url(image, "4x3")).status_code == 404


def test_pages_name_the_media_host_and_ask_the_store_for_nothing(
    settings, client, without_store, monkeypatch
):
    settings.MEDIA_URL = "https://media.example.org/"
    Image.objects.bulk_create(
        [Image(file=f"originals/{NO_SUCH}.jpg", width=600, height=300, alt_text="A pier")]
    )
    article = publish_article(lead_image=Image.objects.get())
    page = client.get(article.get_absolute_url())
    assert f'src="https://media.example.org/renditions/{NO_SUCH}/600.jpg"' in page.text
    assert f"https://media.example.org/renditions/{NO_SUCH}/16x9-1200-50-50.jpg" in page.text


def test_the_same_picture_again_becomes_young_and_stays_one_file(store):
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        image = make_image(file=picture_file())
        name = image.file.name
        before = names(store)
    image.delete()
    Image().file.save("again.png", picture_file(), save=False)
    assert names(store) == before
    said = StringIO()
    call_command("clean_pictures", "--delete", stdout=said)
    assert name in names(store)


def test_strays_go_and_what_is_used_stays(store):
    strays = [f"originals/{NO_SUCH}.jpg", f"renditions/{NO_SUCH}/480.avif"]
    image = make_image()
    kept = names(store)
    for name in strays:
        store_once(default_storage, name, ContentFile(b"x"))
    said = StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("clean_pictures", "--delete", stdout=said)
    assert "Deleted: 2 files" in said.getvalue()
    assert names(store) == kept and image.file.name in kept


def test_a_picture_for_social_networks_is_composed_once_and_forgotten(store, client):
    make_publication("Cold Open")
    article = publish_article(headline="One season and out")
    address = head(client, article.get_absolute_url()).meta["og:image"][0]
    first = client.get(address)
    assert first.status_code == 200 and len(names(store)) == 1
    assert client.get(address).content == first.content
    cards.forget([article.pk])
    assert names(store) == []


def test_while_the_store_is_away_pictures_wait_and_say_for_how_long(client, without_store):
    answer = client.get(f"/media/renditions/{NO_SUCH}/480.jpg")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert "Please try again in a minute" in answer.text


@pytest.mark.django_db(transaction=True)
def test_an_upload_while_the_store_is_away_saves_nothing_and_says_so(at_desk, editor, without_store):
    desk = at_desk(editor)
    answer = desk.post(UPLOAD, {"file": picture_file()}, headers=JSON)
    assert answer.status_code == 503 and "Nothing was saved" in answer.text
    form = {"file": picture_file(), "alt_text": "A pier", "focal_x": 50, "focal_y": 50}
    answer = desk.post("/admin/articles/image/add/", form)
    assert answer.status_code == 503 and "Nothing was saved" in answer.text
    assert not Image.objects.exists()


def test_a_store_that_refuses_is_told_from_a_file_that_is_not_there(store, settings):
    with pytest.raises(FileNotFoundError):
        default_storage.open("originals/none.jpg")
    with pytest.raises(FileNotFoundError):
        default_storage.get_modified_time("originals/none.jpg")
    own = settings.STORAGES["default"]["OPTIONS"] | {"bucket_name": "somebody-elses"}
    with pytest.raises(StoreAway, match="refused"):
        pictures_bucket.BucketStorage(**own).save("a.jpg", ContentFile(b"a"))


def test_nobody_waits_long_for_the_store():
    config = default_storage.client_config
    assert (config.connect_timeout, config.read_timeout) == (3, 10)
    assert config.retries == {"total_max_attempts": 2, "mode": "standard"}
