from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.links import validate_web_address


class Rating(models.Model):
    """A score by a source on a day; an empty score records that the source has none."""

    class Source(models.TextChoices):
        IMDB = "imdb", _("IMDb")
        RT_CRITICS = "rt_critics", _("Rotten Tomatoes, critics")
        RT_AUDIENCE = "rt_audience", _("Rotten Tomatoes, audience")
        METACRITIC_CRITICS = "metacritic_critics", _("Metacritic, critics")
        METACRITIC_USERS = "metacritic_users", _("Metacritic, users")

    SCALES = [(Decimal(10), _("out of 10")), (Decimal(100), _("per cent"))]

    show = models.ForeignKey("shows.Show", models.CASCADE, related_name="ratings", verbose_name=_("show"))
    season = models.ForeignKey(
        "shows.Season",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="ratings",
        verbose_name=_("season"),
        help_text=_("Leave empty for a score of the whole show."),
    )
    source = models.CharField(_("source"), max_length=20, choices=Source)
    score = models.DecimalField(
        _("score"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("Leave empty to record that no score exists."),
    )
    scale = models.DecimalField(
        _("scale"), max_digits=3, decimal_places=0, choices=SCALES, default=Decimal(10)
    )
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True)
    as_of_on = models.DateField(_("as of"), help_text=_("The day on which the score was read."))
    source_url = models.URLField(
        _("source address"), max_length=500, blank=True, validators=[validate_web_address]
    )

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["show", "source", "-as_of_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=F("scale")),
                name="shows_rating_score_in_scale",
                violation_error_message=_("The score must lie between 0 and the end of its scale."),
            ),
            models.UniqueConstraint(
                fields=["show", "source", "as_of_on"],
                condition=Q(season=None),
                name="shows_rating_of_show_once_a_day",
                violation_error_message=_("This source's score of the show on this day is recorded."),
            ),
            models.UniqueConstraint(
                fields=["season", "source", "as_of_on"],
                condition=Q(season__isnull=False),
                name="shows_rating_of_season_once_a_day",
                violation_error_message=_("This source's score of the season on this day is recorded."),
            ),
        ]

    def __str__(self):
        return f"{self.source_name}, {date_format(self.as_of_on)}"

    @property
    def source_name(self):
        return self.get_source_display()

    @property
    def score_text(self):
        """ "6.1/10", "79 %", or "no score" where the source has none."""
        if self.score is None:
            return gettext("no score")
        score = number_format(self.score, decimal_pos=0 if self.score == int(self.score) else 1)
        return f"{score}/10" if self.scale == 10 else f"{score}\N{NO-BREAK SPACE}%"

    @property
    def place(self):
        """The source's place in the order in which sources are shown."""
        return self.Source.values.index(self.source)

    def is_reading_of_same(self, other):
        """Whether both are scores of the same season, or of the whole show, by the same source."""
        return (self.season_id, self.source) == (other.season_id, other.source)
