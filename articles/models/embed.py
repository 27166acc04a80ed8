"""What stands elsewhere and is shown here: a video, a post, any other page."""

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from shows.links import validate_web_address

from .blocks import Block, block
from .image import Image


@block
class Embed(Block):
    """An address with what we show of it ourselves, so that it outlives what stands there."""

    url = models.URLField(
        _("address"),
        max_length=500,
        blank=True,
        validators=[validate_web_address],
        help_text=_("Of a video, a post, or any other page."),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    author_name = models.CharField(_("who posted it"), max_length=150, blank=True)
    posted_on = models.DateField(_("posted"), null=True, blank=True)
    text = models.TextField(
        _("text"),
        max_length=2000,
        blank=True,
        help_text=_("What it says, pasted: it stays when the post goes."),
    )
    poster = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("poster picture"),
        help_text=_("Shown until a reader presses play. Nothing is loaded from elsewhere before."),
    )

    class Meta(Block.Meta):
        verbose_name = _("embed")
        verbose_name_plural = _("embeds")

    def __str__(self):
        return self.title or self.author_name or Truncator(self.url).chars(60)

    def frozen(self):
        if not self.url:
            return None
        return {
            "type": "embed",
            "url": self.url,
            "title": self.title.strip(),
            "author": self.author_name.strip(),
            "on": self.posted_on.isoformat() if self.posted_on else "",
            "text": self.text.strip(),
            "poster": self.poster_id,
        }
