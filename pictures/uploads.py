"""Uploaded pictures made safe: decoded whole, upright, in sRGB, without metadata, in a file of our own."""

import hashlib
from io import BytesIO
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageCms

from pictures.fields import CleanFile
from pictures.pixels import tint_of

# Named in every Image.open(): without them Pillow tries all its decoders, Ghostscript for EPS among them.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")

# The limits of an upload; the settings of the same names overrule them.
# 40 megapixels is the editorial rule of the foundation issue, and 160 MB while decoding (4 bytes a pixel).
PICTURE_MAX_PIXELS = 40_000_000
# A JPEG of 40 megapixels from a camera, at about 5 bits a pixel.
PICTURE_MAX_BYTES = 25_000_000

# What is kept is two and a half times the widest rendition (1,600): room for crops and for denser screens.
LONGEST_EDGE = 4000
# Above 90 a JPEG's loss is not seen at normal size; full colour resolution keeps red lettering sharp.
# Neither optimised nor progressive: Pillow's buffer for those is too small for noise at this quality.
JPEG_OPTIONS = {"quality": 92, "subsampling": "4:4:4"}
WEBP_OPTIONS = {"lossless": True, "quality": 50, "method": 2}

UNREADABLE = _(
    "This file is not a picture that can be read here, or it is damaged. Accepted are JPEG, PNG, WebP, AVIF "
    "and GIF pictures of at most %(megapixels)s megapixels and %(megabytes)s MB."
)
TOO_MANY_PIXELS = _(
    "This picture has too many pixels. Accepted are JPEG, PNG, WebP, AVIF and GIF pictures of at most "
    "%(megapixels)s megapixels and %(megabytes)s MB."
)
TOO_MANY_BYTES = _(
    "This file is too large. Accepted are JPEG, PNG, WebP, AVIF and GIF pictures of at most "
    "%(megapixels)s megapixels and %(megabytes)s MB."
)

# The turn that undoes each value of Exif's Orientation tag (Exif 3.0, tag 0x0112).
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class CleanPicture(NamedTuple):
    """A picture as it is kept: `content` is named by its own bytes, `width` and `height` are in pixels."""

    content: CleanFile
    width: int
    height: int
    extension: str


def clean_picture(file):
    """The picture in an open file as a `CleanPicture`, JPEG or (with transparency) lossless WebP.

    Raises ValidationError, with a sentence for the editor, for all that is not a whole picture of `FORMATS`.
    """
    image = _decoded(_limited_bytes(file))
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    image = _in_srgb(_upright(image))
    content, extension = _encoded(image)
    name = f"{hashlib.sha256(content).hexdigest()[:20]}.{extension}"
    return CleanPicture(CleanFile(content, name, tint_of(image)), *image.size, extension)


def _limited_bytes(file):
    """The file's bytes; the declared size is not believed."""
    limit = _max_bytes()
    file.seek(0)
    content = file.read(limit + 1)
    if len(content) > limit:
        raise _refusal(TOO_MANY_BYTES, "too_many_bytes")
    return content


def _decoded(content):
    """The first frame, decoded to its last byte, but only after the header has passed the pixel limit."""
    try:
        image = Image.open(BytesIO(content), formats=FORMATS)
        if image.width * image.height > _max_pixels():
            raise Image.DecompressionBombError
        image.load()
        return _plain(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refusal(TOO_MANY_PIXELS, "too_many_pixels") from error
    except Exception as error:
        # Decoders meet hostile files with OSError, ValueError, SyntaxError, struct.error, KeyError and more.
        raise _refusal(UNREADABLE, "unreadable") from error


def _plain(image):
    """The same in 8 bits a channel and a mode that can be scaled: L, LA, RGB, RGBA or CMYK."""
    if image.mode.startswith("I"):
        # Pillow clips 16 bits at 255 instead of scaling them: 65,535 / 257 = 255.
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in {"LA", "RGBA"}:
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"L", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _upright(image):
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # a broken Exif block, and its parser's many errors, spoil no good photograph
        return image
    turn = UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def _in_srgb(image):
    """RGB, or RGBA where something is transparent, in sRGB, and no metadata."""
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    colours = image.convert(image.mode.removesuffix("A")) if alpha else image
    colours = _converted_by_profile(colours, image.info.get("icc_profile"))
    if alpha and alpha.getextrema()[0] < 255:
        colours.putalpha(alpha)
    colours.info = {}
    return colours


def _converted_by_profile(image, profile):
    """The image in sRGB by its embedded profile, or by Pillow's own rule where that is missing or broken."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass
    return image.convert("RGB")


def _encoded(image):
    """The bytes to keep and their extension."""
    encoded = BytesIO()
    if image.mode == "RGBA":
        image.save(encoded, "WEBP", **WEBP_OPTIONS)
        return encoded.getvalue(), "webp"
    image.save(encoded, "JPEG", **JPEG_OPTIONS)
    return encoded.getvalue(), "jpg"


def _max_pixels():
    return getattr(settings, "PICTURE_MAX_PIXELS", PICTURE_MAX_PIXELS)


def _max_bytes():
    return getattr(settings, "PICTURE_MAX_BYTES", PICTURE_MAX_BYTES)


def _refusal(sentence, code):
    limits = {"megapixels": _max_pixels() / 1_000_000, "megabytes": _max_bytes() / 1_000_000}
    return ValidationError(sentence, code=code, params={name: f"{limit:g}" for name, limit in limits.items()})
