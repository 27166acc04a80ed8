"""The moderation queue as a changelist of Django's admin: its tabs, its filter by article, its pages."""

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from .models import Comment

ALL = "all"
ARTICLES_OFFERED = 12
# Digits of a number that is sure to fit into the database's own.
LONGEST_KEY = 18


def chosen_status(request):
    """The status that a queue's request is about: pending unless it says otherwise, None for all."""
    chosen = request.GET.get("status", Comment.Status.PENDING)
    if chosen == ALL:
        return None
    return chosen if chosen in Comment.Status.values else Comment.Status.PENDING


def row_number(text):
    """A primary key as a request names it, or None for what no row can have."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None


class StatusTabs(SimpleListFilter):
    """A tab a status, with how many comments it has; without a choice, those that wait."""

    title = _("status")
    parameter_name = "status"
    template = "admin/comments/comment/_tabs.html"

    def lookups(self, request, model_admin):
        return [*Comment.Status.choices, (ALL, _("All"))]

    def queryset(self, request, queryset):
        status = chosen_status(request)
        return queryset.filter(status=status) if status else queryset

    def choices(self, changelist):
        counts = Comment.objects.order_by().values_list("status").annotate(Count("pk"))
        counts = dict(counts)
        counts[ALL] = sum(counts.values())
        chosen = chosen_status(self.request) or ALL
        for value, label in self.lookup_choices:
            yield {
                "selected": value == chosen,
                "query_string": changelist.get_query_string({"status": value}, remove=["p"]),
                "display": label,
                "count": counts.get(value, 0),
            }


class ArticleFilter(SimpleListFilter):
    """The articles with the most waiting comments, and the chosen one; cards lead to their own."""

    title = _("article")
    parameter_name = "article"
    template = "admin/comments/comment/_articles.html"

    def lookups(self, request, model_admin):
        waiting = Comment.objects.pending().values("article").annotate(count=Count("pk"))
        waiting = waiting.order_by("-count", "article").values_list("article", "article__headline", "count")
        offered = {
            str(pk): f"{Truncator(headline).chars(60)} ({n})"
            for pk, headline, n in waiting[:ARTICLES_OFFERED]
        }
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
        return queryset.filter(article__pk=row_number(chosen))


class LastPagePaginator(Paginator):
    """Answers the last page for any page after it: deciding on a page's comments makes it disappear."""

    def page(self, number):
        return super().page(min(int(number), self.num_pages))


class Queue(ChangeList):
    """The list; every comment in it knows the way to its own page, which leads back to this very list."""

    def get_results(self, request):
        super().get_results(request)
        if not self.query:  # or the search box would say that something is left out
            self.full_result_count = self.result_count
        self.page_num = min(self.page_num, self.paginator.num_pages)
        self.result_list = list(self.result_list)
        filters = self.preserved_filters
        may_moderate = self.model_admin.has_moderate_permission(request)
        for comment in self.result_list:
            comment.may_moderate = may_moderate
            address = reverse("admin:comments_comment_change", args=[comment.pk])
            comment.own_page = f"{address}?{filters}" if filters else address
