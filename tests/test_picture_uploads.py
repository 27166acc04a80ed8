"""What becomes of a file that somebody uploads as a picture."""

from io import BytesIO

import pytest
from PIL import Image

from pictures.uploads import clean_picture

from .drawing import BLUE, RED, SRGB, encoded, exif, is_near, noise, see_through, two_halves
from .shared_data import SHARED_DATA, needs_shared_data


def kept(file):
    """The cleaned picture, opened again from the bytes that would be stored."""
    image = Image.open(BytesIO(clean_picture(file).content.read()))
    image.load()
    return image


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_picture_of_each_accepted_format_is_kept_as_jpeg(format):
    clean = clean_picture(encoded(two_halves(), format))
    assert (clean.width, clean.height, clean.extension) == (40, 20, "jpg")
    image = kept(encoded(two_halves(), format))
    assert image.format == "JPEG"
    assert is_near(image.getpixel((5, 10)), RED)
    assert is_near(image.getpixel((35, 10)), BLUE)


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF", "GIF"])
def test_transparency_is_kept(format):
    image = kept(encoded(see_through(), format))
    assert (image.format, image.mode) == ("WEBP", "RGBA")
    assert image.getpixel((5, 10))[3] == 0
    assert is_near(image.getpixel((35, 10)), (*BLUE, 255))


def test_transparency_of_a_palette_is_kept():
    image = kept(encoded(see_through().quantize(8), "PNG"))
    assert image.getpixel((5, 10))[3] == 0
    assert is_near(image.getpixel((35, 10)), (*BLUE, 255))


def test_one_colour_declared_transparent_is_kept_transparent():
    image = kept(encoded(two_halves(), "PNG", transparency=RED))
    assert image.getpixel((5, 10))[3] == 0


def test_an_alpha_channel_in_which_nothing_is_transparent_is_dropped():
    assert kept(encoded(two_halves().convert("RGBA"), "PNG")).format == "JPEG"


def test_of_an_animation_the_first_frame_is_kept():
    frames = [two_halves(), Image.new("RGB", (40, 20), "white")]
    image = kept(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert is_near(image.getpixel((5, 10)), RED)


def test_the_file_name_does_not_matter_but_the_content_does():
    file = encoded(two_halves(), "JPEG")
    file.name = "picture.webp"
    assert clean_picture(file).extension == "jpg"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("orientation", "size", "red", "blue"),
    [
        (2, (40, 20), (35, 10), (5, 10)),
        (3, (40, 20), (35, 10), (5, 10)),
        (6, (20, 40), (10, 5), (10, 35)),
        (8, (20, 40), (10, 35), (10, 5)),
    ],
)
def test_a_picture_from_a_turned_telephone_is_set_upright(format, orientation, size, red, blue):
    image = kept(encoded(two_halves(), format, exif=exif(orientation)))
    assert image.size == size
    assert is_near(image.getpixel(red), RED)
    assert is_near(image.getpixel(blue), BLUE)


def test_a_turned_palette_picture_is_set_upright():
    assert kept(encoded(two_halves().quantize(4), "PNG", exif=exif(6))).size == (20, 40)


@pytest.mark.parametrize("image", [two_halves(), see_through()], ids=["opaque", "transparent"])
@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF"])
def test_no_metadata_is_kept(image, format):
    file = encoded(image, format, exif=exif(), xmp=b"<x:xmpmeta>Secretphone</x:xmpmeta>", icc_profile=SRGB)
    assert b"Secretphone" in file.getvalue()
    content = clean_picture(file).content.read()
    assert b"Secretphone" not in content
    again = Image.open(BytesIO(content))
    assert not again.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment", "dpi"} & set(again.info)


def test_place_and_comment_of_a_photograph_are_not_kept():
    file = encoded(two_halves(), "JPEG", exif=exif(), comment=b"Secretphone", dpi=(300, 300))
    assert Image.open(file).getexif().get_ifd(0x8825)
    content = clean_picture(file).content.read()
    assert b"Secretphone" not in content
    assert not Image.open(BytesIO(content)).getexif().get_ifd(0x8825)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_broken_exif_block_spoils_no_photograph():
    block = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40
    assert kept(encoded(two_halves(), "JPEG", exif=block)).size == (40, 20)


def test_an_embedded_colour_profile_is_applied():
    red_means_blue = SRGB.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    assert is_near(kept(encoded(two_halves(), "PNG", icc_profile=SRGB)).getpixel((5, 10)), RED)
    red, green, blue = kept(encoded(two_halves(), "PNG", icc_profile=red_means_blue)).getpixel((5, 10))
    assert blue > 200 > 60 > max(red, green)


@pytest.mark.parametrize("profile", [b"no profile", SRGB[:200], SRGB[:-40] + b"\0" * 40])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_broken_or_foreign_colour_profile_is_passed_over(profile, mode):
    format = "JPEG" if mode == "CMYK" else "PNG"
    assert kept(encoded(two_halves().convert(mode), format, icc_profile=profile)).size == (40, 20)


def test_a_print_jpeg_in_cmyk_becomes_rgb():
    image = kept(encoded(two_halves().convert("CMYK"), "JPEG"))
    assert image.mode == "RGB"
    assert is_near(image.getpixel((5, 10)), RED)


def test_sixteen_bits_of_grey_are_scaled_not_clipped():
    image = kept(encoded(Image.new("I;16", (8, 8), 32_896), "PNG"))
    assert is_near(image.getpixel((4, 4)), (128, 128, 128))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P"])
def test_other_modes_of_png_are_kept(mode):
    assert kept(encoded(two_halves().convert(mode), "PNG")).size == (40, 20)


def test_the_longest_edge_is_four_thousand_pixels():
    clean = clean_picture(encoded(Image.new("RGB", (5000, 10), RED), "PNG"))
    assert (clean.width, clean.height) == (4000, 8)


def test_even_noise_can_be_kept():
    assert kept(encoded(noise((400, 400)), "JPEG")).size == (400, 400)


def test_the_same_file_always_gets_the_same_name():
    names = {clean_picture(encoded(two_halves(), "PNG")).content.name for _ in range(2)}
    assert len(names) == 1
    assert clean_picture(encoded(two_halves((42, 20)), "PNG")).content.name not in names


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("hostile/images/exif_gps.jpg", (8, 8)),
        ("hostile/images/invalid-exif.jpg", (200, 200)),
        ("hostile/images/no_palette.gif", (1, 1)),
        ("photos/art-gallery.webp", (1460, 846)),
        ("photos/building-exterior.webp", (1500, 703)),
        ("photos/coming-soon-bg-image.webp", (2880, 2046)),
        ("photos/hotel-facade.webp", (2000, 963)),
        ("photos/museum.webp", (1300, 1733)),
        ("photos/northern-buttercups-flowers.webp", (2880, 1664)),
        ("photos/red-hibiscus-closeup.webp", (1079, 783)),
        ("photos/tourist-and-building.webp", (1200, 800)),
        ("photos/windows.webp", (1200, 799)),
    ],
)
def test_real_pictures_are_kept_without_their_metadata(name, size):
    with open(SHARED_DATA / name, "rb") as file:
        image = kept(file)
    assert image.size == size
    assert image.format == ("WEBP" if name == "photos/art-gallery.webp" else "JPEG")
    assert not image.getexif()
    assert "icc_profile" not in image.info
