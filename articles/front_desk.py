"""What waits for somebody on the newsroom's front page: short lists, each with how many there are in all."""

from collections import defaultdict

from django.db.models import Count, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from shows.models import shows_with_status
from shows.status import Status

from .desk import State, with_state
from .models import Article, Edition, Review
from .reviews import sent_back_to, waiting_for_review

LENGTH = 8
# What says of an edition's article whether readers see it at a moment.
STANDING = ("article__published_at", "article__withdrawn_at", "article__returns_at")


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
    lists = {"published": recently_published(user, articles)}
    if user.has_perm("articles.change_article"):
        lists |= reviews(user) | unfinished(user, articles)
        lists["scheduled"] = to_come(user)
    if user.has_perm("shows.add_decision"):
        lists["awaiting"] = awaiting_longest()
    return lists


def recently_published(user, articles):
    """What readers got last; a colleague's article has a `live_url` where this person may not open it."""
    rows = few(articles.published().order_by("-published_at", "-pk"))
    is_own_only = user.has_perm("articles.change_article") and not user.has_perm("articles.edit_any_article")
    for article in rows:
        if is_own_only and article.owner_id != user.pk:
            article.live_url = article.get_absolute_url()
    return rows


def few_by(column, queryset, *order):
    """{value of the column: the first rows with it}, in one query."""
    found = defaultdict(Few)
    total = Window(Count("pk"), partition_by=column)
    place = Window(RowNumber(), partition_by=column, order_by=order)
    rows = queryset.annotate(total=total, place=place).filter(place__lte=LENGTH)
    for row in rows.order_by("place"):
        few = found[getattr(row, column)]
        few.append(row)
        few.total = row.total
    return found


def reviews(user):
    """What waits for an editor, and what was sent back to a writer, the oldest first."""
    found = few_by("outcome", waiting_for_review(user) | sent_back_to(user), "submitted_at", "pk")
    return {"waiting": found[Review.Outcome.WAITING], "sent_back": found[Review.Outcome.SENT_BACK]}


def unfinished(user, articles):
    """Somebody's own drafts without what was sent back, and what is ahead of its live text."""
    last = Review.objects.filter(article=OuterRef("pk")).order_by("-submitted_at", "-pk")
    articles = articles.annotate(review_outcome=Coalesce(Subquery(last.values("outcome")[:1]), Value("")))
    own = Q(desk_state=State.DRAFT, owner=user) & ~Q(review_outcome=Review.Outcome.SENT_BACK)
    rows = articles.editable_by(user).filter(own | Q(desk_state=State.AHEAD))
    found = few_by("desk_state", rows, "-saved_at", "-pk")
    return {"drafts": found[State.DRAFT], "ahead": found[State.AHEAD]}


def to_come(user):
    """What changes for readers by the clock, the next first: versions that go live, articles that go off."""
    now = timezone.now()
    mine = Article.objects.editable_by(user)
    versions = few(
        Edition.objects.filter(published_at__gt=now, article__in=mine)
        .order_by("published_at", "number")
        .select_related("article")
        .only("article", "headline", "number", "published_at", *STANDING)
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
    if not edition.article.is_public_at(edition.published_at):
        what = gettext("Version %d stays off") % edition.number
    elif edition.number > 1:
        what = gettext("Version %d goes live") % edition.number
    else:
        what = gettext("Goes live")
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
        shows_with_status(today).filter(status=Status.AWAITING).order_by(F("last_finale_on"), "title", "pk")
    )
    for show in shows:
        show.days = (today - show.last_finale_on).days
    return shows
