"""Taking a picture down: from every version, draft and private copy, with its files, on a legal claim.

The one place beside passages' (`takedown_passages.py`) where what was published changes. Backups are older
than that; they end with their own time.
"""

from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from logbook.models import Entry, name_of
from pictures.fields import PictureField
from pictures.renditions import renditions_of

from .models import (
    Article,
    Edition,
    EditionImage,
    Embed,
    Image,
    Picture,
    PreviewLink,
    PrivateCopy,
    Takedown,
)
from .picture_uses import uses_of


@dataclass
class Found:
    """All that a takedown would remove."""

    rows: list
    uses: list
    copies: list
    links: list
    elsewhere: list

    @property
    def ids(self):
        return {row.pk for row in self.rows}

    @property
    def names(self):
        """Where it stands, a line each."""
        lines = [f"{use.article.headline}: {use.said()}" for use in self.uses]
        lines += [
            _("What %(who)s typed into “%(article)s” and did not save")
            % {"who": name_of(copy.user), "article": copy.article.headline}
            for copy in self.copies
        ]
        lines += [_("A preview link of “%s”") % link.article.headline for link in self.links]
        lines += [
            f"{row._meta.verbose_name} “{row}”: {row._meta.get_field(name).verbose_name}"
            for row, name in self.elsewhere
        ]
        return lines


@dataclass
class Outcome:
    """A takedown that was done, and the files (there should be none) that could not be deleted."""

    takedown: Takedown
    left_over: list = field(default_factory=list)


def find(image):
    """Everything that shows the picture, or another row of the library with the same file."""
    rows = list(Image.objects.filter(file=image.file.name).order_by("pk"))
    ids = {row.pk for row in rows}
    copies = PrivateCopy.objects.select_related("user", "article").order_by("pk")
    links = PreviewLink.objects.filter(state__isnull=False).select_related("article").order_by("pk")
    return Found(
        rows=rows,
        uses=uses_of(ids),
        copies=[copy for copy in copies if without_in_form(copy.data, ids) != copy.data],
        links=[link for link in links if without_in_state(link.state, ids) != link.state],
        elsewhere=list(with_the_same_file(image.file.name)),
    )


def with_the_same_file(name):
    """Logos, posters and the like that are the same picture: (row, the name of its field)."""
    for model in apps.get_models():
        for picture in model._meta.concrete_fields:
            if isinstance(picture, PictureField) and model is not Image:
                for row in model._base_manager.filter(**{picture.name: name}):
                    yield row, picture.name


def take_down(image, *, reason, by):
    """Remove the picture from everywhere `find` finds it, and its files after the commit; an Outcome.

    All or nothing: where anything fails, everything is as it was.
    """
    outcome = Outcome(None)
    with transaction.atomic():
        found = locked(image)
        storage, names = image.file.storage, files_of(image)
        remove_from_versions(found.ids)
        remove_from_drafts(found.ids)
        remove_from_unsaved(found)
        remove_elsewhere(found.elsewhere)
        forget_its_names(found.rows)
        outcome.takedown = written_down(found, reason, by)
        Image.objects.filter(pk__in=found.ids).delete()
        transaction.on_commit(partial(delete_files, storage, names, outcome.left_over))
    return outcome


def locked(image):
    """What is found, with the articles and the pictures locked: nobody publishes it meanwhile."""
    articles = [use.article.pk for use in find(image).uses]
    list(Article.objects.select_for_update().filter(pk__in=articles).order_by("pk").values_list("pk"))
    list(Image.objects.select_for_update().filter(file=image.file.name).order_by("pk").values_list("pk"))
    return find(image)


