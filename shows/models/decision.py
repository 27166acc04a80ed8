from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.dates import Precision, dated_text, first_day
from shows.links import validate_web_address


class Decision(models.Model):
    """A dated fact about a show's or a season's future, with who said so and where it can be read."""

    class Outcome(models.TextChoices):
        ORDERED = "ordered", _("Ordered")
        RENEWED = "renewed", _("Renewed")
        FINAL_SEASON = "final_season", _("Final season")
        CANCELLED = "cancelled", _("Cancelled")
        ENDED = "ended", _("Ended")
        REVIVED = "revived", _("Revived")
        REMOVED = "removed", _("Removed")

    # These promise a season, so they must say which one or at least when they were announced.
    PROMISES = (Outcome.RENEWED, Outcome.FINAL_SEASON, Outcome.REVIVED)
    # These are facts about a show that decide nothing about its future.
    SILENT = (Outcome.ORDERED, Outcome.REMOVED)

    show = models.ForeignKey("shows.Show", models.CASCADE, related_name="decisions", verbose_name=_("show"))
    season_number = models.PositiveSmallIntegerField(
        _("season"),
        null=True,
        blank=True,
        help_text=_("The number of the season that it promises or is about; the season need not exist yet."),
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    announced_on = models.DateField(_("announced"), null=True, blank=True)
    precision = models.CharField(
        _("known to the"),
        max_length=7,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("Type any day of the month or year if only that is known, and say so here."),
    )
    network = models.ForeignKey(
        "shows.Network",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("announced by"),
        help_text=_("Leave empty where the show's own network announced it."),
    )
    source_name = models.CharField(_("source"), max_length=150, blank=True)
    source_url = models.URLField(
        _("source address"), max_length=500, blank=True, validators=[validate_web_address]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_by_name = models.CharField(_("recorded by"), max_length=301, blank=True, editable=False)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["show", models.F("announced_on").asc(nulls_first=True), "id"]
        indexes = [models.Index(fields=["show", "announced_on", "id"], name="shows_decision_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(announced_on=None, precision=Precision.UNKNOWN)
                | (Q(announced_on__isnull=False) & ~Q(precision=Precision.UNKNOWN)),
                name="shows_decision_date_fits_precision",
                violation_error_message=_("Give the date, or say that it is unknown; not both."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["renewed", "final_season", "revived"])
                | Q(season_number__isnull=False)
                | Q(announced_on__isnull=False),
                name="shows_decision_promise_is_placed",
                violation_error_message=_(
                    "A renewal, a revival or a final season needs a season number or a date, "
                    "else nobody can tell when it has come true."
                ),
            ),
            models.CheckConstraint(
                condition=Q(season_number=None) | Q(season_number__gte=1),
                name="shows_decision_season_from_one",
                violation_error_message=_("Seasons are numbered from 1."),
            ),
        ]

    def __str__(self):
        return f"{self.outcome_text}, {self.announced_text}"

    def save(self, **kwargs):
        self.announced_on = first_day(self.announced_on, self.precision)
        super().save(**kwargs)

    def clean(self):
        self.announced_on = first_day(self.announced_on, self.precision)

    @property
    def announced_text(self):
        """The date as exactly as it is known: "8 Nov 2022", "November 2022", "2022" or "date not known"."""
        return dated_text(self.announced_on, self.precision)

    @property
    def announcer(self):
        """Who announced it: the network named here, else the show's own; None where neither is known."""
        return self.network or self.show.network

    @property
    def outcome_text(self):
        """The outcome with the season that it is about: "Renewed for season 3", "Final season (5)"."""
        if not self.season_number:
            return self.get_outcome_display()
        told = {"outcome": self.get_outcome_display(), "number": self.season_number}
        if self.outcome in (self.Outcome.RENEWED, self.Outcome.REVIVED):
            return gettext("%(outcome)s for season %(number)s") % told
        if self.outcome == self.Outcome.FINAL_SEASON:
            return gettext("%(outcome)s (%(number)s)") % told
        return gettext("%(outcome)s (season %(number)s)") % told

    def sign(self, user):
        """Note who records it; the name stays when the user goes."""
        self.recorded_by, self.recorded_by_name = user, user.get_full_name() or user.get_username()
