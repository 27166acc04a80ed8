"""From what somebody typed to what readers may see of it, best first."""

import heapq
import math
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models import Author, Edition, EditionAuthor
from shows.models import Show

from . import engines
from .folding import words_of
from .models import SearchEntry

Kind = SearchEntry.Kind
PAGE, PAGES = 20, 10
# So many of the best are held against what is published: more than are shown, as some may be withdrawn.
BEST = 250
LONGEST, MOST_WORDS = 200, 8
# A word that is still being typed counts as a beginning from here on; shorter ones begin too many words.
BEGINNING = 4


@dataclass
class Hit:
    """Something found: `pk` is an edition's, a show's or an author's."""

    kind: str
    pk: int
    score: float
    show_id: int | None = None
    published_at: object = None


@dataclass
class Search:
    """What is asked: text, and the filters that were understood."""

    text: str
    kind: str = ""
    show: Show | None = None
    author: Author | None = None
    year: int | None = None
    words: list = field(init=False)
    some_words_only: bool = field(init=False, default=False)

    def __post_init__(self):
        self.words = list(dict.fromkeys(words_of(self.text[:LONGEST])))[:MOST_WORDS]

    @property
    def begun(self):
        """The last word, where it is long enough to be the beginning of another."""
        return {self.words[-1]} if self.words and len(self.words[-1]) >= BEGINNING else set()

    @property
    def tags(self):
        return [
            *([f"k_{self.kind}"] if self.kind else []),
            *([f"s_{self.show.pk}"] if self.show else []),
            *([f"a_{self.author.pk}"] if self.author else []),
            *([f"y_{self.year}"] if self.year else []),
        ]

    @cached_property
    def hits(self):
        """What readers may see, best first, no more than there are pages for."""
        if not self.words:
            return []
        found = self._found()
        if not found and len(self.words) > 1:
            self.some_words_only = True
            found = self._found(any_word=True)
        return found[: PAGE * PAGES]

    @cached_property
    def is_cut(self):
        """Whether there may be more than the hits."""
        return len(self.hits) == PAGE * PAGES

    def _found(self, any_word=False):
        wanted = engines.Wanted(self.words, self.begun, self.tags, any_word)
        rows = engines.candidates(wanted)
        if len(rows) == engines.MOST:
            wanted.in_title = True
            rows = {row[0]: row for row in [*rows, *engines.candidates(wanted, engines.MOST // 4)]}.values()
        # The exact title of a show comes before all else, also before the best are chosen.
        asked = " ".join(words_of(self.text[:LONGEST]))
        rated = (
            (math.inf if kind == Kind.SHOW and title == asked else score, pk, kind)
            for _entry, kind, pk, title, score in rows
        )
        ranked = [Hit(kind, pk, score) for score, pk, kind in heapq.nlargest(BEST, rated)]
        return sorted(self._visible(ranked), key=lambda hit: (-hit.score, -hit.pk))

    def _visible(self, hits):
        """Of these what is published by the clock; newer articles count for a little more."""
        ids = {kind: [hit.pk for hit in hits if hit.kind == kind] for kind in Kind.values}
        editions = live_editions(ids[Kind.ARTICLE])
        shows = set(Show.objects.filter(pk__in=ids[Kind.SHOW]).values_list("pk", flat=True))
        people = set(visible_authors(ids[Kind.PERSON]).values_list("pk", flat=True))
        now = timezone.now()
        for hit in hits:
            if hit.kind == Kind.ARTICLE and hit.pk in editions:
                hit.show_id, hit.published_at = editions[hit.pk]
                years = (now - hit.published_at).days / 365
                hit.score *= 1 + 0.2 * math.exp(-max(years, 0))
                yield hit
            elif hit.pk in {Kind.SHOW: shows, Kind.PERSON: people}.get(hit.kind, ()):
                yield hit

    def facets(self):
        """The filters that would leave something: shows, authors and years of the articles found."""
        articles = [hit for hit in self.hits if hit.kind == Kind.ARTICLE]
        show_ids = most_common(hit.show_id for hit in articles if hit.show_id)
        rows = EditionAuthor.objects.filter(edition__in=[hit.pk for hit in articles])
        author_ids = most_common(rows.values_list("author", flat=True))
        years = {timezone.localtime(hit.published_at).year for hit in articles}
        return {
            "shows": in_order(Show.objects.filter(pk__in=show_ids), show_ids),
            "authors": in_order(Author.objects.filter(pk__in=author_ids), author_ids),
            "years": sorted(years, reverse=True)[:10],
        }


def live_editions(ids):
    """Of these editions those that readers see: `{id: (show id, first published)}`."""
    live = Edition.objects.live().filter(pk__in=ids)
    rows = live.values_list("pk", "article__show", "article__published_at")
    return {pk: (show, at) for pk, show, at in rows}


def visible_authors(ids):
    """Of these authors those who have something published."""
    live = Edition.objects.live().filter(edition_authors__author=OuterRef("pk"))
    return Author.objects.filter(Exists(live), pk__in=ids)


def most_common(ids, limit=6):
    counts = {}
    for pk in ids:
        counts[pk] = counts.get(pk, 0) + 1
    return sorted(counts, key=lambda pk: (-counts[pk], pk))[:limit]


def in_order(rows, ids):
    return sorted(rows, key=lambda row: ids.index(row.pk))
