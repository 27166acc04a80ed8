"""What is refused as a picture, and that the editor is told what is accepted."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pictures.uploads import clean_picture

from .drawing import SRGB, encoded, exif, png_claiming, see_through, two_halves
from .shared_data import SHARED_DATA, needs_shared_data

ACCEPTED = "Accepted are JPEG, PNG, WebP, AVIF and GIF pictures of at most 40 megapixels and 25 MB."


def refusal(file):
    with pytest.raises(ValidationError) as caught:
        clean_picture(file)
    return caught.value.messages[0]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_truncated_picture_is_refused(format):
    content = encoded(Image.effect_noise((200, 200), 90), format).getvalue()
    assert refusal(BytesIO(content[: len(content) * 3 // 4])).endswith(ACCEPTED)


@pytest.mark.parametrize("size", [(8000, 5001), (15_000, 15_000), (60_000, 60_000)])
def test_a_header_that_claims_too_many_pixels_is_refused_before_decoding(size, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda image: pytest.fail("it was decoded"))
    message = refusal(png_claiming(*size))
    assert message.startswith("This picture has too many pixels.")
    assert message.endswith(ACCEPTED)


def test_the_limit_itself_is_not_too_many_pixels(settings):
    settings.PICTURE_MAX_PIXELS = 40 * 20
    assert clean_picture(encoded(two_halves((40, 20)), "PNG")).width == 40
    assert "at most 0.0008 megapixels" in refusal(encoded(two_halves((41, 20)), "PNG"))


def test_too_many_bytes_are_refused(settings):
    file = encoded(two_halves(), "PNG")
    settings.PICTURE_MAX_BYTES = len(file.getvalue())
    clean_picture(file)
    settings.PICTURE_MAX_BYTES -= 1
    assert refusal(file).startswith("This file is too large.")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b"%PDF-1.7\n",
        b"P6 1 1 255 \0\0\0",
        "GIF89a but in words",
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content):
    assert refusal(ContentFile(content)).endswith(ACCEPTED)


@pytest.mark.parametrize("format", ["BMP", "TIFF", "ICO", "PPM", "TGA", "EPS", "PDF"])
def test_formats_that_are_not_for_the_web_are_refused(format):
    assert refusal(encoded(two_halves(), format)).endswith(ACCEPTED)


SEEDS = [encoded(see_through(), format).getvalue() for format in ("PNG", "WEBP", "AVIF", "GIF")]
SEEDS.append(encoded(two_halves(), "JPEG", exif=exif(6), icc_profile=SRGB).getvalue())


@given(st.sampled_from(SEEDS), st.data())
def test_damage_of_any_kind_ends_in_a_picture_or_a_sentence(seed, data):
    content = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(1, len(content))) :]
    try:
        clean_picture(BytesIO(bytes(content)))
    except ValidationError as error:
        assert error.messages[0].endswith(ACCEPTED)


@needs_shared_data
@pytest.mark.parametrize(
    "name",
    [
        "broken.png",
        "broken_data_stream.png",
        "decompression_bomb.gif",
        "negative_size.ppm",
        "truncated_image.png",
        "zero_width.gif",
    ],
)
def test_real_hostile_files_are_refused(name):
    with open(SHARED_DATA / "hostile" / "images" / name, "rb") as file:
        assert refusal(file).endswith(ACCEPTED)