def remove_from_versions(ids):
    """The one place where stored editions change for a picture: `save()` refuses, so they are updated."""
    shown = Q(edition_images__image__in=ids) | Q(lead_image__in=ids) | Q(social_image__in=ids)
    editions = list(Edition.objects.filter(shown).distinct())
    EditionImage.objects.filter(image__in=ids).delete()
    for edition in editions:
        edition.content = edition.content | {"blocks": without_blocks(edition.blocks, ids)}
        for name in ("lead_image_id", "social_image_id"):
            if getattr(edition, name) in ids:
                setattr(edition, name, None)
        Edition.objects.filter(pk=edition.pk).update(
            content=edition.content,
            lead_image=edition.lead_image_id,
            social_image=edition.social_image_id,
            digest=edition.compose_digest(),
        )


def without_blocks(blocks, ids):
    """Frozen blocks without the pictures: a picture's block goes, an embed only loses its poster."""
    left = [block for block in blocks if block.get("image") not in ids]
    return [block | {"poster": None} if block.get("poster") in ids else block for block in left]


def remove_from_drafts(ids):
    """Without a new `saved_at`: the live version lost the same, so the draft is no further ahead of it."""
    Picture.objects.filter(image__in=ids).delete()
    Embed.objects.filter(poster__in=ids).update(poster=None)
    for name in ("lead_image", "social_image"):
        Article.objects.filter(**{f"{name}__in": ids}).update(**{name: None})


def remove_from_unsaved(found):
    for copy in found.copies:
        PrivateCopy.objects.filter(pk=copy.pk).update(data=without_in_form(copy.data, found.ids))
    for link in found.links:
        PreviewLink.objects.filter(pk=link.pk).update(state=without_in_state(link.state, found.ids))


def without_in_form(data, ids):
    """A form as it was sent, without the pictures: a picture's block is marked as deleted."""
    chosen = {str(pk) for pk in ids}
    left = dict(data)
    for name, values in data.items():
        prefix, _dash, field_name = name.rpartition("-")
        is_picture = name in ("lead_image", "social_image") or field_name in ("image", "poster")
        if not is_picture or not chosen.intersection(map(str, values)):
            continue
        left[name] = [""]
        if field_name == "image":
            left[f"{prefix}-DELETE"] = ["on"]
    return left


def without_in_state(state, ids):
    """What a preview link shows, without the pictures."""
    left = state | {"content": state["content"] | {"blocks": without_blocks(state["content"]["blocks"], ids)}}
    left["images"] = {pk: texts for pk, texts in state["images"].items() if int(pk) not in ids}
    for name in ("lead_image", "social_image"):
        left[name] = None if state[name] in ids else state[name]
    return left


def remove_elsewhere(rows):
    for row, name in rows:
        picture = row._meta.get_field(name)
        empty = {picture.width_field: None, picture.height_field: None, name: ""}
        type(row)._base_manager.filter(pk=row.pk).update(**empty)


def forget_its_names(rows):
    """Logs call the picture by its caption, which may say what the claim is about: a number stands there."""
    kind = ContentType.objects.get_for_model(Image)
    for row in rows:
        name = _("Picture %d") % row.pk
        Entry.objects.about(row).update(subject_name=name)
        LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).update(object_repr=name)


def written_down(found, reason, by):
    """The Takedown, and a line in the log for it and for every article that showed the picture."""
    takedown = Takedown.objects.create(
        kind=Takedown.Kind.PICTURE,
        reason=reason,
        found_in="\n".join(found.names),
        done_by=by,
        done_by_name=name_of(by),
    )
    numbers = ", ".join(_("Picture %d") % pk for pk in sorted(found.ids))
    said = _("%(what)s. Claim: %(reason)s") % {"what": numbers, "reason": reason}
    Entry.objects.record(by, Entry.Action.TAKEN_DOWN, takedown, said)
    for use in found.uses:
        Entry.objects.record(by, Entry.Action.TAKEN_DOWN, use.article, said)
    return takedown


def files_of(image):
    """The names of the original and of every rendition."""
    return [image.file.name, *renditions_of(image.file)]


def delete_files(storage, names, left_over):
    """Delete them; the names of those that could not be deleted are added to `left_over`."""
    for name in names:
        try:
            storage.delete(name)
        except OSError:
            left_over.append(PurePosixPath(name).as_posix())
