from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SeasonQuerySet(models.QuerySet):
    def dated(self):
        """Seasons of which a date is known, with `begun_on`: the premiere, else what is known of the end."""
        return self.annotate(begun_on=Coalesce("premiered_on", "finale_on")).filter(begun_on__isnull=False)

    def begun(self, on):
        return self.dated().filter(begun_on__lte=on)

    def with_show(self):
        """Each season with its show and what the show's label says, in one more query for all."""
        shows = apps.get_model("shows.Show").objects.with_label()
        return self.prefetch_related(models.Prefetch("show", shows))


class Season(models.Model):
    """One season of a show; a date that is not known stays empty."""

    show = models.ForeignKey("shows.Show", models.CASCADE, related_name="seasons", verbose_name=_("show"))
    number = models.PositiveSmallIntegerField(_("number"))
    premiered_on = models.DateField(_("premiere"), null=True, blank=True)
    finale_on = models.DateField(
        _("finale"),
        null=True,
        blank=True,
        help_text=_("The day of the last episode; for a season released at once it is the premiere."),
    )
    episode_count = models.PositiveSmallIntegerField(_("episodes"), null=True, blank=True)

    objects = SeasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["show", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "number"],
                name="shows_season_number_once",
                violation_error_message=_("This show already has a season of this number."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="shows_season_number_from_one",
                violation_error_message=_("Seasons are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=Q(premiered_on=None) | Q(finale_on=None) | Q(finale_on__gte=F("premiered_on")),
                name="shows_season_finale_after_premiere",
                violation_error_message=_("The finale cannot be before the premiere."),
            ),
        ]

    def __str__(self):
        return gettext("%(show)s, season %(number)s") % {"show": self.show, "number": self.number}

    @property
    def key(self):
        """What names it in an address: "the-imperfects.1"."""
        return f"{self.show.slug}.{self.number}"

    @property
    def began_on(self):
        """The day from which the season counts as shown: its premiere, else what is known of its end."""
        return self.premiered_on or self.finale_on
