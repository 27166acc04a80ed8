"""The front page as editors arrange it: stories that stand on top, and rows below them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .filing import Category, Tag

MOST_IN_A_ROW = 24


class FrontPage(models.Model):
    """The one row that says how the front page is arranged; without rows it arranges itself."""

    has_strip = models.BooleanField(
        _("strip of the latest decisions"),
        default=True,
        help_text=_("One line below the masthead, with the shows that were decided last."),
    )

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front page")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="front_page_is_one_row")]

    def __str__(self):
        return str(_("Front page"))

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    @classmethod
    def current(cls):
        """The row, or unsaved defaults where there is none; never writes."""
        return cls.objects.first() or cls()


class FrontStory(models.Model):
    """An article that stands on top of the front page; the first that is published leads."""

    front = models.ForeignKey(FrontPage, on_delete=models.CASCADE, related_name="stories")
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="on_top", verbose_name=_("article")
    )
    until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Left empty, it stands there until you remove it.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("story on top")
        verbose_name_plural = _("stories on top")
        constraints = [
            models.UniqueConstraint(
                fields=["front", "article"],
                name="front_story_once",
                violation_error_message=_("This article stands on top already."),
            )
        ]

    def __str__(self):
        return str(self.article)

    @staticmethod
    def is_standing(prefix=""):
        """The condition of those whose time on top is not over; `prefix` leads to them."""
        return Q(**{f"{prefix}until": None, f"{prefix}front": 1}) | Q(
            **{f"{prefix}until__gt": timezone.now()}
        )


class FrontRowQuerySet(models.QuerySet):
    def in_order(self):
        """The rows that an editor chose, with all that they need, in one query."""
        return list(self.select_related("front", "category", "tag"))


class FrontRow(models.Model):
    """One row of the front page."""

    class Kind(models.TextChoices):
        LATEST = "latest", _("Latest stories")
        CATEGORY = "category", _("A category")
        TAG = "tag", _("A tag")
        DISCUSSED = "discussed", _("Most discussed")
        DECISIONS = "decisions", _("Latest decisions")

    front = models.ForeignKey(FrontPage, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices, default=Kind.LATEST)
    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("tag")
    )
    heading = models.CharField(
        _("heading"), max_length=60, blank=True, help_text=_("Left empty, its own name.")
    )
    count = models.PositiveSmallIntegerField(
        _("how many"), default=6, validators=[MinValueValidator(1), MaxValueValidator(MOST_IN_A_ROW)]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = FrontRowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="category", category__isnull=False, tag=None)
                    | Q(kind="tag", tag__isnull=False, category=None)
                    | (~Q(kind__in=["category", "tag"]) & Q(category=None, tag=None))
                ),
                name="front_row_is_of_one_thing",
                violation_error_message=_(
                    "A row of a category needs its category, a row of a tag its tag, and no other row either."
                ),
            ),
            models.CheckConstraint(
                condition=Q(count__range=(1, MOST_IN_A_ROW)), name="front_row_has_some_stories"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        return self.heading or str(self.category or self.tag or self.get_kind_display())

    @property
    def is_of_no_list(self):
        """Whether its template asks for what it shows."""
        return self.kind in (self.Kind.DISCUSSED, self.Kind.DECISIONS)


def default_rows():
    """The rows of a front page that nobody arranged, unsaved."""
    kinds = {FrontRow.Kind.LATEST: 12, FrontRow.Kind.DISCUSSED: 5, FrontRow.Kind.DECISIONS: 8}
    return [FrontRow(kind=kind, count=count) for kind, count in kinds.items()]
