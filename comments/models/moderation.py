"""What was done to comments, by whom, and how it is taken back."""

import uuid
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

STATUSES = [
    ("pending", _("Pending")),
    ("approved", _("Approved")),
    ("spam", _("Spam")),
    ("rejected", _("Rejected")),
]


class Batch(NamedTuple):
    """What one press of a button did: `count` comments changed under one `id`, which undoes them.

    `skipped` were left alone, because somebody else had decided on them in the meantime.
    """

    id: uuid.UUID
    count: int
    skipped: int = 0


def person_name(user):
    """What a moderator is called in the record, also after the account is gone; empty for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


class ModerationEvent(models.Model):
    """One act on one comment; the events of one press share a `batch`. Never changed, and kept for good.

    `changes` maps other fields of the comment to [before, after], so that undo can put them back.
    """

    class Kind(models.TextChoices):
        DECIDED = "decided", _("Decided")
        EDITED = "edited", _("Edited")
        SPOILER = "spoiler", _("Spoiler")
        KEPT = "kept", _("Reports settled: kept")
        HIDDEN = "hidden", _("Hidden by readers' reports")
        REPLIED = "replied", _("Reply by staff")
        BANNED = "banned", _("Sender banned")
        DELETED = "deleted", _("Deleted for good")
        WITHDRAWN = "withdrawn", _("Deleted by its writer")
        ERASED = "erased", _("Personal data erased")

    # Outlives its comment: `number` is the key that the comment had.
    comment = models.ForeignKey("Comment", on_delete=models.SET_NULL, null=True, related_name="events")
    number = models.BigIntegerField(_("comment"), null=True, editable=False)
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices, default=Kind.DECIDED)
    batch = models.UUIDField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(_("who"), max_length=301, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    from_status = models.CharField(_("from"), max_length=10, choices=STATUSES)
    to_status = models.CharField(_("to"), max_length=10, choices=STATUSES)
    why = models.CharField(_("why"), max_length=300, blank=True)
    changes = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("act of moderation")
        verbose_name_plural = _("acts of moderation")
        ordering = ["pk"]
        indexes = [models.Index(fields=["actor", "created_at"], name="event_of_moderator")]

    def __str__(self):
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
