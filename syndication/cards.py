"""The picture for social networks that is composed where the editor chose none: headline, show and status.

Its address names the version and a key over all that it shows, so that another status is another picture.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import astuple, dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image, ImageDraw, ImageOps

from articles.templatetags.articles import site_address
from pictures.storing import store_once
from pictures.uploads import FORMATS
from shows.status import Status

from .lettering import fitted, font_of, settable, shortened
from .pictures import SocialImage, chosen

WIDTH, HEIGHT, MARGIN, PICTURE_WIDTH = 1200, 630, 64, 440
# A new number for a new look, so that pictures made before are not taken for it.
LOOK = 2
# The light look's tokens, as in site.css.
PAPER, INK, QUIET, RULE = "#fdfbf6", "#1a1813", "#5b5549", "#ddd6c7"
STATUS_INK = {"renewed": "#1c6b3a", "cancelled": "#a8231c", "awaiting": "#8a5a00", "ended": "#44505c"}
SIZES = range(76, 33, -6)


@dataclass(frozen=True)
class Card:
    """What a composed picture shows, and of which version it is."""

    article: int
    edition: int
    digest: str
    name: str
    headline: str
    show: str
    status: str
    status_css: str
    picture: str
    focus: tuple

    @classmethod
    def of(cls, edition, show, publication):
        """The card of an edition; None where the font lacks a letter of the headline."""
        headline = settable(edition.headline)
        if not headline:
            return None
        lead = edition.lead and edition.lead.image
        # Without the day of a wait: it would be another picture every day.
        status = show and (show.status_label if show.status == Status.AWAITING else show.status_text)
        return cls(
            article=edition.article_id,
            edition=edition.pk,
            digest=edition.digest,
            name=settable(publication.name) or "",
            headline=headline,
            show=(show and settable(show.title)) or "",
            status=(show and settable(str(status))) or "",
            status_css=show.status_css if show else "",
            picture=lead.file.name if lead else "",
            focus=(lead.focal_x, lead.focal_y) if lead else (50, 50),
        )

    @property
    def key(self):
        return hashlib.sha256(json.dumps([LOOK, *astuple(self)]).encode()).hexdigest()[:20]

    @property
    def path(self):
        return reverse("syndication:card", args=[self.edition, self.key])

    @property
    def file_name(self):
        return f"{folder_of(self.article)}/{self.edition}-{self.key}.jpg"

    @property
    def alt(self):
        about = ": ".join(filter(None, [self.show, self.status]))
        return ". ".join(filter(None, [self.headline, about]))

    def stored(self):
        """The picture's bytes, made now if nobody has asked for it before."""
        with suppress(FileNotFoundError):
            return self.read()
        body = self.drawn()
        # What the article looked like before is never served again.
        forget([self.article])
        store_once(default_storage, self.file_name, ContentFile(body))
        return body

    def read(self):
        with default_storage.open(self.file_name) as file:
            return file.read()

    def drawn(self):
        """The picture as JPEG."""
        image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        width = WIDTH - 2 * MARGIN
        if lead := self._lead():
            image.paste(lead, (WIDTH - PICTURE_WIDTH, 0))
            width -= PICTURE_WIDTH - MARGIN // 4
        self._letter(ImageDraw.Draw(image), width)
        body = BytesIO()
        image.save(body, "JPEG", quality=88, subsampling=0, optimize=True)
        return body.getvalue()

    def _letter(self, draw, width):
        draw.text((MARGIN, 52), shortened(self.name, 34, width), fill=INK, font=font_of(34))
        draw.line((MARGIN, 112, MARGIN + width, 112), fill=RULE, width=2)
        draw.text((MARGIN, 136), shortened(self.show, 30, width), fill=QUIET, font=font_of(30))
        top, bottom = (188 if self.show else 140), (530 if self.status else HEIGHT - 48)
        size, lines = fitted(self.headline, SIZES, width, bottom - top)
        for place, line in enumerate(lines):
            draw.text((MARGIN, top + place * size * 1.14), line, fill=INK, font=font_of(size))
        if self.status:
            ink = STATUS_INK.get(self.status_css, QUIET)
            draw.rectangle((MARGIN, 551, MARGIN + 14, 577), fill=ink)
            draw.text((MARGIN + 30, 544), shortened(self.status, 32, width - 30), fill=ink, font=font_of(32))

    def _lead(self):
        """The lead picture cut around its focal point; None where there is none, or its file is gone."""
        if not self.picture:
            return None
        try:
            with default_storage.open(self.picture) as file, Image.open(file, formats=FORMATS) as image:
                return _cut(image, (self.focus[0] / 100, self.focus[1] / 100))
        except FileNotFoundError:
            return None


def _cut(image, focus):
    cut = ImageOps.fit(image, (PICTURE_WIDTH, HEIGHT), Image.Resampling.LANCZOS, centering=focus)
    paper = Image.new("RGB", cut.size, PAPER)
    paper.paste(cut, mask=cut.getchannel("A") if cut.mode == "RGBA" else None)
    return paper


def folder_of(article):
    return f"social/{article}"


def forget(articles):
    """Delete the pictures composed of these articles; whoever asks for one next gets it made anew."""
    for folder in map(folder_of, articles):
        with suppress(FileNotFoundError):
            for name in default_storage.listdir(folder)[1]:
                # What another process is just writing is its own.
                if name.endswith(".jpg"):
                    default_storage.delete(f"{folder}/{name}")


def social_image(edition, show, publication):
    """What social networks show of an article: what the editor chose for them, else a card, else the lead."""
    if edition.social_image_id in edition.edition_images_by_id:
        return chosen(edition.social)
    if card := Card.of(edition, show, publication):
        return SocialImage(site_address(card.path), WIDTH, HEIGHT, card.alt)
    return edition.lead and chosen(edition.lead)
