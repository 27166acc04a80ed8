from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Min, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from shows.links import validate_web_address
from shows.models.network import validate_country
from shows.models.season import Season


class ShowQuerySet(models.QuerySet):
    def with_label(self):
        """What `Show.label` says, in the same query: the network and the day of the first premiere."""
        premieres = Season.objects.filter(show=OuterRef("pk")).order_by().values("show")
        return self.select_related("network").annotate(
            first_premiered_on=Subquery(premieres.annotate(first=Min("premiered_on")).values("first"))
        )

    def by_title(self):
        return self.order_by(Lower("title"), "pk")


class Show(models.Model):
    """A TV programme."""

    class Format(models.TextChoices):
        SERIES = "series", _("Series")
        LIMITED = "limited", _("Limited series")
        ANTHOLOGY = "anthology", _("Anthology")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=200,
        unique=True,
        help_text=_("The last part of the show's page address. Changing it breaks links from elsewhere."),
    )
    other_titles = models.TextField(
        _("other titles"),
        blank=True,
        help_text=_("One a line: titles in other languages, working titles, spellings used by charts."),
    )
    format = models.CharField(
        _("format"),
        max_length=10,
        choices=Format,
        default=Format.SERIES,
        help_text=_("A limited series ends with its finale and never awaits a decision."),
    )
    network = models.ForeignKey(
        "shows.Network",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shows",
        verbose_name=_("network"),
    )
    companies = models.ManyToManyField(
        "shows.Company", blank=True, related_name="shows", verbose_name=_("production companies")
    )
    genres = models.ManyToManyField("shows.Genre", blank=True, related_name="shows", verbose_name=_("genres"))
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[validate_country],
        help_text=_("The two-letter code of the country that made it, such as CA."),
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", _("Enter a language code such as en, ko or pt-BR.")
            )
        ],
        help_text=_("The code of the language it was made in, such as en or pt-BR."),
    )
    synopsis = models.TextField(
        _("synopsis"), blank=True, help_text=_("What it is about, in your own words and without spoilers.")
    )
    poster_alt = models.CharField(
        _("poster's alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the poster shows, for readers who cannot see it."),
    )
    poster_credit = models.CharField(_("poster's credit"), max_length=150, blank=True)
    imdb_id = models.CharField(
        _("IMDb"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^tt\d{7,10}\Z", _("An IMDb number looks like tt1234567."))],
    )
    tvmaze_id = models.PositiveIntegerField(_("TVmaze"), null=True, blank=True, unique=True)
    wikidata_id = models.CharField(
        _("Wikidata"),
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9]\d*\Z", _("A Wikidata number looks like Q1234567."))],
    )
    website = models.URLField(_("website"), blank=True, validators=[validate_web_address])

    objects = ShowQuerySet.as_manager()

    class Meta:
        verbose_name = _("show")
        verbose_name_plural = _("shows")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["imdb_id"],
                condition=~Q(imdb_id=""),
                name="shows_show_imdb_once",
                violation_error_message=_("Another show already has this IMDb number."),
            ),
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                name="shows_show_wikidata_once",
                violation_error_message=_("Another show already has this Wikidata number."),
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("shows:detail", args=[self.slug])

    @cached_property
    def first_premiered_on(self):
        return self.seasons.aggregate(first=Min("premiered_on"))["first"]

    @property
    def label(self):
        """Title, year and network, which tell shows of one title apart: "The Imperfects (2022, Netflix)"."""
        year = str(self.first_premiered_on.year) if self.pk and self.first_premiered_on else ""
        told_apart_by = ", ".join(filter(None, [year, self.network.name if self.network else ""]))
        return f"{self.title} ({told_apart_by})" if told_apart_by else self.title
