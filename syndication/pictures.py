"""Which addresses of a picture machines are told, and its sizes there; nothing is opened or made for it."""

from typing import NamedTuple

from articles.templatetags.articles import site_address
from pictures.crops import RATIOS, crop_size, crop_url
from pictures.renditions import rendition_widths


class SocialImage(NamedTuple):
    """A picture for social networks: an absolute address, with the size and the words that go with it."""

    url: str
    width: int
    height: int
    alt: str


def crops_of(image):
    """The absolute addresses of a picture in the three shapes that search engines ask for."""
    return [site_address(crop_url(image, ratio)) for ratio in RATIOS]


def chosen(row):
    """A picture of an edition as social networks want it: wide, around its focal point."""
    image = row.image
    return SocialImage(site_address(crop_url(image, "16x9")), *crop_size(image, "16x9"), row.alt_text)


def poster_of(show):
    """A show's poster, whole, or None."""
    if not show.poster:
        return None
    width = rendition_widths(show.poster_width)[-1]
    height = max(1, round(show.poster_height * width / show.poster_width))
    return SocialImage(site_address(show.poster.url), width, height, show.poster_alt)
