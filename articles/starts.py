"""How an article starts: outlines that are made as rows, so that nothing of them is lost."""

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from .models import Article, ArticleAuthor, Author, Section

Kind = Section.Kind


class Start(models.TextChoices):
    NEWS = "news", _("Short news")
    RENEWAL = "renewal", _("Renewal story")
    EMPTY = "empty", _("Empty")


OUTLINES = {
    Start.NEWS: [(Kind.OTHER, "")],
    Start.RENEWAL: [
        (Kind.OVERVIEW, _("A brief overview")),
        (Kind.DECISION, _("The decision")),
        (Kind.VIEWERSHIP, _("Viewership")),
        (Kind.SPECULATION, _("What could come next")),
        (Kind.CONCLUSION, _("Conclusion")),
    ],
    Start.EMPTY: [],
}


def start_article(start, *, by, **fields):
    """A new draft of `by`'s with the sections of this start and, where `by` has one, their own byline."""
    for _attempt in range(9):
        try:
            return _start(start, by, fields)
        except IntegrityError:
            # Somebody took the address that was free a moment ago: another is made.
            continue
    return _start(start, by, fields)


@transaction.atomic
def _start(start, by, fields):
    article = Article.objects.create(owner=by, **fields)
    for position, (kind, heading) in enumerate(OUTLINES[start], start=1):
        Section.objects.create(parent=article, ordering=position * 10, kind=kind, heading=str(heading))
    if author := Author.objects.filter(user=by).first():
        ArticleAuthor.objects.create(article=article, author=author, position=1)
    return article
