"""What the checks before publishing were answered with."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .review import staff


class CheckAnswer(models.Model):
    """A reason why a finding of the checks is no mistake; the same finding is not shown again."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="check_answers")
    check_name = models.CharField(_("check"), max_length=40)
    # A SHA-256 over what the finding says: another sentence or another row of the record is another finding.
    fingerprint = models.CharField(max_length=64)
    finding = models.TextField(_("finding"))
    reason = models.CharField(_("reason"), max_length=300)
    answered_by = staff(_("answered by"))
    answered_by_name = models.CharField(max_length=301, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("answer to a check")
        verbose_name_plural = _("answers to checks")
        ordering = ["-answered_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["article", "fingerprint"], name="check_answered_once")]

    def __str__(self):
        return self.reason
