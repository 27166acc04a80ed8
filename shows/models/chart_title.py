from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from .chart import Chart, ChartEntry


class ChartTitleQuerySet(models.QuerySet):
    def unmatched(self):
        """Titles that nobody has tied to a season, nor said to be none of ours."""
        return self.filter(season=None, is_set_aside=False)

    def with_first_week(self):
        """Annotates `first_week_ending`: that of its first list on record."""
        lines = ChartEntry.objects.of_tv().filter(
            chart=OuterRef("chart"), show_title=OuterRef("show_title"), season_title=OuterRef("season_title")
        )
        first = lines.order_by("week_ending").values("week_ending")[:1]
        return self.annotate(first_week_ending=Subquery(first))

    def of(self, entry):
        """The title of a line, made where it is new; its lines follow the season of that line."""
        name = {"chart": entry.chart, "show_title": entry.show_title, "season_title": entry.season_title}
        title, _made = self.get_or_create(**name, defaults={"season": entry.season})
        return title

    def set_aside(self):
        """Say of titles that they are no show of this publication; what was matched stays so."""
        return self.filter(season=None).update(is_set_aside=True)


class ChartTitle(models.Model):
    """What a chart calls one season of a show, and which season on record that is.

    There is one for each title of TV that stands in a list. Once matched, all its lines are, also those that
    are imported later.
    """

    chart = models.CharField(_("chart"), max_length=20, choices=Chart, default=Chart.NETFLIX_TOP10)
    show_title = models.CharField(_("show title"), max_length=250)
    season_title = models.CharField(_("season title"), max_length=250, blank=True)
    season = models.ForeignKey(
        "shows.Season",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="chart_titles",
        verbose_name=_("season"),
    )
    is_set_aside = models.BooleanField(
        _("none of ours"), default=False, help_text=_("It is not offered for matching any more.")
    )

    objects = ChartTitleQuerySet.as_manager()

    class Meta:
        verbose_name = _("title in the charts")
        verbose_name_plural = _("titles in the charts")
        ordering = ["show_title", "season_title"]
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "show_title", "season_title"], name="shows_chart_title_is_one"
            ),
            models.CheckConstraint(
                condition=Q(season=None) | Q(is_set_aside=False),
                name="shows_chart_title_set_aside_has_no_season",
                violation_error_message=_("A title that is none of ours has no season."),
            ),
        ]

    def __str__(self):
        return self.season_title or self.show_title

    def lines(self):
        """The lines under this title in every list of TV."""
        return ChartEntry.objects.of_tv().filter(
            chart=self.chart, show_title=self.show_title, season_title=self.season_title
        )

    def match(self, season):
        """Tie all its lines to a season, these and those to come; None unties them."""
        self.season, self.is_set_aside = season, self.is_set_aside and season is None
        self.save()
        self.lines().update(season=season)
