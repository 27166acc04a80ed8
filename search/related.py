"""What an article's readers may like to read next: what shares its tags, and words of its headline."""

from collections import Counter

from django.db.models import Q
from django.utils import timezone

from articles.models import Edition
from articles.models.edition import Headline
from pagestore.by_heart import by_heart
from queries.prepared import Prepared

from . import engines
from .folding import words_of

SHOWN, LOOKED_AT = 4, 60
SHORTEST, MOST_WORDS = 4, 8
# Words of headlines that say nothing of what an article is about.
SILENT = """
about after again all also another back before could does done down ever every explained first from
gets goes have here into just last like made make more most much need never next only other over
says season should show shows some still than that their them then there these they this those time
told until what when where which while will with without would year years your
"""
# A word that so many of the newest share says less than one that few do.
MANY, LITTLE = 10, 0.4
TAG = 2

# A list that no number is in.
NONE = [0]


@Prepared
def LIVE(editions, articles, now):
    likest = Q(pk__in=editions) | Q(article__pk__in=articles)
    return Edition.objects.live(now).filter(likest).for_headlines()


def related_to(story):
    """`Headline`s of what has to do with an article, the likest first, without what `story.coverage` has."""
    known = frozenset({story.edition.article.pk, *(edition.article_id for edition in story.coverage)})
    return likest(story.edition.headline, tuple(story.sharing_tags), known)


@by_heart(most=50)
def likest(headline, sharing_tags, known):
    """`Headline`s of what shares words with a headline, or tags (articles' numbers, once for each): the
    likest first, without the articles that are `known` already."""
    by_edition, by_article = by_headline(headline), by_tags(sharing_tags)
    editions = [pk for pk, _points in by_edition.most_common(LOOKED_AT // 2)]
    articles = [pk for pk, _points in by_article.most_common(LOOKED_AT // 2)]
    wanted = {"editions": editions or NONE, "articles": articles or NONE}
    live = LIVE(**wanted, now=timezone.now()) if by_edition or by_article else []
    headlines = map(Headline._make, live)
    points = {each: by_edition[each.pk] + by_article[each.article_id] for each in headlines}
    related = [each for each in points if points[each] >= 1 and each.article_id not in known]
    return sorted(related, key=points.get, reverse=True)[:SHOWN]


def by_headline(headline):
    """Points by edition for what the headlines share, of the newest that share anything."""
    words = {word for word in words_of(headline) if len(word) >= SHORTEST} - set(SILENT.split())
    if not words:
        return Counter()
    wanted = engines.Wanted(sorted(words)[:MOST_WORDS], tags=["k_article"], any_word=True, within="title")
    rows = engines.newest(wanted, LOOKED_AT)
    shared = {row.object_id: words.intersection(row.title.split()) for row in rows}
    counts = Counter(word for some in shared.values() for word in some)
    return Counter(
        {pk: sum(1 if counts[word] < MANY else LITTLE for word in some) for pk, some in shared.items()}
    )


def by_tags(sharing):
    """Points by article for each tag that it shares, of those that were filed under one last."""
    return Counter({pk: TAG * count for pk, count in Counter(sharing).items()})
