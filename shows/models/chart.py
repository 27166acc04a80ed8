from datetime import timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import DateField, ExpressionWrapper, OuterRef, Q, Subquery, Value
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from shows.links import validate_web_address

GLOBAL = "global"
WEEK = timedelta(days=7)


class ChartEntryQuerySet(models.QuerySet):
    def with_next_tenth(self):
        """Each line with what the tenth place of the same list had a week later: the most that a show
        which left the list can have had. `next_tenth_id` is None where that week is not on record."""
        tenth = ChartEntry.objects.filter(
            chart=OuterRef("chart"),
            territory=OuterRef("territory"),
            category=OuterRef("category"),
            week_ending=ExpressionWrapper(OuterRef("week_ending") + Value(WEEK), output_field=DateField()),
            rank=10,
        )
        return self.annotate(
            next_tenth_id=Subquery(tenth.values("pk")[:1]),
            next_tenth_hours=Subquery(tenth.values("hours_viewed")[:1]),
            next_tenth_views=Subquery(tenth.values("views")[:1]),
        )


class ChartEntry(models.Model):
    """One line of a weekly chart, as published; `season` where it is known which one is meant."""

    class Chart(models.TextChoices):
        NETFLIX_TOP10 = "netflix_top10", _("Netflix Top 10")

    class Category(models.TextChoices):
        TV_ENGLISH = "tv_english", _("TV (English)")
        TV_NON_ENGLISH = "tv_non_english", _("TV (Non-English)")
        FILMS_ENGLISH = "films_english", _("Films (English)")
        FILMS_NON_ENGLISH = "films_non_english", _("Films (Non-English)")
        TV = "tv", _("TV")
        FILMS = "films", _("Films")

    chart = models.CharField(_("chart"), max_length=20, choices=Chart, default=Chart.NETFLIX_TOP10)
    territory = models.CharField(
        _("territory"),
        max_length=6,
        default=GLOBAL,
        validators=[
            RegexValidator(rf"^({GLOBAL}|[A-Z]{{2}})\Z", _("Enter “global” or a country's two-letter code."))
        ],
        help_text=_("“global”, or a country's two-letter code."),
    )
    category = models.CharField(_("list"), max_length=20, choices=Category)
    week_ending = models.DateField(_("week ending"), help_text=_("The Sunday that ends the week."))
    rank = models.PositiveSmallIntegerField(_("rank"))
    hours_viewed = models.BigIntegerField(_("hours viewed"), null=True, blank=True)
    views = models.BigIntegerField(
        _("views"), null=True, blank=True, help_text=_("As published; never computed from the hours.")
    )
    show_title = models.CharField(_("show title"), max_length=250, help_text=_("As published."))
    season_title = models.CharField(
        _("season title"), max_length=250, blank=True, help_text=_("As published.")
    )
    season = models.ForeignKey(
        "shows.Season",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="chart_entries",
        verbose_name=_("season"),
    )
    source_url = models.URLField(
        _("source address"), max_length=500, blank=True, validators=[validate_web_address]
    )

    objects = ChartEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("chart entry")
        verbose_name_plural = _("chart entries")
        ordering = ["-week_ending", "chart", "territory", "category", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "territory", "category", "week_ending", "rank"],
                name="shows_chart_rank_once",
                violation_error_message=_("This list already has a line at this rank."),
            ),
            models.UniqueConstraint(
                fields=["chart", "territory", "category", "week_ending", "show_title", "season_title"],
                name="shows_chart_title_once",
                violation_error_message=_("This list already has a line for this season."),
            ),
            models.CheckConstraint(
                condition=Q(rank__gte=1),
                name="shows_chart_rank_from_one",
                violation_error_message=_("Ranks are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=(Q(hours_viewed=None) | Q(hours_viewed__gte=0)) & (Q(views=None) | Q(views__gte=0)),
                name="shows_chart_figures_not_negative",
                violation_error_message=_("Hours and views cannot be negative."),
            ),
        ]

    def __str__(self):
        return f"{date_format(self.week_ending)} · {self.rank} · {self.season_title or self.show_title}"

    @property
    def source_name(self):
        return self.get_chart_display()
