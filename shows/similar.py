"""The seasons that `shows.nearness` found to have had a similar first month, and what became of them."""

from collections import defaultdict
from dataclasses import dataclass

from shows.fates import Fate, fate_of
from shows.models import Decision, Season
from shows.nearness import ENOUGH


@dataclass(frozen=True)
class Similar:
    season: Season
    factor: float
    fate: Fate | None


class SimilarSeasons(list):
    """Of one chart, the nearest first."""

    @property
    def are_few(self):
        return len(self) < ENOUGH


def add_similar(charts, on):
    """Give the charts whose first month is compared their `similar`; two queries for all, none for none.

    What is no longer on record is left out.
    """
    compared = [chart for chart in charts if chart.run and chart.run.nearest is not None]
    wanted = {each["season"] for chart in compared for each in chart.run.nearest}
    seasons, fates = _seasons_and_fates(wanted, on) if wanted else ({}, {})
    for chart in compared:
        chart.similar = SimilarSeasons(
            Similar(seasons[pk], each["factor"], fates[pk])
            for each in chart.run.nearest
            if (pk := each["season"]) in seasons
        )


def _seasons_and_fates(wanted, on):
    shows = Season.objects.filter(pk__in=wanted).values("show")
    of_show, decided = defaultdict(list), defaultdict(list)
    for season in Season.objects.filter(show__in=shows).select_related("show__network"):
        of_show[season.show_id].append(season)
    for decision in Decision.objects.filter(show__in=shows).select_related("network", "show__network"):
        decided[decision.show_id].append(decision)
    seasons = {each.pk: each for rows in of_show.values() for each in rows if each.pk in wanted}
    fates = {
        pk: fate_of(each, of_show[each.show_id], decided[each.show_id], on) for pk, each in seasons.items()
    }
    return seasons, fates
