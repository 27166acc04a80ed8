"""Editions: the immutable published states that readers see."""

import hashlib
import json
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from queries.remembered import key_of
from queries.rows import Rows, values_of

from ..internal_links import OwnLinks
from .article import Article
from .filing import Author
from .frozen import EditionAuthor, EditionImage
from .image import Image
from .published import published_q

SCHEMA = 1
TEXT_FIELDS = ("headline", "kicker", "standfirst", "search_title", "search_description")


AUTHORS, IMAGES = Rows(EditionAuthor, author=...), Rows(EditionImage, image=...)


class Headline(NamedTuple):
    """An edition in a list of headlines, which needs no more of it; its `article` is itself too."""

    pk: int
    article_id: int
    headline: str
    slug: str
    published_at: datetime

    article = property(lambda self: self)
    get_absolute_url = Article.get_absolute_url


class EditionQuerySet(models.QuerySet):
    def live(self, now=None):
        """Of every published article the edition that readers see: the newest not after now."""
        now = now or timezone.now()
        newest = (
            Edition.objects.filter(article=OuterRef("article"), published_at__lte=now)
            .order_by("-published_at", "-number")
            .values("pk")[:1]
        )
        return self.filter(published_q(now, "article__"), pk=Subquery(newest))

    def about_show(self, show_id):
        """Of articles about a show, as their main show or one of the others; none where it is None."""
        also = Article.also_about.through.objects.filter(show=show_id).values("article")
        return self.filter(Q(article__show=show_id) | Q(article__in=also)) if show_id else self.none()

    def with_updated_at(self):
        """With `updated_at`: the moment of the newest version up to this one that was no small fix."""
        moved = Edition.objects.filter(
            article=OuterRef("article"), is_minor=False, published_at__lte=OuterRef("published_at")
        )
        return self.annotate(updated_at=Subquery(moved.order_by("-published_at").values("published_at")[:1]))

    def with_rows(self):
        """With the byline and the pictures in columns, where the edition looks for them first."""
        authors = EditionAuthor.objects.filter(edition=OuterRef("pk")).order_by("position", "pk")
        images = EditionImage.objects.filter(edition=OuterRef("pk")).order_by("pk")
        return self.annotate(author_rows=AUTHORS.column(authors), image_rows=IMAGES.column(images))

    def for_headlines(self, *more):
        """Newest article first, as the values of `Headline`s, and whatever more of them."""
        shown = ("pk", "article_id", "headline", "article__slug", "article__published_at")
        return self.order_by("-article__published_at", "-article_id").values_list(*shown, *more)

    def for_listing(self):
        """Newest article first, with all that a card shows in the same query."""
        return (
            self.select_related("article__category", "article__show", "lead_image")
            .defer("content")
            .order_by("-article__published_at", "-article_id")
        )


