"""Small pictures drawn for a test, as files in any format."""

import random
import zlib
from io import BytesIO

from PIL import Image, ImageCms

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def encoded(image, format, **options):
    """The image as an open file with a name of that format."""
    file = BytesIO()
    image.save(file, format, **options)
    file.seek(0)
    file.name = f"picture.{format.lower()}"
    return file


def two_halves(size=(40, 20)):
    """Red on the left, blue on the right: which way is up can be seen in two pixels."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def see_through(size=(40, 20)):
    """The same, its left half transparent."""
    image = two_halves(size).convert("RGBA")
    image.paste((*RED, 0), (0, 0, size[0] // 2, size[1]))
    return image


def noise(size):
    """The hardest picture there is for an encoder."""
    return Image.frombytes("RGB", size, random.Random(0).randbytes(size[0] * size[1] * 3))  # noqa: S311


def exif(orientation=1):
    """An Exif block as a telephone writes it: which way it was held, whose it is and where it stood."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = "Secretphone"
    block.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 17.0)})
    return block


def png_claiming(width, height):
    """A PNG of a few bytes whose header claims to be this large."""
    file = encoded(Image.new("L", (1, 1)), "PNG")
    content = bytearray(file.getvalue())
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    header = b"IHDR" + size + bytes(content[24:29])
    content[12:33] = header + zlib.crc32(header).to_bytes(4, "big")
    return BytesIO(bytes(content))


def is_near(colour, other, within=12):
    """Whether two colours look the same; encoders change a pixel by a little."""
    return all(abs(one - two) <= within for one, two in zip(colour, other, strict=True))
