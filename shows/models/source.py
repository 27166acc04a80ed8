from django.db import models
from django.utils.translation import gettext_lazy as _

from shows.links import validate_web_address


class ShowSource(models.Model):
    """Where facts and texts of a show were taken from, and under which licence: what readers are told."""

    show = models.ForeignKey("shows.Show", models.CASCADE, related_name="sources", verbose_name=_("show"))
    name = models.CharField(_("source"), max_length=100)
    address = models.URLField(_("address"), max_length=500, validators=[validate_web_address])
    licence = models.CharField(_("licence"), max_length=100)
    licence_url = models.URLField(_("licence's address"), max_length=500, validators=[validate_web_address])
    fetched_on = models.DateField(_("fetched"))

    class Meta:
        verbose_name = _("source of a show")
        verbose_name_plural = _("sources of shows")
        ordering = ["show", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "name"],
                name="shows_source_once",
                violation_error_message=_("This show already names this source."),
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.licence}"
