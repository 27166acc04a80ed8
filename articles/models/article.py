"""The working copy: what the admin edits and readers never see."""

from content_editor.models import Region
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from shows.models import Show

from .filing import Author, Category, Series, Tag
from .image import Image
from .published import ArticleQuerySet
from .publishing import Publishable


class Article(Publishable):
    """One piece of writing. The row and its blocks are the draft; `publish()` freezes an edition."""

    class Comments(models.TextChoices):
        OPEN = "open", _("Open")
        HELD = "held", _("Held: each one waits for a moderator, whoever wrote it")
        CLOSED = "closed", _("Closed: those that stand stay, no new ones")

    # Its fields that take effect for readers when they are saved, not when an edition is published.
    FILING = ("show", "also_about", "category", "tags", "series", "slug", "comments_mode", "owner")

    # Written: frozen into every edition.
    headline = models.CharField(_("headline"), max_length=200)
    kicker = models.CharField(
        _("kicker (label above the headline)"),
        max_length=60,
        blank=True,
        help_text=_("Left empty, the show's status or the category stands there."),
    )
    standfirst = models.TextField(
        _("standfirst (summary under the headline)"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences: what happened, and why it matters."),
    )
    authors = models.ManyToManyField(Author, through="ArticleAuthor", related_name="articles", blank=True)
    lead_image = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    search_title = models.CharField(
        _("search title"),
        max_length=70,
        blank=True,
        help_text=_("For search engines, where the headline is too long."),
    )
    search_description = models.CharField(
        _("search description"),
        max_length=170,
        blank=True,
        help_text=_("Left empty, the standfirst is used."),
    )
    social_image = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for social networks"),
        help_text=_("Left empty, one is made of headline, show, status and lead picture."),
    )

    # Filing: takes effect on Save.
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        blank=True,
        help_text=_("Left empty, it is made from the headline."),
    )
    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("show")
    )
    also_about = models.ManyToManyField(
        Show,
        blank=True,
        related_name="also_in",
        verbose_name=_("also about"),
        help_text=_("Other shows it covers."),
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("category"),
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="articles", verbose_name=_("tags"))
    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("series"),
        help_text=_("Readers find the parts before and after it under the text."),
    )
    comments_mode = models.CharField(
        _("comments"), max_length=10, choices=Comments.choices, default=Comments.OPEN
    )

    # The desk's own.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("whose it is"),
    )
    owner_name = models.CharField(max_length=301, blank=True, editable=False)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    regions = [Region(key="main", title=_("Story"))]

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", _("Can publish and unpublish articles")),
            ("edit_any_article", _("Can edit everybody's articles")),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="article_newest_first"),
            models.Index(fields=["category", "-published_at", "-id"], name="article_of_category"),
            models.Index(fields=["series", "-published_at", "-id"], name="article_of_series"),
            models.Index(fields=["show", "-published_at", "-id"], name="article_of_show"),
        ]

    def __str__(self):
        return self.headline

    def save(self, **kwargs):
        if not self.slug:
            self.slug = self.free_slug()
        if self.owner and not self.owner_name:
            self.owner_name = self.owner.get_full_name() or self.owner.get_username()
        columns = kwargs.get("update_fields") or ["slug"]
        moved_from = self.address_to_leave() if "slug" in columns else None
        super().save(**kwargs)
        if moved_from:
            self.former_addresses.model.keep(self, moved_from)

    def get_absolute_url(self):
        return reverse("articles:detail", args=[self.slug])

    def delete(self, **kwargs):
        """Delete a draft; ValidationError once it was published, because readers' links would break."""
        if self.editions.exists():
            raise ValidationError(_("A published article cannot be deleted, only unpublished."))
        return super().delete(**kwargs)

    def address_to_leave(self):
        """Where readers have found it until now, if saving it moves it elsewhere; else None."""
        if not self.published_at:
            return None
        before = Article.objects.filter(pk=self.pk).exclude(slug=self.slug).only("slug").first()
        return before and before.get_absolute_url()

    def free_slug(self):
        """An address made from the headline that no other article has."""
        stem = slugify(self.headline)[:110].strip("-") or "article"
        taken = set(
            Article.objects.exclude(pk=self.pk).filter(slug__startswith=stem).values_list("slug", flat=True)
        )
        return next(
            s for n in range(1, len(taken) + 3) if (s := f"{stem}-{n}" if n > 1 else stem) not in taken
        )

    def blocks(self):
        """The working copy's blocks of every type in their one order; a query a type."""
        from .blocks import BLOCK_MODELS, in_order

        return in_order(
            block for model in BLOCK_MODELS for block in model.objects.filter(parent=self).for_composing()
        )

    def has_unpublished_changes(self, composed=None):
        """Whether publishing now would give readers something else than the newest edition.

        `composed` is the draft's edition where the caller has it already.
        """
        from .edition import Edition

        newest = self.newest_edition
        return newest is None or (composed or Edition.compose(self)).digest != newest.digest
