"""Where pictures of the library are used: in which drafts, and in which versions."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from .models import Article, Edition, EditionImage, Embed, Picture

# What of a draft may show a picture: (model, its column, the column that names the article).
IN_DRAFTS = [
    (Article, "lead_image", "pk"),
    (Article, "social_image", "pk"),
    (Picture, "image", "parent"),
    (Embed, "poster", "parent"),
]
IN_VERSIONS = (EditionImage, "image", "edition__article")


@dataclass
class Use:
    """One article's use of a picture: its places in the draft, and its versions' numbers."""

    article: Article
    places: list = field(default_factory=list)
    versions: list = field(default_factory=list)
    live: int | None = None
    scheduled: list = field(default_factory=list)

    @property
    def older(self):
        """Versions that readers saw once."""
        return [number for number in self.versions if number != self.live and number not in self.scheduled]

    def said(self):
        """In words: “draft: lead picture; version 3, live now; older: 1 and 2”."""
        parts = []
        if self.places:
            parts.append(gettext("draft (%s)") % ", ".join(self.places))
        if self.live:
            parts.append(gettext("version %d, live now") % self.live)
        if self.scheduled:
            numbers = listed(self.scheduled)
            parts.append(
                ngettext(
                    "scheduled version %(numbers)s", "scheduled versions %(numbers)s", len(self.scheduled)
                )
                % {"numbers": numbers}
            )
        if self.older:
            numbers = listed(self.older)
            parts.append(
                ngettext("older version %(numbers)s", "older versions %(numbers)s", len(self.older))
                % {"numbers": numbers}
            )
        return "; ".join(parts)


def listed(numbers):
    return get_text_list([str(number) for number in numbers], gettext("and"))


def count_uses(image_ids):
    """{picture's id: in how many articles it is used}, in one query for all of them."""
    pairs = [
        model.objects.filter(**{f"{column}__in": image_ids}).order_by().values_list(f"{column}_id", owner)
        for model, column, owner in [*IN_DRAFTS, IN_VERSIONS]
    ]
    counts = defaultdict(int)
    # A union drops what is found twice, so every pair of picture and article is counted once.
    for image_id, _article in pairs[0].union(*pairs[1:]).order_by():
        counts[image_id] += 1
    return counts


def used_q():
    """Pictures that some draft or version shows."""
    found = Q()
    for model, column, _owner in [*IN_DRAFTS, IN_VERSIONS]:
        found |= Q(Exists(model.objects.filter(**{column: OuterRef("pk")}).order_by()))
    return found


def in_articles_called(words):
    """Pictures that an article shows whose headline has these words, in its draft or in a version."""
    found = Q()
    for model, column, owner in IN_DRAFTS:
        headline = "headline" if owner == "pk" else "parent__headline"
        rows = model.objects.filter(**{f"{headline}__icontains": words, f"{column}__isnull": False})
        found |= Q(pk__in=rows.order_by().values(column))
    rows = EditionImage.objects.filter(edition__headline__icontains=words)
    return found | Q(pk__in=rows.order_by().values("image"))


def uses_of(image_ids):
    """A Use for every article that shows one of these pictures, by headline; five queries."""
    uses, now = {}, timezone.now()
    for model, column, owner in IN_DRAFTS:
        rows = model.objects.filter(**{f"{column}__in": image_ids}).order_by("pk")
        name = str(model._meta.get_field(column).verbose_name if owner == "pk" else model._meta.verbose_name)
        for article_id in rows.values_list(owner, flat=True):
            places = uses.setdefault(article_id, Use(None)).places
            if name not in places:
                places.append(name)
    shown = Edition.objects.filter(edition_images__image__in=image_ids).distinct().order_by("number")
    live = set(
        Edition.objects.live().filter(pk__in=shown.order_by().values("pk")).values_list("pk", flat=True)
    )
    for edition in shown.only("number", "published_at", "article_id"):
        use = uses.setdefault(edition.article_id, Use(None))
        use.versions.append(edition.number)
        if edition.pk in live:
            use.live = edition.number
        elif edition.published_at > now:
            use.scheduled.append(edition.number)
    for article in Article.objects.filter(pk__in=uses):
        uses[article.pk].article = article
    return sorted((use for use in uses.values() if use.article), key=lambda use: use.article.headline)
