"""Who is named above the working copy, and in which order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article
from .filing import Author


class ArticleAuthor(models.Model):
    """One name in the working copy's byline."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="article_authors")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, verbose_name=_("author"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("byline")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="article_author_once",
                violation_error_message=_("This author is in the byline already."),
            )
        ]

    def __str__(self):
        return str(self.author)
