"""The composed picture itself: headline, show and status beside the lead picture, in the light look."""

from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageOps

from pictures.uploads import FORMATS

from .cards import HEIGHT, WIDTH
from .lettering import fitted, font_of, shortened

MARGIN, PICTURE_WIDTH = 64, 440
# The light look's tokens, as in site.css.
PAPER, INK, QUIET, RULE = "#fdfbf6", "#1a1813", "#5b5549", "#ddd6c7"
STATUS_INK = {"renewed": "#1c6b3a", "cancelled": "#a8231c", "awaiting": "#8a5a00", "ended": "#44505c"}
SIZES = range(76, 33, -6)


def drawn(card):
    """The card as a JPEG of WIDTH by HEIGHT pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    width = WIDTH - 2 * MARGIN
    if lead := _lead(card):
        image.paste(lead, (WIDTH - PICTURE_WIDTH, 0))
        width -= PICTURE_WIDTH - MARGIN // 4
    _letter(card, ImageDraw.Draw(image), width)
    body = BytesIO()
    image.save(body, "JPEG", quality=88, subsampling=0, optimize=True)
    return body.getvalue()


def _letter(card, draw, width):
    draw.text((MARGIN, 52), shortened(card.name, 34, width), fill=INK, font=font_of(34))
    draw.line((MARGIN, 112, MARGIN + width, 112), fill=RULE, width=2)
    draw.text((MARGIN, 136), shortened(card.show, 30, width), fill=QUIET, font=font_of(30))
    top, bottom = (188 if card.show else 140), (530 if card.status else HEIGHT - 48)
    size, lines = fitted(card.headline, SIZES, width, bottom - top)
    for place, line in enumerate(lines):
        draw.text((MARGIN, top + place * size * 1.14), line, fill=INK, font=font_of(size))
    if card.status:
        ink = STATUS_INK.get(card.status_css, QUIET)
        draw.rectangle((MARGIN, 551, MARGIN + 14, 577), fill=ink)
        draw.text((MARGIN + 30, 544), shortened(card.status, 32, width - 30), fill=ink, font=font_of(32))


def _lead(card):
    """The lead picture cut around its focal point; None where there is none, or its file is gone."""
    if not card.picture:
        return None
    try:
        with default_storage.open(card.picture) as file, Image.open(file, formats=FORMATS) as image:
            return _cut(image, (card.focus[0] / 100, card.focus[1] / 100))
    except FileNotFoundError:
        return None


def _cut(image, focus):
    cut = ImageOps.fit(image, (PICTURE_WIDTH, HEIGHT), Image.Resampling.LANCZOS, centering=focus)
    paper = Image.new("RGB", cut.size, PAPER)
    paper.paste(cut, mask=cut.getchannel("A") if cut.mode == "RGBA" else None)
    return paper
