from functools import lru_cache

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Min, OuterRef, Q, RowRange, StringAgg, Subquery, Value, Window
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pictures.fields import PictureField
from shows.links import validate_web_address
from shows.models.network import validate_country, validate_wikidata
from shows.models.people import Credit
from shows.models.season import Season
from shows.status import annotations, standing_of
from shows.status_words import StatusWords


def _creators():
    # A window, because SQLite before 3.44 cannot order inside an aggregate.
    names = Window(
        StringAgg("person__name", Value(", ")),
        partition_by="show",
        order_by=["position", "pk"],
        frame=RowRange(None, None),
    )
    credits = Credit.objects.filter(show=OuterRef("pk"), role=Credit.Role.CREATOR).order_by("position", "pk")
    return Coalesce(
        Subquery(credits.annotate(names=names).values("names")[:1]),
        Value(""),
        output_field=models.TextField(),
    )


def _from_standing(name):
    """A property that an annotation of the same name, where there is one, takes the place of."""
    return cached_property(lambda show: getattr(show.standing_at(), name))


class ShowQuerySet(models.QuerySet):
    def with_label(self):
        """What `Show.label` says, in the same query: the network and the day of the first premiere."""
        premieres = Season.objects.filter(show=OuterRef("pk")).order_by().values("show")
        return self.select_related("network").annotate(
            first_premiered_on=Subquery(premieres.annotate(first=Min("premiered_on")).values("first"))
        )

    def with_status(self, on=None):
        """What `standing_at(on)` says of one show (default: today), said of all in the same query; with
        the label's fields."""
        on = on or timezone.localdate()
        shows = self.with_label()
        for step in annotations(on):
            shows = shows.annotate(**step)
        return shows

    def with_creators(self):
        """The `creators` by name, in one text."""
        return self.annotate(creators=_creators())

    def by_title(self):
        return self.order_by(Lower("title"), "pk")


class Show(StatusWords, models.Model):
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
    poster = PictureField(_("poster"), blank=True, width_field="poster_width", height_field="poster_height")
    poster_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    poster_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # The colour that stands in the poster's place until it has come: see pictures/tints.py.
    tint = models.PositiveSmallIntegerField(null=True, editable=False)
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
        validators=[validate_wikidata],
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

    def standing_at(self, on=None):
        """The status on a day (default: today) and what it rests on, as a `shows.status.Standing`."""
        return standing_of(self, self.seasons.all(), self.decisions.all(), on or timezone.localdate())

    def stand_by(self, seasons, decisions, on):
        """Take status and label from these rows, which are all of the show's, as if they were annotated.

        For pages that hold the rows anyway: building the annotated query costs more than reading them.
        """
        vars(self).update(vars(standing_of(self, seasons, decisions, on)))
        premieres = [season.premiered_on for season in seasons if season.premiered_on]
        self.first_premiered_on = min(premieres, default=None)

    def status_at(self, on):
        return self.standing_at(on).status

    status = _from_standing("status")
    status_as_of = _from_standing("status_as_of")
    status_outcome = _from_standing("status_outcome")
    status_on = _from_standing("status_on")
    status_precision = _from_standing("status_precision")
    status_season = _from_standing("status_season")
    status_network_name = _from_standing("status_network_name")
    status_source_name = _from_standing("status_source_name")
    status_source_url = _from_standing("status_source_url")
    last_season_number = _from_standing("last_season_number")
    last_began_on = _from_standing("last_began_on")
    last_finale_on = _from_standing("last_finale_on")


def shows_with_status(on=None):
    """`Show.objects.with_status(on)`. Its many annotations are put together once for a day."""
    return _with_status(on or timezone.localdate()).all()


@lru_cache(maxsize=4)
def _with_status(on):
    return Show.objects.with_status(on)