class Edition(models.Model):
    """A published state of an article. Its content never changes once it is stored."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_by_name = models.CharField(max_length=301, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_minor = models.BooleanField(_("small fix (date stays)"), default=False)

    headline = models.CharField(max_length=200)
    kicker = models.CharField(max_length=60, blank=True)
    standfirst = models.TextField(blank=True)
    byline = models.TextField(blank=True)
    search_title = models.CharField(max_length=70, blank=True)
    search_description = models.CharField(max_length=170, blank=True)
    lead_image = models.ForeignKey(Image, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    social_image = models.ForeignKey(Image, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    authors = models.ManyToManyField(Author, through="EditionAuthor", related_name="editions")
    images = models.ManyToManyField(Image, through="EditionImage", related_name="editions")
    content = models.JSONField()
    digest = models.CharField(max_length=64, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "-number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="edition_number_once")]
        indexes = [models.Index(fields=["article", "-published_at", "-number"], name="edition_newest_first")]

    def __str__(self):
        return gettext("Version %(number)d of “%(headline)s”") % {
            "number": self.number,
            "headline": self.headline,
        }

    def save(self, **kwargs):
        if self.pk:
            raise ValidationError(_("A published version does not change; publish a new one."))
        super().save(**kwargs)

    @cached_property
    def card_key(self):
        """Names all that a card in a list shows of it: while it is the same, so is what is drawn."""
        rows = self, self.article, self.article.category, self.lead_image
        return key_of(*(row and values_of(row) for row in rows))

    @classmethod
    def compose(cls, article, *, byline=None, blocks=None):
        """The edition that publishing `article` now would give, not stored: preview draws it as it is.

        `byline` (ArticleAuthors) and `blocks` stand in for those that are stored, where they are only typed.
        """
        authors = list(article.article_authors.select_related("author")) if byline is None else byline
        blocks = article.blocks() if blocks is None else blocks
        frozen = [data for block in blocks if (data := block.frozen())]
        content = {"schema": SCHEMA, "blocks": with_anchors(frozen)}
        if article.newest_edition and article.newest_edition.corrections:
            content["corrections"] = article.newest_edition.corrections
        edition = cls(
            article=article,
            byline=get_text_list([row.author.name for row in authors], gettext("and")),
            lead_image=article.lead_image,
            social_image=article.social_image,
            content=content,
            **{name: getattr(article, name).strip() for name in TEXT_FIELDS},
        )
        edition.edition_authors_in_order = [
            EditionAuthor(edition=edition, author=row.author, position=n) for n, row in enumerate(authors)
        ]
        edition.edition_images_by_id = edition.compose_images()
        edition.digest = edition.compose_digest()
        return edition

    def compose_images(self):
        ids = {self.lead_image_id, self.social_image_id, *map(image_of, self.blocks)} - {None}
        return {
            image.pk: EditionImage(
                edition=self, image=image, alt_text=image.alt, caption=image.caption, credit=image.credit
            )
            for image in Image.objects.filter(pk__in=ids)
        }

    def compose_digest(self):
        """What tells two states apart: a SHA-256 over everything that readers would see."""
        state = {
            **{name: getattr(self, name) for name in TEXT_FIELDS},
            "authors": [row.author_id for row in self.edition_authors_in_order],
            "lead": self.lead_image_id,
            "social": self.social_image_id,
            "images": sorted(
                (i.image_id, i.alt_text, i.caption, i.credit) for i in self.edition_images_by_id.values()
            ),
            "content": self.content,
        }
        return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()

    def correct(self, text, at):
        """Add a correction that readers see under the text, dated by its day in the newsroom's zone."""
        day = timezone.localdate(at).isoformat()
        self.content["corrections"] = [*self.corrections, {"on": day, "text": text}]
        self.digest = self.compose_digest()

    def freeze(self, *, by, at, note, is_minor):
        """Store a composed edition under the article's next number.

        The caller holds the article's lock, and saves its public side after this.
        """
        newest = self.article.editions.aggregate(models.Max("number"))["number__max"] or 0
        self.number = self.article.last_number = max(newest, self.article.last_number) + 1
        self.published_at = at
        self.published_by = by
        self.published_by_name = (by.get_full_name() or by.get_username()) if by else ""
        self.note, self.is_minor = note, is_minor
        self.save(force_insert=True)
        for row in (*self.edition_authors_in_order, *self.edition_images_by_id.values()):
            row.edition = self
        EditionAuthor.objects.bulk_create(self.edition_authors_in_order)
        EditionImage.objects.bulk_create(self.edition_images_by_id.values())

    @property
    def blocks(self):
        """The content as plain data, in order (see docs/architecture.md)."""
        return self.content["blocks"]

    @property
    def corrections(self):
        """What was put right, oldest first: `[{"on": "2026-05-05", "text"}]`; later versions keep it."""
        return self.content.get("corrections", [])

    @property
    def sections(self):
        """The sections that have a heading: the table of contents."""
        return [block for block in self.blocks if block["type"] == "section" and block["heading"]]

    @property
    def has_text(self):
        return any(block["type"] == "section" for block in self.blocks)

    @property
    def pictures_are_described(self):
        return all(row.alt_text or row.image.is_decorative for row in self.edition_images_by_id.values())

    @cached_property
    def edition_authors_in_order(self):
        if "author_rows" in vars(self):
            return AUTHORS.read(self.author_rows)
        return list(self.edition_authors.select_related("author"))

    @cached_property
    def edition_images_by_id(self):
        """The pictures with alt text, caption and credit as they were when this was published."""
        rows = IMAGES.read(self.image_rows) if "image_rows" in vars(self) else None
        rows = self.edition_images.select_related("image") if rows is None else rows
        return {row.image_id: row for row in rows}

    @property
    def lead(self):
        """The lead picture with its frozen texts, or None."""
        return self.edition_images_by_id.get(self.lead_image_id)

    @property
    def social(self):
        """The picture for social networks with its frozen texts: its own, else the lead, or None."""
        return self.edition_images_by_id.get(self.social_image_id or self.lead_image_id)

    @cached_property
    def own_links(self):
        """The links of its text to our own articles and shows, looked up together."""
        return OwnLinks(block["html"] for block in self.blocks if block["type"] == "section")

    @property
    def show_ids(self):
        """Shows whose record the panels draw, the article's own first."""
        ids = [self.article.show_id] + [block["show"] for block in self.blocks if block["type"] == "panel"]
        return list(dict.fromkeys(filter(None, ids)))


def image_of(block):
    """The id of the picture that a frozen block shows, or None."""
    return block.get("image") or block.get("poster")


def with_anchors(blocks):
    """Frozen blocks with an `anchor` for every headed section, unlike any other on the page."""
    taken = set()
    for block in blocks:
        if block["type"] != "section" or not block["heading"]:
            continue
        stem = slugify(block["heading"]) or block["kind"]
        anchor, n = f"s-{stem}", 2
        while anchor in taken:
            anchor, n = f"s-{stem}-{n}", n + 1
        taken.add(anchor)
        block["anchor"] = anchor
    return blocks
