"""The publication itself: its name and rules, its standing pages and its menu."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from pictures.fields import PictureField
from shows.models import Outlook, Show, WeeklyList

from ..richtext import EXTENSIONS, kept_html
from .article import Article
from .filing import Category
from .published import published_q


def one_address_a_line(text):
    """Raise ValidationError for the first line that is not a web address."""
    for line in filter(None, map(str.strip, text.splitlines())):
        URLValidator(schemes=["http", "https"])(line)


class DataLicence(models.TextChoices):
    """What may be done with the record as data. No default gives away what is the owner's."""

    __empty__ = _("None chosen: facts may be cited, whoever wants more asks")
    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"


LICENCE_TEXTS = {
    DataLicence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    DataLicence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    DataLicence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
}


class Publication(models.Model):
    """The one row that says what this publication is called and what it asks of its readers."""

    name = models.CharField(_("name"), max_length=80)
    tagline = models.CharField(_("tagline"), max_length=150, blank=True)
    logo = PictureField(
        _("logo"), blank=True, help_text=_("Left empty, the name is set in type."), width_field="logo_width",
        height_field="logo_height",
    )  # fmt: skip
    logo_width = models.PositiveIntegerField(null=True, editable=False)
    logo_height = models.PositiveIntegerField(null=True, editable=False)
    publisher = models.CharField(
        _("publisher"), max_length=150, blank=True, help_text=_("The company or person in law.")
    )
    social_profiles = models.TextField(
        _("social profiles"), blank=True, help_text=_("One address a line."), validators=[one_address_a_line]
    )
    house_rules = models.TextField(
        _("house rules"), blank=True, help_text=_("Shown above the comment form, as plain text.")
    )

    data_licence = models.CharField(
        _("licence of the record"),
        max_length=20,
        blank=True,
        choices=DataLicence,
        help_text=_(
            "What others may do with decisions, seasons and forecasts from the page “The record as data”. "
            "CC BY asks for your name, CC BY-SA also for the same licence, CC0 for nothing. "
            "It cannot be taken back for what was taken over meanwhile."
        ),
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publication")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="publication_is_one_row")]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    @classmethod
    def current(cls):
        """The row, or unsaved defaults where there is none; never writes."""
        return cls.objects.first() or cls.default()

    @classmethod
    def default(cls):
        return cls(name="Cliffhanger", tagline=gettext("TV-show news"))

    @property
    def data_licence_url(self):
        """Where the chosen licence can be read; "" where none is chosen."""
        return LICENCE_TEXTS.get(self.data_licence, "")

    @property
    def social_profile_list(self):
        return self.social_profiles.split()


class PageQuerySet(models.QuerySet):
    def public(self):
        """Standing pages that anyone may read."""
        return self.filter(is_public=True)


class Page(models.Model):
    """A standing page: About, Contact, Privacy."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    body = ProseEditorField(_("text"), extensions=EXTENSIONS, sanitize=kept_html)
    search_description = models.CharField(_("search description"), max_length=170, blank=True)
    is_public = models.BooleanField(_("public"), default=True, help_text=_("Readers can open it."))
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("articles:page", args=[self.slug])


class MenuEntryQuerySet(models.QuerySet):
    def visible(self, now=None):
        """Entries with something behind them."""
        published = Article.objects.filter(published_q(now))
        return self.filter(
            Q(place=MenuEntry.Place.FRONT)
            | Q(Exists(published), place=MenuEntry.Place.ARTICLES)
            | Q(Exists(Show.objects.all()), place__in=MenuEntry.OF_SHOWS)
            | Q(Exists(published.filter(category=OuterRef("category"))), category__isnull=False)
            | Q(Exists(WeeklyList.objects.all()), place__in=MenuEntry.OF_CHARTS)
            | Q(Exists(Outlook.objects.all()), place=MenuEntry.Place.FORECASTS)
            | Q(Exists(Show.objects.filter(network__isnull=False)), place=MenuEntry.Place.NETWORKS)
            | Q(page__is_public=True)
            | ~Q(url="")
        )


class MenuEntry(models.Model):
    """One entry of the ordered menu: a place of the site, a category, a page, or an address."""

    class Location(models.TextChoices):
        HEADER = "header", _("Top of the page")
        FOOTER = "footer", _("Foot of the page")

    class Place(models.TextChoices):
        FRONT = "front", _("Front page")
        ARTICLES = "archive", _("All articles")
        SHOWS = "shows", _("Shows")
        TRACKER = "tracker", _("Renewal tracker")
        TOP10 = "top10", _("Weekly charts")
        COMPARE = "compare", _("Compare seasons")
        DATA = "data", _("The record as data")
        FORECASTS = "forecasts", _("Forecasts")
        NETWORKS = "networks", _("Networks")

    PLACE_URLS = {
        Place.FRONT: "articles:front",
        Place.ARTICLES: "articles:archive",
        Place.SHOWS: "shows:list",
        Place.TRACKER: "tracker:board",
        Place.TOP10: "shows:top10",
        Place.COMPARE: "comparing:compare",
        Place.DATA: "datasets:index",
        Place.FORECASTS: "tracker:forecasts",
        Place.NETWORKS: "shows:networks",
    }
    OF_SHOWS = (Place.SHOWS, Place.TRACKER, Place.DATA)
    OF_CHARTS = (Place.TOP10, Place.COMPARE)

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="menu")
    location = models.CharField(_("where"), max_length=10, choices=Location.choices, default=Location.HEADER)
    label = models.CharField(_("label"), max_length=40, blank=True, help_text=_("Left empty, its own name."))
    place = models.CharField(_("place"), max_length=20, choices=Place.choices, blank=True)
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("category")
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("page"))
    url = models.URLField(_("address elsewhere"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = MenuEntryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu")
        constraints = [
            models.CheckConstraint(
                condition=(
                    (~Q(place="") & Q(category=None, page=None, url=""))
                    | Q(place="", category__isnull=False, page=None, url="")
                    | Q(place="", category=None, page__isnull=False, url="")
                    | (Q(place="", category=None, page=None) & ~Q(url=""))
                ),
                name="menu_entry_leads_to_one_thing",
                violation_error_message=_(
                    "Choose one: a place, a category, a page, or an address elsewhere."
                ),
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        target = self.category or self.page
        if target:
            return target.get_absolute_url()
        return reverse(self.PLACE_URLS[self.place]) if self.place else self.url

    @property
    def text(self):
        return self.label or str(self.category or self.page or self.get_place_display() or self.url)
