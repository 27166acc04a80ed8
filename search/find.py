"""From what somebody typed to what readers may see of it, best first."""

import heapq
import math
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models import Author, Edition
from shows.models import Credit, Person, Show

from . import engines
from .folding import words_of
from .models import SearchEntry

Kind = SearchEntry.Kind
PAGE, PAGES = 20, 10
# So many of the best are held against what is published: more than are shown, as some may be withdrawn.
BEST = 225
LONGEST, MOST_WORDS = 200, 8
# Where hardly a page has it whole, the last word counts as a beginning; shorter ones begin too many words.
BEGINNING = 4


@dataclass
class Hit:
    """Something found: `pk` is an edition's, a show's, an author's, or that of somebody of a show."""

    kind: str
    pk: int
    score: float
    tags: str = ""
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
        """The last word, where it is long enough to be a beginning."""
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
    def found(self):
        """The best of what readers may see, best first."""
        if not self.words:
            return []
        found = self._found()
        if not found and len(self.words) > 1:
            self.some_words_only = True
            found = self._found(any_word=True)
        return found

    @property
    def hits(self):
        """No more than there are pages for."""
        return self.found[: PAGE * PAGES]

    @property
    def is_cut(self):
        """Whether there is more than the hits."""
        return len(self.found) > PAGE * PAGES

    def _found(self, any_word=False):
        wanted = engines.Wanted(self.words, tags=self.tags, any_word=any_word)
        rows = engines.candidates(wanted)
        if self.begun and len(rows) < PAGE:
            rows = engines.candidates(replace(wanted, begun=self.begun))
        # A show of exactly this title, or somebody of this name, comes before all else and all choosing.
        asked = " ".join(words_of(self.text[:LONGEST]))
        rated = (
            (math.inf if row.kind in (Kind.SHOW, Kind.MAKER) and row.title == asked else score, row)
            for row, score in rows
        )
        ranked = [Hit(row.kind, row.object_id, score, row.tags) for score, row in heapq.nlargest(BEST, rated)]
        return sorted(self._visible(ranked), key=lambda hit: (-hit.score, -hit.pk))

    def _visible(self, hits):
        """Of these what is published by the clock; newer articles count for a little more."""
        ids = {kind: [hit.pk for hit in hits if hit.kind == kind] for kind in Kind.values}
        moments = {kind: MOMENTS[kind](ids[kind]) if ids[kind] else {} for kind in Kind.values}
        now = timezone.now()
        for hit in hits:
            if hit.pk not in moments[hit.kind]:
                continue
            if hit.kind == Kind.ARTICLE:
                hit.published_at = moments[hit.kind][hit.pk]
                years = (now - hit.published_at).days / 365
                hit.score *= 1 + 0.2 * math.exp(-max(years, 0))
            yield hit

    def facets(self):
        """The filters that would leave something: shows, authors and years of the articles found."""
        articles = [hit for hit in self.hits if hit.kind == Kind.ARTICLE]
        tags = [tag for hit in articles for tag in hit.tags.split()]
        show_ids = most_common(int(tag[2:]) for tag in tags if tag.startswith("s_"))
        author_ids = most_common(int(tag[2:]) for tag in tags if tag.startswith("a_"))
        years = {int(tag[2:]) for tag in tags if tag.startswith("y_")}
        return {
            "shows": in_order(Show.objects.filter(pk__in=show_ids), show_ids),
            "authors": in_order(Author.objects.filter(pk__in=author_ids), author_ids),
            "years": sorted(years, reverse=True)[:10],
        }


def live_editions(ids):
    """Of these editions those that readers see, with the moment of their first publication."""
    live = Edition.objects.live().filter(pk__in=ids).order_by()
    return dict(live.values_list("pk", "article__published_at"))


def shows_there(ids):
    return dict.fromkeys(Show.objects.filter(pk__in=ids).order_by().values_list("pk", flat=True))


def visible_authors(ids):
    """Of these authors those who have something published."""
    live = Edition.objects.live().filter(edition_authors__author=OuterRef("pk"))
    authors = Author.objects.filter(Exists(live), pk__in=ids).order_by()
    return dict.fromkeys(authors.values_list("pk", flat=True))


def credited_people(ids):
    """Of these people those whom a show's record names."""
    people = Person.objects.filter(Exists(Credit.objects.filter(person=OuterRef("pk"))), pk__in=ids)
    return dict.fromkeys(people.order_by().values_list("pk", flat=True))


# What is visible of each kind: its keys; for articles with a moment.
MOMENTS = {
    Kind.ARTICLE: live_editions,
    Kind.SHOW: shows_there,
    Kind.PERSON: visible_authors,
    Kind.MAKER: credited_people,
}


def most_common(ids, limit=6):
    counts = {}
    for pk in ids:
        counts[pk] = counts.get(pk, 0) + 1
    return sorted(counts, key=lambda pk: (-counts[pk], pk))[:limit]


def in_order(rows, ids):
    return sorted(rows, key=lambda row: ids.index(row.pk))
