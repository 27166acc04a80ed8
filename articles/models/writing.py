"""Who is writing: what they typed and did not save yet, and which forms are open."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article


class PrivateCopy(models.Model):
    """What somebody typed into an article's form and has not saved; theirs alone, one for each article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="private_copies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # {"name": ["value", …]}: the form as a browser sends it, filing left out.
    data = models.JSONField()
    typed_at = models.DateTimeField(_("typed"), default=timezone.now)

    class Meta:
        verbose_name = _("private copy")
        verbose_name_plural = _("private copies")
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="private_copy_once")]

    def __str__(self):
        return f"{self.article} · {self.user}"


class OpenForm(models.Model):
    """Somebody has an article's form open; the browser says so again and again while it is."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="open_forms")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="open_form_once")]

    def __str__(self):
        return f"{self.article} · {self.user}"
