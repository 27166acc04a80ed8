"""The sizes of a picture that readers get; the original itself is never public."""

import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

# The folder of the originals, which are never public.
ORIGINALS = "originals"
# Phones, the 46rem text column, and the same on dense screens or across the page.
WIDTHS = (480, 960, 1600)
# The smallest first: a browser takes the first of them that it can show.
EXTENSIONS = ("avif", "webp", "jpg")
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
NAME = re.compile(
    r"renditions/(?P<key>[0-9a-f]{20})/(?P<width>[1-9][0-9]{0,3})\.(?P<extension>avif|webp|jpg)", re.ASCII
)
# A name says what is in the file, so the bytes behind an address never change.
FOR_EVER = "public, max-age=31536000, immutable"


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
