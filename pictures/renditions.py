"""The sizes of a picture that readers get; the original itself is never public."""

from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from pictures.storing import store_once
from pictures.uploads import FORMATS

# The folder of the originals, which are never public.
ORIGINALS = "originals"
# Phones, the 46rem text column, and the same on dense screens or across the page.
WIDTHS = (480, 960, 1600)
EXTENSIONS = ("webp", "jpg")
# The media view answers with one bytes body, so a rendition stays small: 2 MB, of the stack notes.
MAX_BYTES = 2_000_000
# The first quality that fits; 80 is the usual one, the others are for noise and very tall pictures.
QUALITIES = (80, 65, 50, 35, 20)


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


def make_renditions(field_file):
    """Write what is missing of a stored picture's renditions (JPEG ones on white) and return their names."""
    storage = field_file.storage
    with storage.open(field_file.name) as original, Image.open(original, formats=FORMATS) as image:
        wanted = {
            rendition_name(field_file.name, width, extension): (width, extension)
            for width in rendition_widths(image.width)
            for extension in EXTENSIONS
        }
        missing = [name for name in wanted if not storage.exists(name)]
        for name in missing:
            width, extension = wanted[name]
            store_once(storage, name, ContentFile(encoded(resized(image, width), extension)))
    return missing


def resized(image, width):
    """The Pillow image at this width; one of the same width is copied."""
    if width == image.width:
        return image.copy()
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def encoded(image, extension):
    """The bytes of a rendition, in the best quality of ours that fits."""
    save = _save_webp if extension == "webp" else _save_jpeg
    for quality in QUALITIES:
        file = BytesIO()
        save(image, file, quality)
        if file.tell() <= MAX_BYTES:
            break
    return file.getvalue()


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
