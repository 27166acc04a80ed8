"""A new version built on the live one: what is added to it reaches readers, the draft's changes do not."""

from copy import deepcopy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from .models import Article, Edition, EditionAuthor
from .models.edition import TEXT_FIELDS, with_anchors


def built_on(live):
    """An unsaved edition that says what `live` says; change its `content` or pictures, then `amend` it in."""
    edition = Edition(
        article=live.article,
        byline=live.byline,
        lead_image_id=live.lead_image_id,
        social_image_id=live.social_image_id,
        content=deepcopy(live.content),
        **{name: getattr(live, name) for name in TEXT_FIELDS},
    )
    edition.edition_authors_in_order = [
        EditionAuthor(edition=edition, author_id=row.author_id, position=row.position)
        for row in live.edition_authors_in_order
    ]
    return edition


@transaction.atomic
def amend(article_id, change, *, by, note, is_minor=False):
    """Publish the live version with what `change(edition)` does to it; returns the new version.

    `change` gets what `built_on` gives and alters it in place. Pictures that were there keep the texts they
    were published with. The working copy stays as it is: whoever calls adds the same to the draft. Raises
    ValidationError where readers see nothing now, so that there is nothing to build on.
    """
    article = Article.objects.select_for_update().get(pk=article_id)
    live = article.live_edition
    if live is None:
        raise ValidationError(gettext("It is not live any more, so there is nothing to add to."))
    edition = built_on(live)
    change(edition)
    keep_frozen_texts(edition, live)
    now = timezone.now()
    edition.freeze(by=by, at=now, note=note, is_minor=is_minor)
    article.keep_times_of(edition, now)
    return edition


def keep_frozen_texts(edition, before):
    """Finish an edition that was built on another: pictures keep their texts, new ones have the library's."""
    with_anchors(edition.blocks)
    frozen_texts = before.edition_images_by_id
    edition.edition_images_by_id = {
        pk: with_texts_of(frozen_texts.get(pk), image) for pk, image in edition.compose_images().items()
    }
    edition.digest = edition.compose_digest()


def with_texts_of(before, image):
    """A picture's row for the new version, with the texts that it had in the one before."""
    if before:
        image.alt_text, image.caption, image.credit = before.alt_text, before.caption, before.credit
    return image
