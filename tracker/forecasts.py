"""The site's record of forecasts: all of them, judged by the decisions on record, narrowed by an address."""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from shows.forecast_scores import Score
from shows.forecasts import Verdict, judge, judged_of
from shows.models import Decision, Outlook, Season, Show

PAGE = 50
OUTLOOK = (
    *("pk", "show_id", "season_number", "step", "dated_on", "withdrawn_at"),
    *("show__network__slug", "show__network__name"),
)
SEASON = ("show_id", "number", "began_on")
DECISION = ("pk", "show_id", "outcome", "season_number", "announced_on", "precision")


class Asked(NamedTuple):
    """What an address asks for; what it says wrongly is as if it were not there."""

    verdict: str = ""
    network: str = ""
    year: str = ""

    @classmethod
    def from_query(cls, query):
        said = {name: query.get(name, "").replace("\0", "").strip()[:100] for name in cls.__annotations__}
        return cls(
            verdict=said["verdict"] if said["verdict"] in Verdict.values else "",
            network=said["network"],
            year=said["year"] if said["year"].isascii() and said["year"].isdecimal() else "",
        )

    @property
    def is_narrowed(self):
        return bool(self.verdict or self.network or self.year)


class ForecastBoard:
    """All forecasts in three queries, light as they are needed to judge and count them; in five more, what is
    told of those that are drawn."""

    def __init__(self, asked, on=None):
        self.asked, self.on = asked, on or timezone.localdate()

    @cached_property
    def everything(self):
        """Every forecast as `Judged`, the latest first."""
        forecast = Outlook.objects.order_by().values("show")
        seasons = Season.objects.dated().annotate(began_on=F("begun_on")).filter(show__in=forecast)
        decisions = Decision.objects.exclude(outcome__in=Decision.SILENT).filter(show__in=forecast)
        seasons, decisions = _by_show(seasons, SEASON), _by_show(decisions, DECISION)
        judged = [
            each
            for show, outlooks in _by_show(Outlook.objects.filter(dated_on__lte=self.on), OUTLOOK).items()
            for each in judge(outlooks, seasons[show], decisions[show], self.on)
        ]
        return sorted(judged, key=lambda each: (each.outlook.dated_on, each.outlook.pk), reverse=True)

    @cached_property
    def scored_among(self):
        """Those that the score is of: narrowed by network and year, never by what became of them."""
        asked = self.asked
        return [
            each
            for each in self.everything
            if (not asked.network or each.outlook.show__network__slug == asked.network)
            and (not asked.year or str(each.outlook.dated_on.year) == asked.year)
        ]

    @cached_property
    def score(self):
        return Score(self.scored_among)

    @cached_property
    def found(self):
        """The ids of the forecasts that are asked for, the latest first."""
        asked = self.asked.verdict
        return [each.outlook.pk for each in self.scored_among if not asked or each.verdict == asked]

    def rows(self, start=0, end=None):
        """`Judged` forecasts of those that are found, from one place to another, with all that is told of
        them."""
        ids = self.found[start:end]
        shows = Show.objects.with_label().filter(outlooks__in=ids).distinct()
        judged = {}
        for show in shows.prefetch_related("seasons", "decisions", "outlooks"):
            for outlook in show.outlooks.all():
                outlook.show = show
            judged |= judged_of(show, self.on)
        return [judged[pk] for pk in ids if pk in judged]

    @property
    def verdicts(self):
        """(value, label, count) of what became of them, where it became of any."""
        counts = self.score.counts
        return [(each.value, each.label, counts[each]) for each in Verdict if counts[each]]

    @cached_property
    def networks(self):
        """(slug, name) of the networks whose shows were forecast about, by name."""
        rows = [each.outlook for each in self.everything if each.outlook.show__network__slug]
        found = {row.show__network__slug: row.show__network__name for row in rows}
        return sorted(found.items(), key=lambda each: each[1].casefold())

    @cached_property
    def years(self):
        return sorted({each.outlook.dated_on.year for each in self.everything}, reverse=True)


def _by_show(rows, fields):
    found = defaultdict(list)
    for row in rows.order_by("pk").values_list(*fields, named=True):
        found[row.show_id].append(row)
    return found
