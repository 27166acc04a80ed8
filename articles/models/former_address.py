"""Where things stood before: readers who come by an old address are led to the new one."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .article import Article


class FormerAddress(models.Model):
    """A path at which an article was found once. It points to the article, so that chains cannot form."""

    path = models.CharField(_("former address"), max_length=400, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_addresses")
    created_at = models.DateTimeField(_("left"), auto_now_add=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["path"]

    def __str__(self):
        return self.path

    @classmethod
    @transaction.atomic
    def keep(cls, article, path):
        """Remember that `article` stood at `path`, and forget whatever else was led away from its new one."""
        cls.objects.filter(path=article.get_absolute_url()).delete()
        cls.objects.update_or_create(path=path, defaults={"article": article})
