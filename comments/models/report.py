"""Readers' complaints about comments."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReportQuerySet(models.QuerySet):
    def unsettled(self):
        """Those that no moderator has answered yet, by keeping the comment or by taking it off."""
        return self.filter(settled_at=None)


class Report(models.Model):
    """One reader's complaint about one comment; the comment stays until a moderator decides."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Advertising or spam")
        INSULT = "insult", _("Insulting or hateful")
        PERSONAL = "personal", _("Tells private things about somebody")
        SPOILER = "spoiler", _("Gives away the plot")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey("Comment", on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    details = models.CharField(_("details"), max_length=500, blank=True)
    # The daily keyed hash of the sender's address prefix: one report a day counts once.
    address_key = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("reported"), default=timezone.now, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "address_key"], name="report_once_a_day"),
        ]
        indexes = [
            models.Index(fields=["comment", "created_at"], condition=Q(settled_at=None), name="report_open"),
            models.Index(fields=["address_key", "created_at"], name="report_flood"),
        ]

    def __str__(self):
        return self.get_reason_display()
