from django import template

from pictures.crops import MIDDLE, focal_point
from pictures.fields import PictureFieldFile
from pictures.renditions import rendition_url, rendition_widths
from pictures.tints import tint_classes

register = template.Library()

# What `src` offers to the few readers whose browser knows no srcset, and to those who save the picture.
USUAL_WIDTH = 960


@register.inclusion_tag("pictures/_picture.html")
def picture(image, *, alt, sizes="100vw", css_class="", priority=False, tallest=None):
    """A responsive `<picture>` by names and numbers alone: no query, no file is opened.

    `image` is a PictureField's file, or has `file` (the same, or its name), `width` and `height`; nothing is
    shown without a file. `priority` is for the one picture at the top: fetched first instead of when near.
    `tallest` is the height in rem that the style sheet allows where the width follows from it.
    """
    name, width, height = _stored(image)
    if not name:
        return {}
    widths = rendition_widths(width)
    usual = max((narrow for narrow in widths if narrow <= USUAL_WIDTH), default=widths[0])
    return {
        "avif": _srcset(name, widths, "avif"),
        "webp": _srcset(name, widths, "webp"),
        "jpeg": _srcset(name, widths, "jpg"),
        "src": rendition_url(name, usual, "jpg"),
        "sizes": sizes if tallest is None else f"min({tallest * width / height:.4g}rem, {sizes})",
        "width": width,
        "height": height,
        "alt": alt,
        "css_class": " ".join(filter(None, [css_class, *focus_classes(image), *tint_classes(_tint(image))])),
        "priority": priority,
    }


def focus_classes(image):
    """Classes that keep the focal point in sight where the page crops; none for one in the middle.

    A policy without inline styles leaves classes: eleven steps each way (`.fx-0` to `.fx-10` in site.css).
    """
    steps = [
        (axis, round(percent / 10)) for axis, percent in zip(("fx", "fy"), focal_point(image), strict=True)
    ]
    return [f"{axis}-{step}" for axis, step in steps if step != MIDDLE // 10]


def _tint(image):
    """The tint of the row that keeps the picture, which need not know any."""
    row = image.instance if isinstance(image, PictureFieldFile) else image
    return getattr(row, "tint", None)


def _stored(image):
    """Name, width and height of the original; no name where there is no picture."""
    if not image:
        return "", 0, 0
    if isinstance(image, PictureFieldFile):
        return image.name, *image.dimensions
    return str(image.file or ""), image.width, image.height


def _srcset(name, widths, extension):
    return ", ".join(f"{rendition_url(name, width, extension)} {width}w" for width in widths)
