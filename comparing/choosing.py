"""What a reader may add to a comparison: what they search for, what stands near, and the newest lists."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from search.find import Kind, Search
from shows.models import ChartEntry, ChartRun, Season, Show, WeeklyList

from .asked import Key

SHOWS, NEWEST = 12, 5


class Choice(NamedTuple):
    """Something to add: its name, and the address of the comparison with it; "" where it is there."""

    name: str
    address: str = ""


@dataclass
class Found:
    """A show that was searched for, with what of it can be added."""

    show: Show
    choices: list = field(default_factory=list)


class Choices:
    """Each part is asked of the database when it is used."""

    def __init__(self, comparison):
        self.comparison, self.plain = comparison, comparison.plain

    def _choice(self, key, name):
        return Choice(name, "" if key in self.plain.keys else self.plain.with_key(key).address)

    def _season(self, season):
        told = {"show": season.show.title, "number": season.number}
        return self._choice(Key.of(season), _("%(show)s, season %(number)s") % told)

    @property
    def found(self):
        """Shows by their titles, the best first, as Found."""
        text = self.comparison.asked.q
        ids = [hit.pk for hit in Search(text, kind=Kind.SHOW).hits[:SHOWS]] if text else []
        shows = {show.pk: Found(show) for show in Show.objects.with_label().filter(pk__in=ids)}
        runs = ChartRun.objects.filter(season__show__in=ids).values("season")
        for season in Season.objects.filter(pk__in=runs).select_related("show").order_by("number"):
            name = _("Season %(number)s") % {"number": season.number}
            shows[season.show_id].choices.append(self._choice(Key.of(season), name))
        for each in shows.values():
            if len(each.choices) > 1:
                each.choices.append(self._choice(Key(each.show.slug), _("All seasons together")))
        return [shows[pk] for pk in ids if pk in shows]

    @property
    def siblings(self):
        """The other seasons of the shows that are there."""
        return [self._season(season) for season in self.comparison.siblings]

    @property
    def similar(self):
        """Seasons whose first month was most like that of the only one that is there."""
        curves = self.comparison.curves
        run = curves[0].run if len(curves) == 1 else None
        wanted = [each["season"] for each in (run.nearest if run else None) or []]
        seasons = Season.objects.select_related("show").in_bulk(wanted) if wanted else {}
        return [self._season(seasons[pk]) for pk in wanted if pk in seasons]

    @property
    def newest(self):
        """[(name of the list, choices)] of the seasons in the newest worldwide lists: where one may begin."""
        week = WeeklyList.objects.worldwide_weeks().first()
        if week is None:
            return []
        lines = ChartEntry.objects.worldwide().of_tv().filter(week_ending=week, season__isnull=False)
        by_list = defaultdict(list)
        for line in lines.select_related("season__show").order_by("category", "rank"):
            by_list[line.get_category_display()].append(self._season(line.season))
        return [(name, choices[:NEWEST]) for name, choices in by_list.items()]
