"""Replacing a picture by another one: in every draft and in every article that readers see now."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from logbook.models import Entry

from .amending import amend
from .models import Article, Edition, Embed, Picture
from .picture_uses import uses_of


@dataclass
class Place:
    """One article that shows the picture, and what replacing does to its draft and to readers' page."""

    use: object
    changes_draft: bool
    changes_live: bool

    @property
    def article(self):
        return self.use.article

    @property
    def changes(self):
        return self.changes_draft or self.changes_live


def places_of(image, user):
    """A Place for every article that shows the picture: what is not this person's to change stays.

    Drafts need the right to change the article, readers' pages the right to publish it.
    """
    mine = (
        Article.objects.editable_by(user)
        if user.has_perm("articles.change_article")
        else Article.objects.none()
    )
    uses = uses_of([image.pk])
    editable = set(mine.filter(pk__in=[use.article.pk for use in uses]).values_list("pk", flat=True))
    may_publish = user.has_perm("articles.publish_article")
    return [
        Place(
            use,
            changes_draft=bool(use.places) and use.article.pk in editable,
            changes_live=bool(use.live) and use.article.pk in editable and may_publish,
        )
        for use in uses
    ]


def replace_everywhere(old, new, *, by):
    """Put `new` in the place of `old` wherever this person may; [(article, sentence of what was done)].

    Each article is changed in its own transaction, so that one which cannot be changed holds up no other.
    Older versions and those that are still to come keep the picture that they were made with.
    """
    done = []
    for place in places_of(old, by):
        if not place.changes:
            continue
        try:
            done.append((place.article, replace_in(place, old, new, by=by)))
        except ValidationError as error:
            done.append((place.article, " ".join(error.messages)))
    if done:
        names = "\n".join(f"{article.headline}: {said}" for article, said in done)
        said = gettext("In the place of picture %d.") % old.pk
        Entry.objects.record(by, Entry.Action.REPLACED, new, f"{said}\n{names}")
    return done


@transaction.atomic
def replace_in(place, old, new, *, by):
    """Replace it in one article; a sentence of what was done."""
    article = Article.objects.select_for_update().get(pk=place.article.pk)
    live = article.live_edition
    is_ahead = live is None or Edition.compose(article).digest != live.digest
    said = []
    if place.changes_draft and replace_in_draft(article, old, new):
        said.append(gettext("The draft shows the new picture."))
    if place.changes_live and live and shows(live, old):
        edition = replace_in_live(article, old, new, by=by)
        keep_ahead(article, edition, is_ahead)
        said.append(gettext("Version %d shows it to readers.") % edition.number)
    sentence = " ".join(said) or gettext("It did not show the picture any more.")
    Entry.objects.record(by, Entry.Action.REPLACED, article, sentence)
    return sentence


def shows(edition, image):
    return edition.edition_images.filter(image=image).exists()


def replace_in_draft(article, old, new):
    """Point the draft's fields and blocks to the new picture; how many of them."""
    count = Picture.objects.filter(parent=article, image=old).update(image=new)
    count += Embed.objects.filter(parent=article, poster=old).update(poster=new)
    for name in ("lead_image", "social_image"):
        count += Article.objects.filter(pk=article.pk, **{name: old}).update(**{name: new})
    if count:
        Article.objects.filter(pk=article.pk).update(saved_at=timezone.now())
    return count


def replace_in_live(article, old, new, *, by):
    """A small fix of what readers see: the same version with the other picture."""
    note = gettext("Picture replaced")

    def change(edition):
        for name in ("lead_image_id", "social_image_id"):
            if getattr(edition, name) == old.pk:
                setattr(edition, name, new.pk)
        for block in edition.blocks:
            for name in ("image", "poster"):
                if block.get(name) == old.pk:
                    block[name] = new.pk

    return amend(article.pk, change, by=by, note=note, is_minor=True)


def keep_ahead(article, edition, is_ahead):
    """Keep the draft as far ahead of what readers see as it was: lists tell that by the clock."""
    step = timedelta(microseconds=1 if is_ahead else 0)
    Article.objects.filter(pk=article.pk).update(saved_at=edition.published_at + step)
