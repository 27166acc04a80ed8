"""The seasons that `shows.nearness` found to have had a similar first month, and what became of them."""

from collections import defaultdict
from typing import NamedTuple

from shows.fates import Fate, fate_of
from shows.models import Decision, Season
from shows.nearness import ENOUGH


class Similar(NamedTuple):
    season: Season
    factor: float
    fate: Fate | None


class SimilarSeasons(list):
    """Of one chart, the nearest first."""

    @property
    def are_few(self):
        return len(self) < ENOUGH


def with_similar(charts, on):
    """[(chart, its SimilarSeasons, or None where its first month is not compared)]; two queries for all.

    What is no longer on record is left out. Charts are remembered, so nothing is written into them.
    """
    wanted = {each["season"] for chart in charts for each in _nearest(chart) or []}
    seasons, fates = _seasons_and_fates(wanted, on) if wanted else ({}, {})
    return [(chart, _similar(_nearest(chart), seasons, fates)) for chart in charts]


def _nearest(chart):
    return chart.run.nearest if chart.run else None


def _similar(nearest, seasons, fates):
    if nearest is None:
        return None
    there = [each for each in nearest if each["season"] in seasons]
    return SimilarSeasons(
        Similar(seasons[each["season"]], each["factor"], fates[each["season"]]) for each in there
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
