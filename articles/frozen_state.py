"""A composed edition as plain data and back: what a preview link "of this state" goes on showing."""

from .models import Author, Edition, EditionAuthor, EditionImage, Image
from .models.edition import SCHEMA, TEXT_FIELDS, with_anchors

PICTURE_TEXTS = ("alt_text", "caption", "credit")


def state_of(edition):
    """All that an edition's page shows, for JSON; filing stays the article's own, as with every edition."""
    return {
        "schema": SCHEMA,
        **{name: getattr(edition, name) for name in TEXT_FIELDS},
        "byline": edition.byline,
        "authors": [row.author_id for row in edition.edition_authors_in_order],
        "lead_image": edition.lead_image_id,
        "social_image": edition.social_image_id,
        "images": {
            str(pk): {name: getattr(row, name) for name in PICTURE_TEXTS}
            for pk, row in edition.edition_images_by_id.items()
        },
        "content": edition.content,
    }


def edition_from(state, article):
    """The edition that `state_of` wrote down, not stored; what has been deleted since is left out."""
    images = Image.objects.in_bulk([int(pk) for pk in state["images"]])
    authors = Author.objects.in_bulk(state["authors"])
    edition = Edition(
        article=article,
        byline=state["byline"],
        lead_image=images.get(state["lead_image"]),
        social_image=images.get(state["social_image"]),
        content=with_fresh_anchors(state["content"]),
        **{name: state[name] for name in TEXT_FIELDS},
    )
    edition.edition_authors_in_order = [
        EditionAuthor(edition=edition, author=authors[pk], position=place)
        for place, pk in enumerate(state["authors"])
        if pk in authors
    ]
    edition.edition_images_by_id = {
        pk: EditionImage(edition=edition, image=image, **state["images"][str(pk)])
        for pk, image in images.items()
    }
    return edition


def with_fresh_anchors(content):
    """Anchors are made of headings, and a heading may have been taken down."""
    blocks = [
        {name: value for name, value in block.items() if name != "anchor"} for block in content["blocks"]
    ]
    return content | {"blocks": with_anchors(blocks)}
