"""The picture that social networks show: what the editor chose, else one composed once of the headline."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from articles import takedown_passages, takedown_pictures
from syndication import card_drawing, cards, lettering
from tests.factories import make_image, make_publication, picture_file, publish_article
from tests.factories_shows import make_decision, make_season, make_show, make_the_imperfects
from tests.hostile_texts import HOSTILE
from tests.test_structured_data import head

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 11, 10, 12, tzinfo=UTC)
SITE = "https://news.example"


@pytest.fixture(autouse=True)
def site_of_its_own(settings, tmp_path):
    settings.SITE_URL = SITE
    settings.MEDIA_ROOT = tmp_path


def address_of(client, article):
    return head(client, article.get_absolute_url()).meta["og:image"][0].removeprefix(SITE)


def files_of(article):
    folder = cards.folder_of(article.pk)
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def pixels(response):
    assert response.status_code == 200 and response["Content-Type"] == "image/jpeg"
    return Image.open(BytesIO(response.content)).convert("RGB")


def is_near(one, other):
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


def test_it_is_composed_once_and_kept(client, monkeypatch):
    article = publish_article(show=make_the_imperfects(), headline="One season and out")
    meta = head(client, article.get_absolute_url()).meta
    assert (meta["og:image:width"], meta["og:image:height"]) == (["1200"], ["630"])
    assert meta["og:image:alt"] == ["One season and out. The Imperfects: Cancelled"]
    assert files_of(article) == [], "none is made before somebody asks"
    address = address_of(client, article)
    first = client.get(address)
    assert pixels(first).size == (1200, 630) and "immutable" in first["Cache-Control"]
    assert not first.cookies and len(files_of(article)) == 1
    monkeypatch.setattr(card_drawing, "drawn", None)
    assert client.get(address).content == first.content


def test_its_colours_are_those_of_the_site_in_light():
    tokens = (Path(settings.BASE_DIR) / "static" / "css" / "site.css").read_text()
    named = {
        "paper": card_drawing.PAPER,
        "ink": card_drawing.INK,
        "quiet": card_drawing.QUIET,
        "rule": card_drawing.RULE,
        **card_drawing.STATUS_INK,
    }
    for name, colour in named.items():
        assert f"--{name}: light-dark({colour}," in tokens, name


def test_it_shows_the_lead_picture_around_its_focal_point(client):
    halves = Image.new("RGB", (1600, 900), "#ff0000")
    halves.paste("#0000ff", (800, 0, 1600, 900))
    buffer = BytesIO()
    halves.save(buffer, "PNG")
    buffer.seek(0)
    file = picture_file()
    file.file = buffer
    image = make_image(file=file, focal_x=100)
    article = publish_article(lead_image=image)
    before = address_of(client, article)
    assert is_near(pixels(client.get(before)).getpixel((1000, 300)), (0, 0, 255))
    image.focal_x = 0
    image.save()
    after = address_of(client, article)
    assert after != before
    assert is_near(pixels(client.get(after)).getpixel((1000, 300)), (255, 0, 0))


def test_another_status_is_another_picture_and_another_day_is_not(client):
    show = make_show(slug="show")
    make_season(show, premiered_on="2022-09-08", finale_on="2022-10-08")
    with time_machine.travel(NOON, tick=False):
        article = publish_article(show=show)
        waiting = address_of(client, article)
        assert client.get(waiting).status_code == 200
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert address_of(client, article) == waiting
        make_decision(show, "cancelled", "2022-11-11")
        decided = address_of(client, article)
        assert decided != waiting
        response = client.get(waiting)
        assert (response.status_code, response["Location"]) == (302, f"{SITE}{decided}")
        assert client.get(decided).status_code == 200
        assert len(files_of(article)) == 1, "what it looked like before is not kept"


def test_an_older_version_leads_to_the_present_picture_and_made_up_keys_make_no_work(client, monkeypatch):
    article = publish_article(headline="Before")
    before = address_of(client, article)
    article.headline = "After"
    article.save()
    article.publish()
    present = address_of(client, article)
    monkeypatch.setattr(card_drawing, "drawn", None)
    number = article.live_edition.pk
    for address in (before, f"/social/{number}-{'0' * 20}.jpg"):
        assert client.get(address)["Location"] == f"{SITE}{present}"
    for address in (
        f"/social/999999-{'0' * 20}.jpg",
        f"/social/{number}-x.jpg",
        f"/social/0-{'0' * 20}.jpg",
    ):
        assert client.get(address).status_code == 404


def test_what_is_not_published_has_no_picture(client):
    article = publish_article()
    address = address_of(client, article)
    assert client.get(address).status_code == 200
    article.unpublish()
    assert client.get(address).status_code == 404


def test_what_the_editor_chose_goes_before(client):
    article = publish_article(lead_image=make_image(), social_image=make_image())
    assert address_of(client, article).startswith("/media/renditions/")


def test_a_script_that_the_font_lacks_gets_the_lead_picture_or_none(client):
    assert "og:image" not in head(client, publish_article(headline="오징어 게임").get_absolute_url()).meta
    article = publish_article(headline="오징어 게임", lead_image=make_image())
    assert address_of(client, article).startswith("/media/renditions/")


def test_the_font_has_what_headlines_of_europe_need():
    for text in ("Élite: “Zoë” – £5, 10 € … ½", "Łódź, Kadıköy, Ærø, Straße", "Чернобыль", "Η Μάγισσα"):
        assert lettering.settable(text) == text
    assert lettering.settable("Renewed \U0001f389 at\u202e last\x07!") == "Renewed at last!"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_headline_makes_a_picture(client, text):
    make_publication(f"Name {text}"[:60])
    article = publish_article(headline=f"Headline {text}", show=make_show(f"Show {text}", slug="show"))
    assert pixels(client.get(address_of(client, article))).size == (1200, 630)


@pytest.mark.parametrize(
    "text", ["W" * 200, "one " * 50, "Donaudampfschifffahrtsgesellschaft " * 5, "a", "Short one"]
)
@pytest.mark.parametrize("width", [500, 1072])
def test_a_headline_never_leaves_its_box(text, width):
    size, lines = lettering.fitted(lettering.settable(text), card_drawing.SIZES, width, 340)
    assert lines and size in card_drawing.SIZES
    assert all(lettering.font_of(size).getlength(line) <= width for line in lines)
    assert len(lines) * size * 1.14 <= 340


def test_a_long_word_is_never_lost_before_the_end():
    _size, lines = lettering.fitted("An extraordinarily long headline of words", card_drawing.SIZES, 500, 340)
    assert " ".join(lines) == "An extraordinarily long headline of words"


def test_what_is_taken_down_leaves_no_picture_behind(client, editor, django_capture_on_commit_callbacks):
    image = make_image()
    article = publish_article(headline="The minister lied", lead_image=image)
    address = address_of(client, article)
    client.get(address)
    assert len(files_of(article)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        takedown_passages.take_down(article, "minister", instead="person", reason="Claim 1", by=editor)
    assert files_of(article) == [] and client.get(address).status_code == 302
    client.get(address_of(client, article))
    assert len(files_of(article)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        takedown_pictures.take_down(image, reason="Claim 2", by=editor)
    assert files_of(article) == []
