from collections import Counter

from django.db import models
from django.utils.translation import gettext_lazy as _

from .chart import Category, Chart

# Among fewer seasons, a share of them says little.
ENOUGH = 10


class ChartRunQuerySet(models.QuerySet):
    def with_first_month(self):
        """Runs of which the lists on record tell how far they fell in their first month."""
        return self.filter(drop_percent__isnull=False)


class ChartRun(models.Model):
    """A season's run through one worldwide list of TV: computed anew from the lines, never typed.

    A run is that of a season where its title is matched, else that of the title. What the fields of the
    first month mean is told by `shows.viewership.FirstMonth`, how runs are compared by `shows.runs`.
    """

    chart = models.CharField(_("chart"), max_length=20, choices=Chart, default=Chart.NETFLIX_TOP10)
    category = models.CharField(_("list"), max_length=20, choices=Category)
    show_title = models.CharField(_("show title"), max_length=250)
    season_title = models.CharField(_("season title"), max_length=250, blank=True)
    season = models.ForeignKey(
        "shows.Season",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="chart_runs",
        verbose_name=_("season"),
    )
    began_on = models.DateField(_("premiere, or end of its first week"))
    first_week_ending = models.DateField(_("first week"))
    last_week_ending = models.DateField(_("last week"))
    weeks = models.PositiveSmallIntegerField(_("weeks on record"))
    best_rank = models.PositiveSmallIntegerField(_("best rank"))
    fell_by_half = models.BooleanField(_("fell by more than half"), null=True)
    drop_percent = models.DecimalField(_("drop in percent"), max_digits=5, decimal_places=2, null=True)
    is_at_least = models.BooleanField(_("fell at least so far"), default=False)
    compared_with = models.PositiveIntegerField(_("other seasons of its year"), default=0)
    fell_further_than = models.PositiveIntegerField(_("of which fell less"), default=0)
    others_fell_by_half = models.PositiveIntegerField(_("of which fell by more than half"), default=0)
    # See shows.nearness; None where its own first month is not known.
    nearest = models.JSONField(_("most similar first months"), null=True, default=None, editable=False)

    objects = ChartRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run through a chart")
        verbose_name_plural = _("runs through the charts")
        ordering = ["-began_on", "show_title", "season_title"]

    def __str__(self):
        return self.season_title or self.show_title

    @property
    def fates(self):
        """How many of the seasons with the most similar first month met which `Fate.kind`, as a Counter."""
        return Counter(each["fate"] for each in self.nearest or [])

    @property
    def is_comparable(self):
        """Whether its list and year have enough seasons to compare it with."""
        return self.compared_with >= ENOUGH

    @property
    def percentile(self):
        """The share of the other seasons of its list and year that fell less, in whole percent, cut."""
        return 100 * self.fell_further_than // self.compared_with
