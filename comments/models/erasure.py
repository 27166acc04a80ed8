"""What remains of an erased reader: enough to erase them again after a restore, and no more."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """A tombstone: the keyed hash of an address whose comments were made anonymous, and when."""

    email_key = models.CharField(max_length=64, unique=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), default=timezone.now)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-erased_at", "-pk"]

    def __str__(self):
        return f"{self.erased_at:%Y-%m-%d}"
