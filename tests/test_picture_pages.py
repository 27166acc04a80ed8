"""What a reader's browser gets of a picture: its markup and its renditions, never the original."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from PIL import Image as PillowImage

from articles.models import Image
from pictures.renditions import rendition_widths

from .drawing import RED, encoded

ADDRESS = "/media/renditions/0123456789abcdef0123/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def image(db):
    image = Image(alt_text="A red field")
    content = encoded(PillowImage.new("RGB", (1000, 500), RED), "PNG").getvalue()
    image.file.save("red.png", SimpleUploadedFile("red.png", content), save=False)
    return image


@pytest.fixture
def client():
    return Client()


def shown(tag, **context):
    return Template("{% load pictures %}" + tag).render(Context(context))


NAMED = SimpleNamespace(file="originals/0123456789abcdef0123.jpg", width=1000, height=500)


def test_a_picture_offers_every_width_in_three_formats_and_its_size():
    html = shown('{% picture image alt="A red field" sizes="50vw" %}', image=NAMED)
    webp = ", ".join(f"{ADDRESS}{width}.webp {width}w" for width in (480, 960, 1000))
    assert html.strip() == (
        "<picture>\n"
        f'<source type="image/avif" srcset="{webp.replace("webp", "avif")}" sizes="50vw">\n'
        f'<source type="image/webp" srcset="{webp}" sizes="50vw">\n'
        f'<img src="{ADDRESS}960.jpg" srcset="{webp.replace("webp", "jpg")}" sizes="50vw" width="1000" '
        'height="500" alt="A red field" loading="lazy" decoding="async">\n'
        "</picture>"
    )


def test_a_focal_point_off_the_middle_is_told_to_the_style_sheet_in_tens():
    middle = SimpleNamespace(**vars(NAMED), focal_x=50, focal_y=50)
    assert "class=" not in shown('{% picture image alt="" %}', image=middle)
    corner = SimpleNamespace(**vars(NAMED), focal_x=98, focal_y=33)
    html = shown('{% picture image alt="" css_class="lead" %}', image=corner)
    assert 'class="lead fx-10 fy-3"' in html
    sheet = (Path(__file__).parent.parent / "static/css/site.css").read_text()
    assert ".fx-10 { --fx: 100%; }" in sheet and ".fy-3 { --fy: 30%; }" in sheet


def test_the_picture_at_the_top_is_fetched_first_and_not_lazily():
    html = shown('{% picture image alt="" css_class="lead" priority=True %}', image=NAMED)
    assert ' class="lead" fetchpriority="high" decoding' in html
    assert "loading" not in html


def test_where_the_height_is_limited_no_more_width_is_fetched_than_it_leaves():
    html = shown('{% picture image alt="" sizes="50vw" tallest=30 %}', image=NAMED)
    assert html.count('sizes="min(60rem, 50vw)"') == 3


def test_a_narrow_picture_has_its_own_width_only():
    html = shown(
        '{% picture image alt="" %}', image=SimpleNamespace(file="originals/a.webp", width=90, height=1)
    )
    assert 'srcset="/media/renditions/a/90.webp 90w"' in html
    assert 'src="/media/renditions/a/90.jpg"' in html


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, [1]),
        (480, [480]),
        (481, [480, 481]),
        (1200, [480, 960, 1200]),
        (1600, [480, 960, 1600]),
        (4000, [480, 960, 1600]),
    ],
)
def test_renditions_are_never_wider_than_the_picture(width, widths):
    assert rendition_widths(width) == widths


def test_an_alternative_text_is_asked_for_and_escaped():
    assert 'alt="&quot;&gt;&lt;script&gt;"' in shown(
        "{% picture image alt=alt %}", image=NAMED, alt='"><script>'
    )
    with pytest.raises(TemplateSyntaxError):
        shown("{% picture image %}", image=NAMED)


@pytest.mark.parametrize("nothing", [None, "", Image(), Image().file])
def test_nothing_is_shown_where_there_is_no_picture(nothing):
    assert shown('{% picture image alt="" %}', image=nothing).strip() == ""


@pytest.mark.parametrize("as_shown", [lambda image: image, lambda image: image.file], ids=["image", "file"])
def test_showing_a_picture_opens_no_file(image, as_shown, media, monkeypatch):
    for method in ("open", "exists", "size"):
        monkeypatch.setattr(default_storage, method, lambda *args, **kwargs: pytest.fail("a file was opened"))
    again = Image(file=image.file.name, width=1000, height=500)
    assert 'width="1000" height="500"' in shown('{% picture image alt="" %}', image=as_shown(again))


def test_every_address_in_the_markup_is_served_without_a_query(image, client, django_assert_num_queries):
    html = shown('{% picture image alt="" %}', image=image)
    addresses = {word.strip('"') for word in html.replace('="', " ").split() if word.startswith("/media/")}
    assert len(addresses) == 9
    with django_assert_num_queries(0):
        assert {client.get(address).status_code for address in addresses} == {200}


def test_a_rendition_is_one_body_that_may_be_kept_for_ever_and_run_nothing(image, client):
    response = client.get(image.file.url)
    assert not response.streaming
    assert response.content == default_storage.open(image.file.url.removeprefix("/media/")).read()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Length"] == str(len(response.content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")
    assert client.get(image.file.url.replace(".jpg", ".webp"))["Content-Type"] == "image/webp"
    assert client.get(image.file.url.replace(".jpg", ".avif"))["Content-Type"] == "image/avif"


def test_a_rendition_that_the_browser_has_is_not_sent_again(image, client):
    etag = client.get(image.file.url)["ETag"]
    response = client.get(image.file.url, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert client.get(image.file.url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_only_reading_is_allowed(image, client):
    response = client.head(image.file.url)
    assert (response.status_code, response.content) == (200, b"")
    assert client.post(image.file.url).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "",
        "renditions",
        "renditions/",
        "renditions/{key}",
        "renditions/{key}/",
        "originals/{key}.jpg",
        "originals/{key}/1000.jpg",
        "renditions/../originals/{key}.jpg",
        "renditions/{key}/../../originals/{key}.jpg",
        "renditions/%2e%2e/originals/{key}.jpg",
        "renditions/{key}/..%2f..%2foriginals%2f{key}.jpg",
        "renditions/{key}/1000.svg",
        "renditions/{key}/1000.jpg/",
        "renditions/{key}/1000.jpg%0a",
        "renditions/{key}/1000.jpg%00",
        "renditions/{key}/01000.jpg",
        "renditions/{key}/1000.jpg.0123456789abcdef.part",
        "renditions/{key}/999.jpg",
        "/etc/passwd",
        "..%2fdb.sqlite3",
    ],
)
def test_nothing_but_renditions_is_served(path, image, client, settings, media, db):
    settings.DEBUG = False
    key = image.file.url.split("/")[3]
    (media / "renditions" / key / "1000.svg").write_text("<svg/>")
    (media / "renditions" / key / "01000.jpg").write_text("no")
    (media / "renditions" / key / "1000.jpg.0123456789abcdef.part").write_text("no")
    (media / "originals" / key).mkdir()
    (media / "originals" / key / "1000.jpg").write_text("no")
    (media.parent / "db.sqlite3").write_text("no")
    assert client.get(image.file.url).status_code == 200
    assert client.get("/media/" + path.format(key=key)).status_code == 404
