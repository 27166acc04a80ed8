"""A short news article about a decision, started with what the record knows."""

from django.db.models import Count
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from shows.decision_words import headline_of, is_dated_to_the_day, sentence_of

from .models import Article, Category, Edition, Panel, Section
from .starts import Start, start_article


def news_about(decision, *, by):
    """A draft of `by`'s with headline, show, category, a first sentence with its source, and the facts box.

    The one that they started about it today, where there is one: a second press makes no second draft.
    """
    headline = headline_of(decision)[:200]
    today = timezone.localdate()
    mine = Article.objects.filter(owner=by, show=decision.show, headline=headline, published_at=None)
    for article in mine:
        if timezone.localdate(article.created_at) == today:
            return article
    article = start_article(
        Start.NEWS, by=by, headline=headline, show=decision.show, category=likely_category(decision.show_id)
    )
    Section.objects.filter(parent=article).update(
        body=first_words(decision),
        sources=" ".join(filter(None, [decision.source_name, decision.source_url])),
    )
    Panel.objects.create(parent=article, region="main", ordering=20, kind=Panel.Kind.FACTS)
    return article


def first_words(decision):
    """The paragraph that the record gives; what it means is the writer's to say."""
    sentence = sentence_of(decision)
    if decision.announced_on is None:
        return format_html("<p>{}</p>", sentence)
    told = {"sentence": sentence.removesuffix("."), "date": decision.announced_text}
    if is_dated_to_the_day(decision):
        return format_html("<p>{}</p>", gettext("%(sentence)s on %(date)s.") % told)
    return format_html("<p>{}</p>", gettext("%(sentence)s in %(date)s.") % told)


def likely_category(show_id):
    """Where most live articles about the show are filed, else most of all; None where nothing is live."""
    about_show = Edition.objects.live().about_show(show_id)
    for editions in (about_show, Edition.objects.live()):
        counted = editions.order_by().values("article__category").annotate(count=Count("pk"))
        first = counted.exclude(article__category=None).order_by("-count", "article__category").first()
        if first:
            return Category.objects.get(pk=first["article__category"])
    return None
