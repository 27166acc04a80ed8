"""The queue's list: which comments stand on a page, found by index however many there are."""

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import F
from django.utils.functional import cached_property

from ..models import Comment
from .cards import dressed, load
from .counts import ALL, CAP, REPORTED, shown
from .filters import SUSPICIOUS_FIRST, chosen_order, chosen_tab


class CappedPaginator(Paginator):
    """Pages of the first CAP rows. For any page after the last it answers the last one: deciding on a page's
    comments makes it disappear.
    """

    @cached_property
    def count(self):
        return min(CAP, self.found)

    @cached_property
    def found(self):
        """How many there are; CAP + 1 stands for more than CAP."""
        return self.object_list.order_by()[: CAP + 1].count()

    def page(self, number):
        return super().page(self.number_of(number))

    def number_of(self, number):
        return max(1, min(int(number), self.num_pages))


class Queue(ChangeList):
    """The list; every comment in it knows the way to its own page, which leads back to this very list."""

    def get_results(self, request):
        paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        [tabs] = [spec for spec in self.filter_specs if spec.parameter_name == "status"]
        if not self.query and not self.params.keys() & {"article", "reader"}:
            paginator.found = tabs.counts[chosen_tab(request)]
        self.page_num = paginator.number_of(self.page_num)
        self.paginator, self.result_count = paginator, paginator.count
        self.count_shown = shown(paginator.found)
        self.full_result_count = self.result_count
        # Without a search the search box must not say that something is left out.
        self.show_full_result_count = not self.query
        self.show_admin_actions = bool(self.result_count)
        self.can_show_all, self.multi_page = False, paginator.num_pages > 1
        start = (self.page_num - 1) * self.list_per_page
        keys = self._keys(request, start, start + self.list_per_page)
        self.result_list = dressed(load(keys), request, self.model_admin)

    def _keys(self, request, start, stop):
        """The keys of the comments in these places of the list."""
        if chosen_tab(request) == ALL and not self.query and "reader" not in self.params:
            return _newest(self.queryset, start, stop)
        return list(in_order(self.queryset, request).values_list("pk", flat=True)[start:stop])


def in_order(queryset, request):
    """The queue's rows in the order that its request asks for; by score only those that wait longest."""
    tab, order = chosen_tab(request), chosen_order(request)
    if order:
        longest = queryset.waiting_longest_first().values("pk")[:CAP]
        by_score = F("spam_score")
        score = by_score.desc if order == SUSPICIOUS_FIRST else by_score.asc
        return Comment.objects.filter(pk__in=longest).order_by(score(nulls_last=True), "created_at", "pk")
    if tab == REPORTED:
        return queryset.order_by("pk")
    if tab == Comment.Status.PENDING:
        return queryset.waiting_longest_first()
    return queryset.order_by("-created_at", "-pk")


def _newest(queryset, start, stop):
    """The keys of the newest of all, merged from the newest of each status: no index has them in one."""
    parts, params = [], []
    for status in Comment.Status.values:
        rows = queryset.filter(status=status).order_by("-created_at", "-pk").select_related(None)
        sql, values = rows.values("created_at", "pk")[:stop].query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS {status}")  # noqa: S608
        params += values
    merged = f"{' UNION ALL '.join(parts)} ORDER BY 1 DESC, 2 DESC LIMIT %s OFFSET %s"
    with connection.cursor() as cursor:
        cursor.execute(merged, [*params, stop - start, start])
        return [row[1] for row in cursor.fetchall()]
