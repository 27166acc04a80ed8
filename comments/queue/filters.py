"""What the queue shows: its tabs, and its choices by article, by reader and by order."""

from django.contrib.admin import SimpleListFilter
from django.db.models import OuterRef
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from ..models import Comment
from .counts import ALL, CAP, REPORTED, CountOf, reported, shown, tab_counts

PENDING = Comment.Status.PENDING
TABS = [PENDING, REPORTED, Comment.Status.APPROVED, Comment.Status.SPAM, Comment.Status.REJECTED, ALL]
LABELS = {**dict(Comment.Status.choices), REPORTED: _("Reported"), ALL: _("All")}
ARTICLES_OFFERED, LOOKED_AT, COUNTED = 12, 500, 100
# Digits of a number that is sure to fit into the database's own.
LONGEST_KEY = 18
SUSPICIOUS_FIRST, SUSPICIOUS_LAST = "suspicious-first", "suspicious-last"


def row_number(text):
    """A primary key as a request names it, or None for what no row can have."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None


def list_query(request):
    """What the address of the queue says, also where a page beside it was opened from there."""
    kept = request.GET.get("_changelist_filters")
    return request.GET if kept is None else QueryDict(kept)


def chosen_tab(request):
    """The tab that a request is about: pending unless it says otherwise."""
    chosen = list_query(request).get("status", PENDING)
    return chosen if chosen in TABS else PENDING


def chosen_order(request):
    """How waiting comments stand: by the spam score where that was chosen, else "" for the longest wait."""
    chosen = list_query(request).get("order", "")
    is_known = chosen in {SUSPICIOUS_FIRST, SUSPICIOUS_LAST}
    return chosen if is_known and chosen_tab(request) == PENDING else ""


class StatusTabs(SimpleListFilter):
    """A tab a status and one for complaints, with how many comments each has; at first, those that wait."""

    title = _("status")
    parameter_name = "status"
    template = "admin/comments/comment/_tabs.html"

    def lookups(self, request, model_admin):
        return [(tab, LABELS[tab]) for tab in TABS]

    def queryset(self, request, queryset):
        tab = chosen_tab(request)
        if tab == REPORTED:
            return queryset.filter(pk__in=reported()[:CAP])
        return queryset if tab == ALL else queryset.filter(status=tab)

    @cached_property
    def counts(self):
        return tab_counts()

    def choices(self, changelist):
        chosen = chosen_tab(self.request)
        for value, label in self.lookup_choices:
            yield {
                "value": value,
                "selected": value == chosen,
                "query_string": changelist.get_query_string({"status": value}, remove=["p", "order"]),
                "display": label,
                "count": shown(self.counts[value]),
            }


class ArticleFilter(SimpleListFilter):
    """The articles that have waited longest, the fullest first, and the chosen one; cards lead to theirs."""

    title = _("article")
    parameter_name = "article"
    template = "admin/comments/comment/_articles.html"

    def lookups(self, request, model_admin):
        offered = {} if "reader" in request.GET else dict(_articles_that_wait())
        chosen = self.value()
        if chosen and chosen not in offered:
            article = Article.objects.filter(pk=row_number(chosen)).first()
            offered |= {chosen: Truncator(article.headline).chars(60)} if article else {}
        return offered.items()

    def has_output(self):
        return bool(self.lookup_choices or self.value())

    def queryset(self, request, queryset):
        chosen = self.value()
        if not chosen:
            return queryset
        return queryset.filter(article_id=row_number(chosen))


def _articles_that_wait():
    """(key, headline with a number) of the articles of the comments that have waited longest."""
    longest = Comment.objects.pending().waiting_longest_first().values("article")[:LOOKED_AT]
    theirs = Comment.objects.pending().filter(article=OuterRef("pk")).order_by()
    articles = Article.objects.filter(pk__in=longest).order_by()
    found = articles.annotate(waiting=CountOf(theirs.values("pk")[: COUNTED + 1]))
    rows = sorted(found.values_list("waiting", "pk", "headline"), key=lambda row: (-row[0], row[1]))
    for count, pk, headline in rows[:ARTICLES_OFFERED]:
        number = f"{COUNTED}+" if count > COUNTED else count
        yield str(pk), f"{Truncator(headline).chars(60)} ({number})"


class ReaderFilter(SimpleListFilter):
    """All comments of the reader of one. The number of that one stands in the address, no e-mail address."""

    title = _("reader")
    parameter_name = "reader"
    template = "admin/comments/comment/_reader.html"

    def lookups(self, request, model_admin):
        return [(self.value(), self.value())] if self.value() else []

    @cached_property
    def reader(self):
        """The comment whose sender is meant; None where there is none, or none with an address."""
        comments = Comment.objects.filter(pk=row_number(self.value() or "")).exclude(folded_email="")
        return comments.only("folded_email", "name", "email").first()

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if not self.reader:
            return queryset.none()
        return queryset.filter(folded_email=self.reader.folded_email)

    def choices(self, changelist):
        yield {"query_string": changelist.get_query_string(remove=["reader", "p"]), "reader": self.reader}


class OrderChoice(SimpleListFilter):
    """How waiting comments are sorted; the score sorts and does nothing else."""

    title = _("order")
    parameter_name = "order"
    template = "admin/comments/comment/_orders.html"

    def lookups(self, request, model_admin):
        self.chosen = chosen_order(request)
        if chosen_tab(request) != PENDING:
            return []
        return [
            ("", _("Longest wait first")),
            (SUSPICIOUS_LAST, _("Most suspicious last")),
            (SUSPICIOUS_FIRST, _("Most suspicious first")),
        ]

    def queryset(self, request, queryset):
        return queryset

    def choices(self, changelist):
        for value, label in self.lookup_choices:
            yield {
                "selected": value == self.chosen,
                "query_string": changelist.get_query_string({"order": value or None}, remove=["p"]),
                "display": label,
            }
