from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shows.models.network import validate_wikidata


class Person(models.Model):
    """Someone who makes shows or plays in them."""

    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(
        _("address"),
        max_length=150,
        unique=True,
        help_text=_("Two people of one name are told apart by their addresses."),
    )
    tvmaze_id = models.PositiveIntegerField(
        _("TVmaze"),
        null=True,
        blank=True,
        unique=True,
        help_text=_("Their number there: an import knows them by it, whatever their name."),
    )

    imdb_id = models.CharField(
        _("IMDb"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^nm\d{7,10}\Z", _("An IMDb number of a person looks like nm1234567."))],
    )
    wikidata_id = models.CharField(
        _("Wikidata"),
        max_length=14,
        blank=True,
        validators=[validate_wikidata],
        help_text=_("Tells machines who this is."),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("shows:person", args=[self.slug])


class CreditQuerySet(models.QuerySet):
    def in_order(self):
        """By role in the order of `Credit.Role`, then by position."""
        ranks = [When(role=role, then=place) for place, role in enumerate(Credit.Role.values)]
        return self.order_by(Case(*ranks, default=len(ranks)), "position", "pk")


class Credit(models.Model):
    """What one person did for a show."""

    class Role(models.TextChoices):
        CREATOR = "creator", _("Creator")
        CAST = "cast", _("Cast")
        DIRECTOR = "director", _("Director")
        WRITER = "writer", _("Writer")
        PRODUCER = "producer", _("Producer")
        COMPOSER = "composer", _("Composer")
        OTHER = "other", _("Other")

    show = models.ForeignKey("shows.Show", models.CASCADE, related_name="credits", verbose_name=_("show"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="credits", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.CAST)
    character = models.CharField(_("character"), max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers stand first within a role.")
    )

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["show", "role", "position", "id"]
        indexes = [models.Index(fields=["show", "role", "position"], name="shows_credit_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "person", "role", "character"],
                name="shows_credit_once",
                violation_error_message=_("This person already has this credit."),
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.character or self.get_role_display()}"
