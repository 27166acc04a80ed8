"""Pictures cut to a shape around their focal point, for machines: a page crops by its style sheet.

A crop's name says all that decides its bytes, `renditions/<key>/<ratio>-<width>-<focal x>-<focal y>.jpg`, so
that a new focal point is a new address. None is made before somebody asks for it.
"""

import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

RATIOS = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
# What search engines ask for at least. Every width here is work that anybody can ask for, once a picture.
CROP_WIDTHS = (1200,)
# A focal point's percentage where nobody has set one.
MIDDLE = 50
_PERCENT = r"0|[1-9][0-9]?|100"
NAME = re.compile(
    rf"renditions/(?P<key>[0-9a-f]{{20}})/(?P<ratio>{'|'.join(RATIOS)})"
    rf"-(?P<width>{'|'.join(map(str, CROP_WIDTHS))})-(?P<x>{_PERCENT})-(?P<y>{_PERCENT})\.jpg",
    re.ASCII,
)


def crop_url(image, ratio, width=CROP_WIDTHS[0]):
    """The public address of a picture cut to this ratio around its focal point, or ValueError.

    `image` has `file` (a PictureField's file, or its name); nothing is opened. The crop is as wide as asked
    for, or narrower where the original is: `crop_size` tells.
    """
    if ratio not in RATIOS or width not in CROP_WIDTHS:
        raise ValueError(f"No crops of {ratio} and {width} pixels are made.")
    x, y = focal_point(image)
    return default_storage.url(
        f"renditions/{PurePosixPath(str(image.file)).stem}/{ratio}-{width}-{x}-{y}.jpg"
    )


def crop_size(image, ratio, width=CROP_WIDTHS[0]):
    """Width and height of that crop in pixels, by the original's `width` and `height`."""
    across, down = RATIOS[ratio]
    width = max(1, min(width, image.width, image.height * across // down))
    return width, max(1, round(width * down / across))


def focal_point(image):
    return getattr(image, "focal_x", MIDDLE), getattr(image, "focal_y", MIDDLE)
