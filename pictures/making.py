"""A rendition or a crop made when somebody asks for it before it is there: once, and only what may be."""

from contextlib import contextmanager, suppress

from django.core.files import locks
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from PIL import Image

from pictures import crops, renditions
from pictures.pixels import cropped, encoded, resized, tint_of
from pictures.renditions import EXTENSIONS, ORIGINALS, rendition_name, rendition_widths
from pictures.storing import store_once
from pictures.uploads import FORMATS
from pictures.uses import is_used, picture_fields


def make_renditions(storage, original):
    """Make what is missing of an original's renditions, the small ones first; the names of those made.

    Nobody who asks for one meanwhile waits for all of them.
    """
    try:
        with storage.open(original) as file, Image.open(file, formats=FORMATS) as image:
            widths = rendition_widths(image.width)
    except FileNotFoundError:
        return []
    wanted = [rendition_name(original, width, extension) for width in widths for extension in EXTENSIONS]
    return [name for name in wanted if not storage.exists(name) and make(storage, name)]


def make(storage, name):
    """Make and store the file of this name; False where there is no such picture, or never such a size of it.

    What costs work is asked last: a key without an original costs two looks into the storage.
    """
    match = renditions.NAME.fullmatch(name) or crops.NAME.fullmatch(name)
    original = match and _original(storage, match["key"])
    if not original:
        return False
    draw = _rendition if match.re is renditions.NAME else _crop
    try:
        with _alone(storage, original) as file:
            if not storage.exists(name):
                content = draw(original, file, match)
                if content is None:
                    return False
                store_once(storage, name, ContentFile(content))
    except FileNotFoundError:
        return False
    return not _is_gone(storage, original, name)


def _original(storage, key):
    names = [f"{ORIGINALS}/{key}.{extension}" for extension in ("jpg", "webp")]
    return next((name for name in names if storage.exists(name)), None)


@contextmanager
def _alone(storage, original):
    """The open original; on a disk nobody else on this machine makes anything of it meanwhile."""
    with storage.open(original) as file:
        if isinstance(storage, FileSystemStorage):
            # Some network disks cannot lock: then two may do the same work, and store the same.
            with suppress(OSError):
                locks.lock(file, locks.LOCK_EX)
        yield file


def _rendition(original, file, match):
    with Image.open(file, formats=FORMATS) as image:
        width, widths = int(match["width"]), rendition_widths(image.width)
        if width in widths:
            # A JPEG is decoded at half its size or less where that is twice what is wanted.
            image.draft(None, (2 * width, 2 * max(1, round(image.height * width / image.width))))
            small = resized(image, width)
            if width == widths[0]:
                _keep_tint(original, small)
            return encoded(small, match["extension"])


def _keep_tint(name, image):
    """Give its tint to the rows that keep this picture since before there were tints."""
    tint = tint_of(image)
    for model, field in picture_fields():
        if hasattr(model, "tint") and tint is not None:
            rows = model._base_manager.filter(**{field.name: name, "tint": None})
            # Asked first: an update waits for other writers even where it has nothing to do.
            if rows.exists():
                rows.update(tint=tint)


def _crop(original, file, match):
    focus = int(match["x"]), int(match["y"])
    if is_used([original], focus):
        with Image.open(file, formats=FORMATS) as image:
            return encoded(cropped(image, match["ratio"], int(match["width"]), focus), "jpg")


def _is_gone(storage, original, name):
    """Whether the original was taken down meanwhile: then what was made of it goes as well."""
    if storage.exists(original):
        return False
    storage.delete(name)
    return True
