"""What is done to opened pictures: scaled, cut, averaged, encoded.

Pages only name pictures, and Pillow is a thirtieth of what a process would load to start. So this module,
`uploads` and `making` are imported where a picture is about to be opened.
"""

from io import BytesIO

from PIL import Image

from pictures.crops import RATIOS, crop_size
from pictures.tints import STEPS

# The media view answers with one bytes body, so a rendition stays small: 2 MB, of the stack notes.
MAX_BYTES = 2_000_000
# The first quality that fits; the first is the usual one, the others are for noise and very tall pictures.
QUALITIES = (80, 65, 50, 35, 20)
# AVIF's scale is another: 60 looks like the others' 80.
AVIF_QUALITIES = (60, 45, 30, 15)
# 0.4 s for 1,600 pixels on one core, where Pillow's own 6 takes 1.5 s and saves 7 % of the bytes.
AVIF_SPEED = 8


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


def cropped(image, ratio, width, focus):
    """The Pillow image cut and scaled; the cut is where CSS puts it by `object-position`."""
    size = crop_size(image, ratio, width)
    across, down = RATIOS[ratio]
    cut_width = min(image.width, image.height * across / down)
    cut_height = min(image.height, image.width * down / across)
    left = (image.width - cut_width) * focus[0] / 100
    top = (image.height - cut_height) * focus[1] / 100
    box = (left, top, left + cut_width, top + cut_height)
    return image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def tint_of(image):
    """A Pillow image's tint; none where something shows through, or for ever would the tint."""
    if image.has_transparency_data:
        return None
    average = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    red, green, blue = (round(part / 255 * (STEPS - 1)) for part in average)
    return (red * STEPS + green) * STEPS + blue
