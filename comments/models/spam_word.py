"""What the spam filter has learned from this site's own decisions."""

from django.db import models


class SpamWord(models.Model):
    """In how many comments a feature stood; the row with the text "" counts the comments themselves."""

    text = models.CharField(max_length=64, unique=True)
    spam = models.PositiveIntegerField(default=0)
    ham = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "word of the spam filter"
        verbose_name_plural = "words of the spam filter"

    def __str__(self):
        return self.text
