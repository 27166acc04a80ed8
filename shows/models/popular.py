from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shows.links import validate_web_address

from .chart import Category, Chart


class PopularEntry(models.Model):
    """One line of a chart's list of all time, as it stood on a day: what had most in its first days."""

    chart = models.CharField(_("chart"), max_length=20, choices=Chart, default=Chart.NETFLIX_TOP10)
    category = models.CharField(_("list"), max_length=20, choices=Category)
    days = models.PositiveSmallIntegerField(_("first days"), help_text=_("How many of its first days count."))
    as_of_on = models.DateField(_("as of"))
    rank = models.PositiveSmallIntegerField(_("rank"))
    show_title = models.CharField(_("show title"), max_length=250)
    season_title = models.CharField(_("season title"), max_length=250, blank=True)
    hours_viewed = models.BigIntegerField(_("hours viewed"), null=True, blank=True)
    views = models.BigIntegerField(_("views"), null=True, blank=True)
    source_url = models.URLField(
        _("source address"), max_length=500, blank=True, validators=[validate_web_address]
    )

    class Meta:
        verbose_name = _("line of the list of all time")
        verbose_name_plural = _("lists of all time")
        ordering = ["-as_of_on", "category", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "category", "days", "as_of_on", "rank"], name="shows_popular_rank_once"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="shows_popular_rank_from_one"),
        ]

    def __str__(self):
        return f"{self.rank} · {self.season_title or self.show_title}"
