"""What an edition keeps beside its content: its names, and its pictures with their texts as they were."""

from django.db import models

from .filing import Author
from .image import Image


class EditionAuthor(models.Model):
    """One name in an edition's byline."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="edition_authors")
    author = models.ForeignKey(Author, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "author"], name="edition_author_once")]

    def __str__(self):
        return str(self.author)


class EditionImage(models.Model):
    """A picture that an edition shows, with its texts as they were; the file may not be deleted."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="edition_images")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="edition_images")
    alt_text = models.CharField(max_length=300, blank=True)
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "image"], name="edition_image_once")]

    def __str__(self):
        return self.caption or self.alt_text
