"""A chart's lists of all time as a page shows them."""

from datetime import date
from typing import NamedTuple

from django.db.models import Max, Q

from shows.models import ChartTitle, PopularEntry
from shows.models.chart import TV_CATEGORIES, Category, Chart


class ListOfAllTime(NamedTuple):
    name: str
    days: int
    as_of_on: date
    entries: list

    @property
    def has_views(self):
        return any(entry.views is not None for entry in self.entries)


def lists_of_all_time(chart=Chart.NETFLIX_TOP10):
    """Of each list the newest on record, its entries with `show` where that is known; three queries."""
    rows = PopularEntry.objects.filter(chart=chart).order_by()
    newest = rows.values("category").annotate(Max("as_of_on"))
    wanted = Q()
    for row in newest:
        wanted |= Q(category=row["category"], as_of_on=row["as_of_on__max"])
    if not wanted:
        return []
    entries = list(rows.filter(wanted).order_by("rank"))
    titles = ChartTitle.objects.filter(chart=chart, show_title__in={entry.show_title for entry in entries})
    shows = {
        (title.show_title, title.season_title): title.season.show
        for title in titles.exclude(season=None).select_related("season__show")
    }
    for entry in entries:
        is_tv = entry.category in TV_CATEGORIES
        entry.show = shows.get((entry.show_title, entry.season_title)) if is_tv else None
    lists = {
        category: [each for each in entries if each.category == category] for category in Category.values
    }
    return [
        ListOfAllTime(Category(category).label, found[0].days, found[0].as_of_on, found)
        for category, found in lists.items()
        if found
    ]
