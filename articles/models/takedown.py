"""What was removed from published versions on a legal claim."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .review import staff


class Takedown(models.Model):
    """One removal: what was claimed, by whom it was done and where it was found; never what was removed."""

    class Kind(models.TextChoices):
        PASSAGE = "passage", _("A passage")
        PICTURE = "picture", _("A picture")

    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    article = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="takedowns",
        verbose_name=_("article"),
        help_text=_("Empty for a picture, which goes from every article."),
    )
    reason = models.CharField(
        _("claim"), max_length=500, help_text=_("Who demands it and on what ground, with the file's number.")
    )
    found_in = models.TextField(_("removed from"), blank=True, editable=False)
    done_by = staff(_("done by"))
    done_by_name = models.CharField(max_length=301, blank=True, editable=False)
    done_at = models.DateTimeField(_("done"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        ordering = ["-done_at", "-pk"]
        permissions = [("take_down", _("Can take down pictures and passages on a legal claim"))]

    def __str__(self):
        return self.reason
