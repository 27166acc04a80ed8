"""Live articles that a decision has overtaken."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shows.models import Decision

from .article import Article
from .review import staff


class StaleAlert(models.Model):
    """A live article says otherwise than a decision that came after it, until somebody settles that."""

    class Settlement(models.TextChoices):
        UPDATED = "updated", _("An update was added")
        REWRITTEN = "rewritten", _("A newer version agrees with the record")
        DISMISSED = "dismissed", _("Left as it is")
        OVERTAKEN = "overtaken", _("The record has changed again")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="stale_alerts")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    sentence = models.TextField(_("the article says"), blank=True)
    found_at = models.DateTimeField(_("found"), default=timezone.now, editable=False)
    settlement = models.CharField(_("what became of it"), max_length=10, choices=Settlement, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    settled_by = staff(_("settled by"))
    settled_by_name = models.CharField(max_length=301, blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("stale article")
        verbose_name_plural = _("stale articles")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "decision"], name="stale_alert_once"),
            models.CheckConstraint(
                condition=Q(settlement="", settled_at=None)
                | (~Q(settlement="") & Q(settled_at__isnull=False)),
                name="stale_alert_is_settled_whole",
            ),
        ]

    def __str__(self):
        return f"{self.article} · {self.decision}"
