"""The picture for social networks that is composed where the editor chose none: headline, show and status.

Its address names the version and a key over all that it shows, so that another status is another picture.
"""

import hashlib
import json
from contextlib import suppress
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from articles.templatetags.articles import site_address
from pictures.storing import store_once
from shows.status import Status

from .lettering import settable
from .pictures import SocialImage, chosen

WIDTH, HEIGHT = 1200, 630
# A new number for a new look, so that pictures made before are not taken for it.
LOOK = 2


class Card(NamedTuple):
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
        return hashlib.sha256(json.dumps([LOOK, *self]).encode()).hexdigest()[:20]

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
        # Imported here: it loads Pillow, which pages that only name the card do without.
        from .card_drawing import drawn

        body = drawn(self)
        # What the article looked like before is never served again.
        forget([self.article])
        store_once(default_storage, self.file_name, ContentFile(body))
        return body

    def read(self):
        with default_storage.open(self.file_name) as file:
            return file.read()


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
