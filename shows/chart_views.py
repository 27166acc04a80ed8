"""The pages of the charts: the lists of a week, worldwide or of a country, and those of all time."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from shows.all_time_lists import lists_of_all_time
from shows.models import PopularEntry, WeeklyList
from shows.models.chart import GLOBAL
from shows.viewership import first_week_ending
from shows.weekly_lists import WeekOfLists


@require_safe
def newest(request):
    """The lists of the newest week; a page of its own says that there are none yet."""
    week = WeeklyList.objects.worldwide_weeks().first()
    if week is None:
        return render(request, "shows/top10_none.html", {"has_popular": PopularEntry.objects.exists()})
    return _page(request, WeekOfLists(week))


@require_safe
def of_week(request, day, country=GLOBAL):
    """The lists of the week that ends on this day. Any other day of it leads there."""
    week = WeekOfLists(first_week_ending(day), country)
    if not week.lists:
        raise Http404
    return _page(request, week) if week.week_ending == day else redirect(week)


def _page(request, week):
    context = {
        "week": week,
        "is_worldwide": week.territory == GLOBAL,
        "has_popular": PopularEntry.objects.exists(),
    }
    return render(request, "shows/top10_week.html", context)


@require_safe
def all_time(request):
    """What had most in its first days: of each list the newest on record."""
    lists = lists_of_all_time()
    if not lists:
        raise Http404
    return render(request, "shows/top10_all_time.html", {"lists": lists})
