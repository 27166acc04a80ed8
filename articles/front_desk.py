"""What waits for somebody on the newsroom's front page: short lists, each with how many there are in all."""

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from shows.models import Show
from shows.status import Status

from .desk import State, with_state
from .models import Article, Edition, Review

LENGTH = 8


class Few(list):
    """The first rows of a list, and the `total` of all."""

    def __init__(self, rows=(), total=0):
        super().__init__(rows)
        self.total = total

    @property
    def has_more(self):
        return self.total > len(self)


def few(queryset):
    """The first rows with the number of all, in one query."""
    rows = list(queryset.annotate(total=Window(Count("pk")))[:LENGTH])
    return Few(rows, rows[0].total if rows else 0)


def waiting_for(user):
    """The front page's lists by what is to be done with them; {} for who may not read articles."""
    if not user.has_perm("articles.view_article"):
        return {}
    articles = with_state(Article.objects.select_related("show", "category"))
    lists = {"published": few(articles.published().order_by("-published_at", "-pk"))}
    if user.has_perm("articles.change_article"):
        lists |= unfinished(articles.filter(owner=user))
        lists["ahead"] = few(articles.filter(desk_state=State.AHEAD).editable_by(user))
        lists["scheduled"] = to_come(user)
    if user.has_perm("shows.add_decision"):
        lists["awaiting"] = awaiting_longest()
    return lists


def unfinished(own):
    """Somebody's own drafts, and what editors have sent back to them, in one query."""
    is_back = Case(When(review_outcome=Review.Outcome.SENT_BACK, then=True), default=False)
    rows = list(
        with_latest_review(own)
        .filter(Q(desk_state=State.DRAFT) | Q(review_outcome=Review.Outcome.SENT_BACK))
        .annotate(is_back=is_back)
        .annotate(
            total=Window(Count("pk"), partition_by="is_back"),
            place=Window(RowNumber(), partition_by="is_back", order_by=["-saved_at", "-pk"]),
        )
        .filter(place__lte=LENGTH)
        .order_by("place")
    )
    return {
        name: Few(found, found[0].total if found else 0)
        for name, wanted in (("sent_back", True), ("drafts", False))
        for found in [[article for article in rows if article.is_back == wanted]]
    }


def with_latest_review(articles):
    """`review_outcome` and `review_note` of the last round, in the same query."""
    last = Review.objects.filter(article=OuterRef("pk")).order_by("-submitted_at", "-pk")
    return articles.annotate(
        review_outcome=Subquery(last.values("outcome")[:1]),
        review_note=Subquery(last.values("note")[:1]),
        review_by=Subquery(last.values("decided_by_name")[:1]),
    )


def to_come(user):
    """What changes for readers by the clock, the next first: versions that go live, articles that go off."""
    now = timezone.now()
    mine = Article.objects.editable_by(user)
    versions = few(
        Edition.objects.filter(published_at__gt=now, article__in=mine)
        .order_by("published_at", "number")
        .only("article_id", "headline", "number", "published_at")
    )
    leaving = few(
        mine.published(now)
        .filter(withdrawn_at__gt=now)
        .only("headline", "withdrawn_at")
        .order_by("withdrawn_at")
    )
    moments = [coming(edition) for edition in versions] + [going(article) for article in leaving]
    moments.sort(key=lambda each: each["at"])
    return Few(moments[:LENGTH], versions.total + leaving.total)


def coming(edition):
    what = gettext("Version %d goes live") % edition.number if edition.number > 1 else gettext("Goes live")
    return {
        "at": edition.published_at,
        "what": what,
        "headline": edition.headline,
        "url": reverse("admin:articles_article_versions", args=[edition.article_id]),
    }


def going(article):
    return {
        "at": article.withdrawn_at,
        "what": gettext("Goes off"),
        "headline": article.headline,
        "url": reverse("admin:articles_article_change", args=[article.pk]),
    }


def awaiting_longest():
    """The shows that have waited longest for a decision, with the days since their finale as `days`."""
    today = timezone.localdate()
    shows = few(
        Show.objects.with_status_in(Status.AWAITING, on=today).order_by(F("last_finale_on"), "title", "pk")
    )
    for show in shows:
        show.days = (today - show.last_finale_on).days
    return shows
