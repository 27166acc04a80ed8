"""What the desk says about an article before it is published: reviews and notes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from .article import Article


def staff(label, related_name="+"):
    """A link to somebody of the staff that ends when their login does; the name is kept beside it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name=related_name,
        verbose_name=label,
    )


class Review(models.Model):
    """One round: a writer submits the draft, an editor approves it or sends it back with a note."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting for review")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back")
        WITHDRAWN = "withdrawn", _("Withdrawn by its writer")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reviews")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    message = models.TextField(_("message to the editors"), max_length=1000, blank=True)
    submitted_by = staff(_("submitted by"), "submitted_reviews")
    submitted_by_name = models.CharField(max_length=301, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now, editable=False)
    note = models.TextField(_("note to the writer"), max_length=1000, blank=True)
    decided_by = staff(_("decided by"))
    decided_by_name = models.CharField(max_length=301, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(outcome="waiting"), name="article_waits_for_one_review"
            )
        ]

    def __str__(self):
        return f"{self.article} · {self.get_outcome_display()}"


class Note(models.Model):
    """A remark of the desk on an article; readers never see it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=2000)
    written_by = staff(_("written by"))
    written_by_name = models.CharField(max_length=301, blank=True, editable=False)
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    settled_by = staff(_("settled by"))
    settled_by_name = models.CharField(max_length=301, blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return Truncator(self.text).words(12)
