"""The blocks of an article's content; each knows what of it an edition keeps (`frozen`)."""

from content_editor.models import create_plugin_base
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from shows.models import Show

from ..richtext import EXTENSIONS, clean_html, kept_html, plain_text
from .article import Article
from .image import Image

BLOCK_MODELS = []


def block(model):
    """Register a block type; the order of registration is the order in the admin."""
    BLOCK_MODELS.append(model)
    return model


def in_order(blocks):
    """Blocks of several types in the one order of their article; unsaved ones stand last of their place."""
    return sorted(
        blocks, key=lambda block: (block.ordering, block._meta.model_name, block.pk or float("inf"))
    )


class BlockQuerySet(models.QuerySet):
    def for_composing(self):
        """With everything that `frozen()` reads, so that a type costs one query."""
        related = [f.name for f in self.model._meta.fields if f.many_to_one and f.name != "parent"]
        return self.select_related(*related) if related else self


class Block(create_plugin_base(Article)):
    """What all blocks share: a place in the article's one ordered list."""

    region = models.CharField(max_length=20, default="main", editable=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["ordering"]
        app_label = "articles"

    def frozen(self):
        """This block as an edition keeps it (plain data), or None when it is empty."""
        raise NotImplementedError


def source_lines(text):
    """`[{"title", "url"}]` from one source a line: words, then an address where there is one.

    Raises ValidationError that names the line whose address is not one.
    """
    sources = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        title, _gap, last = line.rpartition(" ")
        url = last if "://" in last else ""
        if url:
            try:
                URLValidator(schemes=["http", "https"])(url)
            except ValidationError:
                raise ValidationError(
                    gettext("Line %(number)d: “%(url)s” is not a web address.")
                    % {"number": number, "url": url}
                ) from None
        sources.append({"title": (title if url else line) or url, "url": url})
    return sources


@block
class Section(Block):
    """A structured part of an article: what it is for, its heading and its text."""

    class Kind(models.TextChoices):
        OVERVIEW = "overview", _("Overview")
        DECISION = "decision", _("Decision")
        VIEWERSHIP = "viewership", _("Viewership")
        SPECULATION = "speculation", _("Speculation")
        RECEPTION = "reception", _("Reception")
        CAST = "cast", _("Cast")
        BACKGROUND = "background", _("Background")
        CONCLUSION = "conclusion", _("Conclusion")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    heading = models.CharField(
        _("heading"),
        max_length=150,
        blank=True,
        help_text=_("Left empty, the text follows what stands above it."),
    )
    body = ProseEditorField(_("text"), blank=True, extensions=EXTENSIONS, sanitize=kept_html)
    sources = models.TextField(
        _("sources"),
        blank=True,
        help_text=_("One a line: what it is, then its address. Shown to readers under the section."),
        validators=[source_lines],
    )

    class Meta(Block.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self):
        words = Truncator(plain_text(self.body)).words(8)
        return " · ".join(filter(None, [self.get_kind_display(), self.heading, words]))

    def frozen(self):
        html = clean_html(self.body)
        if not plain_text(html):
            return None
        return {
            "type": "section",
            "kind": self.kind,
            "heading": self.heading.strip(),
            "html": html,
            "sources": source_lines(self.sources),
        }


@block
class Picture(Block):
    """A picture from the library, in the text."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture"))
    caption = models.CharField(
        _("caption here"),
        max_length=300,
        blank=True,
        help_text=_("Left empty, the library's caption is used."),
    )

    class Meta(Block.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.caption or str(self.image)

    def frozen(self):
        return {"type": "picture", "image": self.image_id, "caption": self.caption.strip()}


@block
class PullQuote(Block):
    """A sentence set large, with who said it."""

    quote = models.TextField(
        _("quote"), max_length=500, help_text=_("Without quotation marks; the page sets them.")
    )
    attribution = models.CharField(_("who said it"), max_length=150, blank=True)

    class Meta(Block.Meta):
        verbose_name = _("pull quote")
        verbose_name_plural = _("pull quotes")

    def __str__(self):
        return Truncator(self.quote).words(10)

    def frozen(self):
        quote = " ".join(self.quote.split())
        return {"type": "quote", "quote": quote, "attribution": self.attribution.strip()} if quote else None


@block
class Panel(Block):
    """A view of the record: drawn anew from it on every page, never typed."""

    class Kind(models.TextChoices):
        FACTS = "facts", _("Facts box")
        TIMELINE = "timeline", _("Decision timeline")
        VIEWERSHIP = "viewership", _("Viewership chart")
        RATINGS = "ratings", _("Ratings")

    kind = models.CharField(_("what it shows"), max_length=20, choices=Kind.choices, default=Kind.FACTS)
    show = models.ForeignKey(
        Show,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("show"),
        help_text=_("Left empty, the article's own show."),
    )
    season_number = models.PositiveSmallIntegerField(
        _("season"),
        null=True,
        blank=True,
        help_text=_("For a viewership chart; left empty, the latest with figures."),
    )

    class Meta(Block.Meta):
        verbose_name = _("panel from the record")
        verbose_name_plural = _("panels from the record")

    def __str__(self):
        return " · ".join(filter(None, [self.get_kind_display(), self.show and self.show.title]))

    def frozen(self):
        return {"type": "panel", "kind": self.kind, "show": self.show_id, "season": self.season_number}
