"""What an article page draws of an edition, and the one query that brings a live one with all of that."""

import json
from functools import lru_cache

from django.db.models import OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from pagestore.by_heart import by_heart
from queries.prepared import Prepared
from queries.remembered import key_of
from queries.rows import Rows, RowsAsText, values_of
from shows.models import Show
from shows.record import Record

from . import embeds, lists
from .models import Article, Edition, Tag
from .models.edition import Headline
from .reading_time import reading_minutes, word_count

TAGS, SHOWS = Rows(Tag), Rows(Show)
SHOWN = 6


def sharing_tags_of(article, most=60):
    """The numbers of the articles that were filed last under a tag of this one, once for each they share."""
    links = Article.tags.through.objects
    own = links.filter(article=article).values("tag")
    return links.filter(tag__in=own).order_by("-pk").values_list("article")[:most]


@Prepared
def LIVE(slug, now):
    """The live edition of the article at an address, with its byline, its pictures and how it is filed."""
    of_article = {"articles": OuterRef("article")}
    return (
        Edition.objects.live(now)
        .filter(article__slug=slug)
        .with_updated_at()
        .with_rows()
        .select_related("article__category", "article__series")
        .defer("content")
        .annotate(
            content_text=Cast("content", TextField()),
            tag_rows=TAGS.column(Tag.objects.filter(**of_article).order_by("name")),
            sharing_rows=RowsAsText(sharing_tags_of(OuterRef(OuterRef("article")))),
            also_about_rows=SHOWS.column(Show.objects.filter(also_in=OuterRef("article"))),
        )
    )


def live_edition(slug):
    """The live edition at an address, or Http404."""
    edition = next(iter(LIVE(slug=slug, now=timezone.now())), None)
    if edition is None:
        raise Http404
    rows = (edition, edition.article, edition.article.category, edition.article.series)
    # What others are filed under is no part of this article, and no reason to draw it anew.
    sharing = json.loads(vars(edition).pop("sharing_rows"))
    edition.rows = [values_of(row) for row in rows if row]
    edition.sharing = [pk for (pk,) in sharing]
    edition.content = _content(edition.content_text)
    keep(edition.article, "tags", TAGS.read(edition.tag_rows))
    keep(edition.article, "also_about", SHOWS.read(edition.also_about_rows))
    return edition


@lru_cache(maxsize=50)
def _content(text):
    """The content of an edition that is read again and again; pages change nothing in it."""
    return json.loads(text)


def keep(instance, name, rows):
    """Hold what an instance's relation to many leads to, as `prefetch_related` does."""
    queryset = type(instance)._meta.get_field(name).related_model.objects.all()
    queryset._result_cache, queryset._prefetch_done = rows, True
    vars(instance).setdefault("_prefetched_objects_cache", {})[name] = queryset


@by_heart(most=50)
def live_story(slug):
    """The Story of the live edition at an address with all that its page draws of it, or Http404."""
    story = Story(live_edition(slug))
    for name in ("key", "coverage", "parts"):
        getattr(story, name)
    return story


class Story:
    """What an article page draws of an edition; each part is asked of the database once, when it is used."""

    def __init__(self, edition):
        self.edition = edition

    @cached_property
    def key(self):
        """Names all that is shown of the article and its shows: while it is the same, so is what is drawn.

        Empty for an edition that is only composed: nothing of it is remembered.
        """
        rows = getattr(self.edition, "rows", None)
        if rows is None:
            return ""
        links = self.edition.own_links.targets if self.edition.own_links.texts else ""
        return key_of(rows, [record.key for record in self.records.values()], links)

    @cached_property
    def records(self):
        """The record of every show that the page speaks of, by id."""
        return Record.for_shows(self.edition.show_ids)

    @property
    def record(self):
        """The record of the article's own show, or None."""
        return self.records.get(self.edition.article.show_id)

    @property
    def decided(self):
        """The article's own show where a decision is in force: its status then stands above the headline."""
        show = self.record and self.record.show
        return show if show and show.status_outcome else None

    @cached_property
    def blocks(self):
        """The edition's blocks with their pictures and records; what is no longer there is left out.

        `level` is that of a panel's heading: below the section's, or the first below the headline.
        """
        drawn, level = [], 2
        for raw in self.edition.blocks:
            if block := self.drawable(raw):
                level = 3 if block.get("heading") else level
                drawn.append(block | {"level": level})
        return drawn

    def drawable(self, block):
        """A block as its template wants it, or None when there is nothing to draw."""
        block = block | {"template": f"articles/_{block['type']}.html"}
        if block["type"] == "picture":
            picture = self.edition.edition_images_by_id.get(block["image"])
            return picture and block | {"picture": picture, "caption": block["caption"] or picture.caption}
        if block["type"] == "panel":
            record = self.records.get(block["show"] or self.edition.article.show_id)
            return record and block | {"record": record}
        if block["type"] == "section":
            return block | {"html": self.edition.own_links.drawn(block["html"])}
        if block["type"] == "embed":
            return embeds.drawable(block, self.edition.edition_images_by_id.get(block["poster"]))
        return block

    @cached_property
    def word_count(self):
        return word_count(self.edition)

    @property
    def reading_minutes(self):
        return reading_minutes(self.word_count)

    @property
    def has_player(self):
        """Whether there is a video, for which the page needs its script."""
        return any(block.get("player") for block in self.blocks)

    @property
    def contents(self):
        """The headed sections, where there are enough of them for a table of contents."""
        return self.edition.sections if len(self.edition.sections) >= 4 else []

    @cached_property
    def coverage(self):
        """The latest other articles about the same show."""
        article = self.edition.article
        headlines = lists.headlines_about(article.show_id, SHOWN + 1)
        return [each for each in headlines if each.article_id != article.pk][:SHOWN]

    @property
    def sharing_tags(self):
        """The numbers of the articles that were filed last under one of its tags, once for each."""
        if hasattr(self.edition, "sharing"):
            return self.edition.sharing
        pk = self.edition.article.pk
        return [pk for (pk,) in sharing_tags_of(pk)] if pk else []

    @cached_property
    def parts(self):
        """The parts of the article's series before and after it; empty where it is in none."""
        article = self.edition.article
        if not article.series_id or not article.published_at:
            return {}
        place = {"series": article.series_id, "at": article.published_at, "pk": article.pk}
        found = PARTS(**place, now=timezone.now())
        return {"after" if comes_after else "before": Headline(*part) for *part, comes_after in found}


@Prepared
def PARTS(series, at, pk, now):
    """The parts of a series before and after one of them, and of each whether it comes after."""
    parts = Article.objects.published(now).filter(series=series)
    before = parts.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    after = parts.filter(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk))
    comes_after = Q(article__published_at__gt=at) | Q(article__published_at=at, article__gt=pk)
    nearest = Q(article__in=before.order_by("-published_at", "-pk").values("pk")[:1])
    nearest |= Q(article__in=after.order_by("published_at", "pk").values("pk")[:1])
    parts = Edition.objects.live(now).filter(nearest).annotate(comes_after=comes_after)
    return parts.for_headlines("comes_after")
