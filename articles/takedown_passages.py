"""Taking a passage down: from every version of an article, from its draft, and from all that quotes either.

The one place beside pictures' where what was published changes: the law wants it gone, so no copy of it stays
in the newsroom. Backups are older than that; they end with their own time.
"""

import json
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from logbook.models import Entry, name_of

from .models import (
    BLOCK_MODELS,
    Article,
    CheckAnswer,
    Edition,
    EditionImage,
    Note,
    PreviewLink,
    PrivateCopy,
    Review,
    StaleAlert,
    Takedown,
)
from .models.edition import TEXT_FIELDS, with_anchors
from .passages import Passage

# What colleagues wrote about the article, as plain text: (model, its fields).
TALK = [
    (CheckAnswer, ["finding", "reason"]),
    (StaleAlert, ["sentence", "reason"]),
    (Note, ["text"]),
    (Review, ["message", "note"]),
]
# The fields of blocks and of frozen blocks that hold rich text.
RICH = ("body", "html")


@dataclass
class Place:
    """Somewhere the passage stands: what it is called, the row, and its columns without the passage."""

    name: str
    row: object
    columns: dict


def find(article, text, instead=""):
    """Every Place of the passage in what belongs to the article."""
    passage = Passage(text)
    rows = [*_versions(article, passage, instead), *_draft(article, passage, instead)]
    rows += [*_copies(article, passage, instead), *_talk(article, passage, instead)]
    return [place for place in rows if place.columns]


@transaction.atomic
def take_down(article, text, *, instead, reason, by):
    """Remove the passage from everywhere `find` finds it; the Takedown, or None where it stood nowhere."""
    Article.objects.select_for_update().get(pk=article.pk)
    places = find(article, text, instead)
    if not places:
        return None
    for place in places:
        # Past `save()`, which would refuse: a published version changes here and nowhere else.
        type(place.row)._base_manager.filter(pk=place.row.pk).update(**place.columns)
    for edition in article.editions.all():
        Edition.objects.filter(pk=edition.pk).update(digest=edition.compose_digest())
    names = list(dict.fromkeys(place.name for place in places))
    takedown = Takedown.objects.create(
        kind=Takedown.Kind.PASSAGE,
        article=article,
        reason=reason,
        found_in="\n".join(names),
        done_by=by,
        done_by_name=name_of(by),
    )
    article.refresh_from_db()
    Entry.objects.record(by, Entry.Action.TAKEN_DOWN, article, _("A passage. Claim: %s") % reason)
    return takedown


def _versions(article, passage, instead):
    for edition in article.editions.order_by("-number"):
        name = _("Version %d") % edition.number
        columns = _plain(edition, [*TEXT_FIELDS, "byline", "note"], passage, instead)
        content = _without(edition.content, passage, instead)
        if content != edition.content:
            columns["content"] = _anchored(content)
        yield Place(name, edition, columns)
        for row in EditionImage.objects.filter(edition=edition):
            yield Place(name, row, _plain(row, ["alt_text", "caption", "credit"], passage, instead))


def _draft(article, passage, instead):
    name = _("The draft")
    yield Place(name, article, _plain(article, TEXT_FIELDS, passage, instead))
    for model in BLOCK_MODELS:
        fields = [f.name for f in model._meta.fields if f.get_internal_type() in ("CharField", "TextField")]
        for row in model.objects.filter(parent=article):
            columns = _plain(row, [f for f in fields if f not in RICH], passage, instead)
            if "body" in fields and passage.is_in_html(row.body):
                columns["body"] = passage.removed_from_html(row.body, instead)
            yield Place(name, row, columns)


def _copies(article, passage, instead):
    for copy in PrivateCopy.objects.filter(article=article).select_related("user"):
        data = _without(copy.data, passage, instead)
        if "_held" in data:
            data["_held"] = [_without_held(text, passage, instead) for text in copy.data["_held"]]
        name = _("What %s typed and did not save") % name_of(copy.user)
        yield Place(name, copy, {"data": data} if data != copy.data else {})
    for link in PreviewLink.objects.filter(article=article, state__isnull=False):
        state = _without(link.state, passage, instead)
        yield Place(_("A preview link's state"), link, {"state": state} if state != link.state else {})


def _talk(article, passage, instead):
    name = _("Notes, reviews and answers of the desk")
    for model, fields in TALK:
        for row in model.objects.filter(article=article):
            yield Place(name, row, _plain(row, fields, passage, instead))
    for entry in Entry.objects.about(article):
        yield Place(_("The log"), entry, _plain(entry, ["subject_name", "detail"], passage, instead))
    kind = ContentType.objects.get_for_model(article)
    for entry in LogEntry.objects.filter(content_type=kind, object_id=article.pk):
        columns = _plain(entry, ["object_repr", "change_message"], passage, instead)
        yield Place(_("The log"), entry, columns)


def _plain(row, fields, passage, instead):
    return {
        name: passage.removed_from(getattr(row, name), instead)
        for name in fields
        if passage.is_in(getattr(row, name) or "")
    }


def _without(data, passage, instead, is_rich=False):
    """Plain data without the passage, at any depth; texts under a rich field's name are HTML."""
    if isinstance(data, dict):
        return {
            name: _without(value, passage, instead, is_rich=name.endswith(RICH))
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [_without(value, passage, instead, is_rich) for value in data]
    if not isinstance(data, str):
        return data
    remove = passage.removed_from_html if is_rich else passage.removed_from
    return remove(data, instead)


def _without_held(text, passage, instead):
    """A block that waits for a decision: JSON in one field, with letters spelled as escapes."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return passage.removed_from(text, instead)
    left = _without(held, passage, instead)
    return text if left == held else json.dumps(left)


def _anchored(content):
    """Anchors are made of headings, so they are made anew where one may have held the passage."""
    for block in content["blocks"]:
        block.pop("anchor", None)
    with_anchors(content["blocks"])
    return content
