from datetime import timedelta

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from queries.prepared import Prepared
from shows.links import validate_web_address

GLOBAL = "global"
WEEK = timedelta(days=7)


class Chart(models.TextChoices):
    NETFLIX_TOP10 = "netflix_top10", _("Netflix Top 10")


class Category(models.TextChoices):
    TV_ENGLISH = "tv_english", _("TV (English)")
    TV_NON_ENGLISH = "tv_non_english", _("TV (Non-English)")
    FILMS_ENGLISH = "films_english", _("Films (English)")
    FILMS_NON_ENGLISH = "films_non_english", _("Films (Non-English)")
    TV = "tv", _("TV")
    FILMS = "films", _("Films")


# Films stand in lists too, and are no shows.
TV_CATEGORIES = (Category.TV_ENGLISH, Category.TV_NON_ENGLISH, Category.TV)


class OfAList(models.Model):
    """What names one week's list of a chart."""

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

    class Meta:
        abstract = True

    @property
    def key(self):
        return {name: getattr(self, name) for name in LIST_KEY}


LIST_KEY = ("chart", "territory", "category", "week_ending")


class WeeklyListQuerySet(models.QuerySet):
    def worldwide_weeks(self):
        """The last days of the weeks of which worldwide lists are on record, newest first."""
        weeks = self.filter(territory=GLOBAL).order_by("-week_ending")
        return weeks.values_list("week_ending", flat=True).distinct()


class WeeklyList(OfAList):
    """One week's list, of which there is one line at least; made with its first line.

    `fingerprint` is that of the lines as they were imported, so that an unchanged list is known without
    reading them; empty where a line was typed or changed by hand.
    """

    territory_name = models.CharField(_("country"), max_length=100, blank=True, editable=False)
    fingerprint = models.CharField(max_length=32, blank=True, editable=False)

    objects = WeeklyListQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly list")
        verbose_name_plural = _("weekly lists")
        ordering = ["-week_ending", "chart", "territory", "category"]
        constraints = [models.UniqueConstraint(fields=LIST_KEY, name="shows_weekly_list_once")]
        indexes = [models.Index(fields=["chart", "week_ending", "territory"], name="shows_lists_of_a_week")]

    def __str__(self):
        return f"{date_format(self.week_ending)} · {self.get_category_display()}"


def touch_list(key):
    """Note that a list is no longer, or not yet, as it was imported; without lines it is none."""
    if ChartEntry.objects.filter(**key).exists():
        WeeklyList.objects.update_or_create(**key, defaults={"fingerprint": ""})
    else:
        WeeklyList.objects.filter(**key).delete()


@Prepared
def TENTH_PLACES(categories, weeks):
    worldwide = ChartEntry.objects.worldwide()
    return worldwide.filter(rank=10, category__in=categories, week_ending__in=weeks)


class ChartEntryQuerySet(models.QuerySet):
    def worldwide(self):
        return self.filter(territory=GLOBAL)

    def of_tv(self):
        return self.filter(category__in=TV_CATEGORIES)

    def tenth_places(self, lists):
        """{(category, week ending): line} of the tenth places of these worldwide lists: the most that a show
        which was not in the list can have had. What is not on record is left out."""
        if not lists:
            return {}
        categories, weeks = zip(*lists, strict=True)
        rows = TENTH_PLACES(categories=sorted(set(categories)), weeks=sorted(set(weeks)))
        return {(row.category, row.week_ending): row for row in rows}


class ChartEntry(OfAList):
    """One line of a weekly chart, as published; `season` where it is known which one is meant."""

    Chart = Chart
    Category = Category

    rank = models.PositiveSmallIntegerField(_("rank"))
    hours_viewed = models.BigIntegerField(_("hours viewed"), null=True, blank=True)
    views = models.BigIntegerField(
        _("views"), null=True, blank=True, help_text=_("As published; never computed from the hours.")
    )
    show_title = models.CharField(_("show title"), max_length=250, help_text=_("As published."))
    season_title = models.CharField(
        _("season title"), max_length=250, blank=True, help_text=_("As published.")
    )
    weeks_listed = models.PositiveSmallIntegerField(
        _("weeks in the list"),
        null=True,
        blank=True,
        help_text=_("Up to and with this one, as published; they need not follow one another."),
    )
    # Computed, see shows.countries.
    countries = models.PositiveSmallIntegerField(
        _("countries"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Of a worldwide line: in how many countries' lists it stood that week."),
    )
    season = models.ForeignKey(
        "shows.Season",
        models.SET_NULL,
        null=True,
        blank=True,
        # The index with the territory does: a long run has forty lines by country for each worldwide one.
        db_index=False,
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
        indexes = [
            models.Index(fields=["show_title", "season_title"], name="shows_chart_by_title"),
            models.Index(fields=["week_ending", "territory"], name="shows_chart_of_a_week"),
            models.Index(fields=["season", "territory"], name="shows_chart_of_a_season"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[*LIST_KEY, "rank"],
                name="shows_chart_rank_once",
                violation_error_message=_("This list already has a line at this rank."),
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

    def save(self, **kwargs):
        """A new line takes the season of its title; a title without one takes that of the line."""
        if self.category in TV_CATEGORIES:
            title = apps.get_model("shows.ChartTitle").objects.of(self)
            if self._state.adding and self.season is None:
                self.season = title.season
            elif self.season and not title.season:
                title.match(self.season)
        super().save(**kwargs)
        touch_list(self.key)

    def delete(self, **kwargs):
        deleted = super().delete(**kwargs)
        touch_list(self.key)
        return deleted

    @property
    def source_name(self):
        return self.get_chart_display()
