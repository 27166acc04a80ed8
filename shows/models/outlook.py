from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.forecasts import next_season

# Neither changed nor typed anew once a forecast is recorded.
RECORDED = ("show_id", "season_number", "step", "dated_on", "reason", "author_name", "created_at")
# Written once, when it is withdrawn.
WITHDRAWN = ("withdrawn_at", "withdrawn_reason", "withdrawn_by_name")


class OutlookQuerySet(models.QuerySet):
    def standing(self):
        """Those that nobody has withdrawn; the later ones last."""
        return self.filter(withdrawn_at=None).order_by("dated_on", "pk")


class Outlook(models.Model):
    """An editor's dated forecast, in eight steps; never mixed with decisions. `shows.forecasts` says what
    becomes of it.

    It stays as it was recorded: whoever thinks otherwise later records another one, and a mistake is
    withdrawn with a reason that readers see. Neither is ever deleted: the record would be worth nothing.
    """

    class Step(models.IntegerChoices):
        CANCELLATION_CERTAIN = 1, _("Cancellation certain")
        CANCELLATION_VERY_LIKELY = 2, _("Cancellation very likely")
        CANCELLATION_LIKELY = 3, _("Cancellation likely")
        LEANS_TO_CANCELLATION = 4, _("Leans to cancellation")
        LEANS_TO_RENEWAL = 5, _("Leans to renewal")
        RENEWAL_LIKELY = 6, _("Renewal likely")
        RENEWAL_VERY_LIKELY = 7, _("Renewal very likely")
        RENEWAL_CERTAIN = 8, _("Renewal certain")

    show = models.ForeignKey("shows.Show", models.PROTECT, related_name="outlooks", verbose_name=_("show"))
    season_number = models.PositiveSmallIntegerField(
        _("will there be season"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(32_767)],
        help_text=_(
            "The number of the season that is asked about. "
            "Left empty, the one after the last that was shown or promised."
        ),
    )
    step = models.PositiveSmallIntegerField(_("forecast"), choices=Step)
    dated_on = models.DateField(_("dated"), default=timezone.localdate, editable=False)
    reason = models.TextField(
        _("reasons"),
        blank=True,
        max_length=1000,
        help_text=_("What you go by, in a sentence or two; readers see it."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("author"),
    )
    author_name = models.CharField(_("author"), max_length=301, blank=True, editable=False)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(
        _("why it is withdrawn"),
        max_length=300,
        blank=True,
        help_text=_("Readers see it, beside the forecast, which stays where it is."),
    )
    withdrawn_by_name = models.CharField(_("withdrawn by"), max_length=301, blank=True, editable=False)

    objects = OutlookQuerySet.as_manager()

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        ordering = ["show", "-dated_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__gte=1, step__lte=8),
                name="shows_outlook_step_of_eight",
                violation_error_message=_("A forecast is one of eight steps."),
            ),
            models.CheckConstraint(
                condition=Q(season_number=None) | Q(season_number__gte=1),
                name="shows_outlook_season_from_one",
                violation_error_message=_("Seasons are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="shows_outlook_withdrawn_with_reason",
                violation_error_message=_("Say why it is withdrawn."),
            ),
        ]

    def __str__(self):
        return self.get_step_display()

    def save(self, **kwargs):
        if self._state.adding:
            if self.season_number is None:
                self.season_number = next_season(self.show.seasons.all(), self.show.decisions.all())
        elif self._is_rewritten():
            raise ValidationError(_("A forecast stays as it was recorded: withdraw it and record another."))
        super().save(**kwargs)

    def _is_rewritten(self):
        stored = type(self).objects.values(*RECORDED, *WITHDRAWN).get(pk=self.pk)
        frozen = RECORDED + (WITHDRAWN if stored["withdrawn_at"] else ())
        return any(getattr(self, name) != stored[name] for name in frozen)

    def delete(self, **kwargs):
        raise ValidationError(_("Forecasts are kept: withdraw it instead."))

    def sign(self, user):
        """Note whose forecast it is; the name stays when the user goes."""
        self.author, self.author_name = user, user.get_full_name() or user.get_username()

    def withdraw(self, user, reason):
        """Take it back, with a reason. Readers still see it, and it counts if a decision came before that."""
        self.withdrawn_at, self.withdrawn_reason = timezone.now(), reason
        self.withdrawn_by_name = user.get_full_name() or user.get_username()
        self.save()

    @property
    def question(self):
        """What is asked: "Will there be season 2?" """
        if self.season_number:
            return gettext("Will there be season %(number)s?") % {"number": self.season_number}
        return gettext("Will there be another season?")
