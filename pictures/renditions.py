"""The sizes of a picture that readers get; the original itself is never public."""

from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from PIL import Image

# The folder of the originals, which are never public.
ORIGINALS = "originals"
# Phones, the 46rem text column, and the same on dense screens or across the page.
WIDTHS = (480, 960, 1600)
# The smallest first: a browser takes the first of them that it can show.
EXTENSIONS = ("avif", "webp", "jpg")
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# A name says what is in the file, so the bytes behind an address never change.
FOR_EVER = "public, max-age=31536000, immutable"
# The media view answers with one bytes body, so a rendition stays small: 2 MB, of the stack notes.
MAX_BYTES = 2_000_000
# The first quality that fits; the first is the usual one, the others are for noise and very tall pictures.
QUALITIES = (80, 65, 50, 35, 20)
# AVIF's scale is another: 60 looks like the others' 80.
AVIF_QUALITIES = (60, 45, 30, 15)
# 0.4 s for 1,600 pixels on one core, where Pillow's own 6 takes 1.5 s and saves 7 % of the bytes.
AVIF_SPEED = 8


def rendition_widths(width):
    """The widths made of a picture this wide: never more than it has, its own (at most 1,600) on top."""
    top = min(width, WIDTHS[-1])
    return [narrower for narrower in WIDTHS if narrower < top] + [top]


def rendition_name(name, width, extension):
    """`renditions/<key>/<width>.<extension>` for the original of this name; nothing is opened."""
    return f"renditions/{PurePosixPath(name).stem}/{width}.{extension}"


def rendition_url(name, width, extension):
    """The public address of a rendition, wherever the storage serves it from."""
    return default_storage.url(rendition_name(name, width, extension))


def renditions_of(field_file):
    """The names of all stored renditions of a picture, of whatever widths they were made."""
    folder = rendition_name(field_file.name, 1, "jpg").rpartition("/")[0]
    try:
        _folders, files = field_file.storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{file}" for file in files]


def resized(image, width):
    """The Pillow image at this width; one of the same width is copied."""
    if width == image.width:
        return image.copy()
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def encoded(image, extension):
    """The bytes of a rendition, in the best quality of ours that fits."""
    save, qualities = SAVED[extension]
    for quality in qualities:
        file = BytesIO()
        save(image, file, quality)
        if file.tell() <= MAX_BYTES:
            break
    return file.getvalue()


def _save_avif(image, file, quality):
    image.save(file, "AVIF", quality=quality, speed=AVIF_SPEED)


def _save_webp(image, file, quality):
    image.save(file, "WEBP", quality=quality, method=4)


def _save_jpeg(image, file, quality):
    _on_white(image).save(file, "JPEG", quality=quality, optimize=True, progressive=True)


def _on_white(image):
    """Without transparency, which JPEG lacks: paper shows through."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


SAVED = {
    "avif": (_save_avif, AVIF_QUALITIES),
    "webp": (_save_webp, QUALITIES),
    "jpg": (_save_jpeg, QUALITIES),
}
