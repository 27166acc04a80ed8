"""The dated “Update” box made from the record: on what readers see, on what is to come, and on the draft."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext

from .amending import amend, built_on, keep_frozen_texts
from .models import Article, Edition, Update
from .notices import tell_when_live

STEP = 10
CHUNK = 100
LONGEST_NOTE = 300


@transaction.atomic
def add_update(article_id, decision, *, by):
    """Publish the live version with a box that tells the decision; returns the new version.

    The draft gets the same box, and so does every version that is still to come; what else is unpublished
    stays so. A box that was made from this decision before is replaced. Raises ValidationError where readers
    see nothing now.
    """
    article = Article.objects.select_for_update().get(pk=article_id)
    live = article.live_edition
    is_ahead = live is not None and Edition.compose(article).digest != live.digest
    box = Update.told_by(decision).frozen()
    note = gettext("Update: %s") % box["text"]
    edition = amend(
        article_id,
        lambda edition: put_on_top(edition, box),
        by=by,
        note=Truncator(note).chars(LONGEST_NOTE),
    )
    add_to_scheduled(article_id, box)
    add_to_draft(article, decision)
    # Lists tell by the clock whether the draft has changes which readers do not see.
    saved_at = edition.published_at + timedelta(microseconds=1 if is_ahead else 0)
    Article.objects.filter(pk=article_id).update(saved_at=saved_at)
    return edition


def put_on_top(edition, box):
    """The box as an edition's first block, once."""
    others = [block for block in edition.blocks if not is_made_from(block, box["decision"])]
    edition.content["blocks"] = [box, *others]


def is_made_from(block, decision_id):
    return block["type"] == "update" and block["decision"] == decision_id


def add_to_scheduled(article_id, box):
    """Put versions that are still to come, which nobody has seen, in the place of themselves with the box."""
    article = Article.objects.select_for_update().get(pk=article_id)
    for scheduled in list(article.scheduled_editions):
        edition = built_on(scheduled)
        put_on_top(edition, box)
        keep_frozen_texts(edition, scheduled)
        terms = {"at": scheduled.published_at, "note": scheduled.note, "is_minor": scheduled.is_minor}
        by, by_name = scheduled.published_by, scheduled.published_by_name
        article.scheduled_editions.filter(pk=scheduled.pk).delete()
        edition.freeze(by=by, **terms)
        article.save_times()
        if not by and by_name:
            Edition.objects.filter(pk=edition.pk).update(published_by_name=by_name)
        tell_when_live(edition)


def add_to_draft(article, decision):
    """The box on top of the draft; one that tells the same is brought up to date instead."""
    box = Update.told_by(decision)
    mine = Update.objects.filter(Q(decision=decision) | Q(text=box.text), parent=article).first() or Update()
    blocks = article.blocks()
    is_first = mine.pk and blocks[0] == mine
    for name in ("decision", "dated_on", "text", "source_name", "source_url"):
        setattr(mine, name, getattr(box, name))
    if not is_first:
        mine.ordering = blocks[0].ordering - STEP if blocks else STEP
    mine.parent, mine.region = article, "main"
    mine.save()
    return mine


def told_by_boxes_of(decisions):
    """The live versions with a box made from one of these decisions."""
    numbers = {decision.pk for decision in decisions}
    found = {}
    for show_id in {decision.show_id for decision in decisions}:
        for edition in Edition.objects.live().about_show(show_id).order_by("article_id").iterator(CHUNK):
            if any(is_made_from(block, number) for block in edition.blocks for number in numbers):
                found[edition.pk] = edition
    return list(found.values())
