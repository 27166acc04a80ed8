"""The newsroom's log: who did what that readers or colleagues will ask about, kept for good."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 300


def name_of(user):
    """How somebody is called in lists that outlive their login; empty where nobody did it."""
    return (user.get_full_name() or user.get_username()) if user else ""


class EntryQuerySet(models.QuerySet):
    def record(self, actor, action, subject, detail="", *, named=""):
        """Write one line, in the caller's transaction; `actor` is None where the clock or a task did it.

        `named` is how the list calls the subject, where its own name says too little there.
        """
        return self.create(
            actor=actor,
            actor_name=name_of(actor),
            action=action,
            kind=ContentType.objects.get_for_model(subject),
            object_id=subject.pk,
            subject_name=Truncator(named or str(subject)).chars(LONGEST_NAME),
            detail=detail,
        )

    def about(self, subject):
        """Every line about one row."""
        return self.filter(kind=ContentType.objects.get_for_model(subject), object_id=subject.pk)


class Entry(models.Model):
    """One line of the log. It is written once and stays, also when its person or its subject goes."""

    class Action(models.TextChoices):
        PUBLISHED = "published", _("Published")
        SCHEDULED = "scheduled", _("Scheduled")
        RESCHEDULED = "rescheduled", _("Moved to another time")
        CANCELLED = "cancelled", _("Took a scheduled version back")
        UNPUBLISHED = "unpublished", _("Unpublished")
        KEPT = "kept", _("Kept published")
        DATED = "dated", _("Changed the date of first publication")
        RESTORED = "restored", _("Restored a version")
        TAKEN_DOWN = "taken_down", _("Took down")
        REPLACED = "replaced", _("Replaced a picture")
        SUBMITTED = "submitted", _("Submitted for review")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back")
        ANSWERED = "answered", _("Answered a check")
        SHARED = "shared", _("Made a preview link")
        REVOKED = "revoked", _("Revoked a preview link")
        FILED = "filed", _("Filed")
        RECORDED = "recorded", _("Recorded a decision")
        IMPORTED = "imported", _("Imported a chart")
        CHANGED = "changed", _("Changed")
        DELETED = "deleted", _("Deleted")

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    actor_name = models.CharField(_("who"), max_length=301, blank=True, editable=False)
    action = models.CharField(_("did what"), max_length=20, choices=Action, editable=False)
    kind = models.ForeignKey(
        ContentType, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("kind")
    )
    object_id = models.BigIntegerField(null=True, editable=False)
    subject = GenericForeignKey("kind", "object_id")
    subject_name = models.CharField(_("to what"), max_length=LONGEST_NAME, editable=False)
    detail = models.TextField(_("in detail"), blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("log")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="logbook_newest_first"),
            models.Index(fields=["kind", "object_id"], name="logbook_by_subject"),
        ]

    def __str__(self):
        return f"{self.actor_name}: {self.get_action_display()}, {self.subject_name}"

    def save(self, **kwargs):
        if self.pk:
            raise ValidationError(_("The log is written once; nothing in it changes."))
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise ValidationError(_("The log is kept for good."))
