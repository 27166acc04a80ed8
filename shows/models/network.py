from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shows.links import validate_web_address

validate_country = RegexValidator(
    r"^[A-Z]{2}\Z", _("Enter a country's two-letter code in capitals, such as US or GB.")
)
validate_wikidata = RegexValidator(r"^Q[1-9]\d*\Z", _("A Wikidata number looks like Q1234567."))


class Network(models.Model):
    """Who shows it: a streamer, a broadcaster or a cable channel."""

    class Kind(models.TextChoices):
        STREAMER = "streamer", _("Streamer")
        BROADCASTER = "broadcaster", _("Broadcaster")
        CABLE = "cable", _("Cable channel")

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.STREAMER)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[validate_country],
        help_text=_("The two-letter code of its home, such as US."),
    )
    website = models.URLField(_("website"), blank=True, validators=[validate_web_address])
    wikidata_id = models.CharField(
        _("Wikidata"),
        max_length=14,
        blank=True,
        validators=[validate_wikidata],
        help_text=_("Tells machines who this is."),
    )
    # Computed, see shows.waits.
    median_wait_days = models.IntegerField(
        _("median days from finale to decision"), null=True, editable=False
    )
    decided_seasons = models.PositiveIntegerField(_("seasons decided about"), default=0, editable=False)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("shows:network", args=[self.slug])


class Company(models.Model):
    """Who makes it: a production company."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    slug = models.SlugField(_("address"), max_length=150, unique=True)

    class Meta:
        verbose_name = _("production company")
        verbose_name_plural = _("production companies")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Genre(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("genre")
        verbose_name_plural = _("genres")
        ordering = ["name"]

    def __str__(self):
        return self.name
