"""Bringing an older version back into the draft."""

from django.db import transaction
from django.utils import timezone

from shows.models import Decision, Show

from .models import (
    BLOCK_MODELS,
    Article,
    ArticleAuthor,
    Embed,
    Panel,
    Picture,
    PullQuote,
    Section,
    Update,
)
from .models.edition import TEXT_FIELDS

STEP = 10


@transaction.atomic
def restore(edition):
    """Replace the draft of the edition's article by what the edition holds; readers see nothing of it.

    Filing stays as it is. A panel whose show is no longer in the record is left out.
    """
    article = Article.objects.select_for_update().get(pk=edition.article_id)
    for name in TEXT_FIELDS:
        setattr(article, name, getattr(edition, name))
    article.lead_image_id, article.social_image_id = edition.lead_image_id, edition.social_image_id
    article.saved_at = timezone.now()
    article.save(update_fields=[*TEXT_FIELDS, "lead_image", "social_image", "saved_at"])
    article.article_authors.all().delete()
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(article=article, author_id=row.author_id, position=row.position)
        for row in edition.edition_authors_in_order
    )
    for model in BLOCK_MODELS:
        model.objects.filter(parent=article).delete()
    for place, block in enumerate(filter(None, map(thawed, edition.blocks)), start=1):
        block.parent, block.region, block.ordering = article, "main", place * STEP
        block.save()
    return article


def thawed(block):
    """The unsaved row that a frozen block was made of; None where what it shows is gone."""
    if block["type"] == "section":
        sources = "\n".join(line_of(source) for source in block["sources"])
        return Section(kind=block["kind"], heading=block["heading"], body=block["html"], sources=sources)
    if block["type"] == "picture":
        return Picture(image_id=block["image"], caption=block["caption"])
    if block["type"] == "quote":
        return PullQuote(quote=block["quote"], attribution=block["attribution"])
    if block["type"] == "embed":
        return thawed_embed(block)
    if block["type"] == "update":
        return thawed_update(block)
    if block["show"] and not Show.objects.filter(pk=block["show"]).exists():
        return None
    return Panel(kind=block["kind"], show_id=block["show"], season_number=block["season"])


def thawed_embed(block):
    return Embed(
        url=block["url"],
        title=block["title"],
        author_name=block["author"],
        posted_on=block["on"] or None,
        text=block["text"],
        poster_id=block["poster"],
    )


def thawed_update(block):
    decision = Decision.objects.filter(pk=block["decision"]).first()
    source = block["source"]
    return Update(
        dated_on=block["on"],
        text=block["text"],
        source_name=source["title"],
        source_url=source["url"],
        decision=decision,
    )


def line_of(source):
    title, url = source["title"], source["url"]
    return title if not url or title == url else f"{title} {url}"
