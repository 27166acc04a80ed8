"""A show's status: what its latest decision and its dates say on a day. No column stores it.

The rules stand here twice, once for one show in Python (`standing_of`) and once for many in SQL
(`annotations`); a property test holds the two equal.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Case, DateField, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from shows.models.decision import Decision
from shows.models.season import Season
from shows.status_words import Status, StatusWords

Outcome = Decision.Outcome
MONTHS_UNTIL_UNKNOWN = 24


@dataclass(frozen=True)
class Standing(StatusWords):
    """A show's status on a day and what it rests on. The `status_…` fields after the first describe the
    decision in force and are None where the dates alone decide; `with_status()` annotates the same names."""

    status: str
    status_as_of: date
    status_outcome: str | None = None
    status_on: date | None = None
    status_precision: str | None = None
    status_season: int | None = None
    status_network_name: str | None = None
    status_source_name: str | None = None
    status_source_url: str | None = None
    last_season_number: int | None = None
    last_began_on: date | None = None
    last_finale_on: date | None = None


def lapsed_on(on):
    """The day 24 months before `on`: a wait for a decision since a finale on it or earlier has lapsed."""
    year = on.year - MONTHS_UNTIL_UNKNOWN // 12
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February
        return on.replace(year=year, day=28)


def standing_of(show, seasons, decisions, on):
    """The `Standing` of one show on a day, from all of its seasons and decisions."""
    seasons = [season for season in seasons if season.began_on]
    last = max(seasons, key=lambda season: (season.began_on, season.number), default=None)
    begun = [season for season in seasons if season.began_on <= on]
    decision = decision_in_force(seasons, decisions, on)
    return Standing(
        status=_status(show, decision, last, begun, on),
        status_as_of=on,
        **_told_by(show, decision),
        last_season_number=last.number if last else None,
        last_began_on=last.began_on if last else None,
        last_finale_on=last.finale_on if last else None,
    )


def decision_in_force(seasons, decisions, on):
    """The latest decision that counts by `on`, unless it was a promise that a season has kept; or None."""
    begun = [season for season in seasons if season.began_on and season.began_on <= on]
    counting = [
        decision
        for decision in decisions
        if decision.outcome not in Decision.SILENT
        and (decision.announced_on is None or decision.announced_on <= on)
    ]
    latest = max(counting, key=lambda each: (each.announced_on or date.min, each.pk), default=None)
    if latest and latest.outcome in (Outcome.RENEWED, Outcome.REVIVED) and _is_kept(latest, begun):
        return None
    return latest


def _is_kept(decision, begun):
    """Whether the season that a decision promises has begun; without a number, the first one after it."""
    if decision.season_number:
        return any(season.number >= decision.season_number for season in begun)
    return any(season.began_on > decision.announced_on for season in begun)


def _status(show, decision, last, begun, on):
    outcome = decision.outcome if decision else None
    if outcome in (Outcome.CANCELLED, Outcome.ENDED, Outcome.RENEWED, Outcome.REVIVED):
        return Status(outcome)
    if outcome == Outcome.FINAL_SEASON and not _is_kept(decision, begun):
        return Status.FINAL_SEASON
    if not begun:
        return Status.UPCOMING
    if last.finale_on is None or last.finale_on >= on:
        return Status.RUNNING
    if show.format == show.Format.LIMITED or outcome == Outcome.FINAL_SEASON:
        return Status.ENDED
    return Status.UNKNOWN if last.finale_on <= lapsed_on(on) else Status.AWAITING


def _told_by(show, decision):
    if decision is None:
        return {}
    network = decision.network or show.network
    return {
        "status_outcome": decision.outcome,
        "status_on": decision.announced_on,
        "status_precision": decision.precision,
        "status_season": decision.season_number,
        "status_network_name": network.name if network else None,
        "status_source_name": decision.source_name,
        "status_source_url": decision.source_url,
    }


def annotations(on):
    """The steps, each for `annotate()`, that give every show of a queryset the fields of its `Standing`."""
    last_season = Season.objects.dated().filter(show=OuterRef("pk")).order_by("-begun_on", "-number")
    return [
        {
            "in_force": FilteredRelation(
                "decisions", condition=Q(decisions__pk=Subquery(_in_force(on).values("pk")[:1]))
            ),
            "last_season": FilteredRelation(
                "seasons", condition=Q(seasons__pk=Subquery(last_season.values("pk")[:1]))
            ),
        },
        {
            "status": _status_case(on),
            "status_as_of": Value(on, output_field=DateField()),
            "status_outcome": F("in_force__outcome"),
            "status_on": F("in_force__announced_on"),
            "status_precision": F("in_force__precision"),
            "status_season": F("in_force__season_number"),
            "status_network_name": Case(
                When(in_force__pk__isnull=False, then=Coalesce("in_force__network__name", "network__name"))
            ),
            "status_source_name": F("in_force__source_name"),
            "status_source_url": F("in_force__source_url"),
            "last_season_number": F("last_season__number"),
            "last_began_on": Coalesce("last_season__premiered_on", "last_season__finale_on"),
            "last_finale_on": F("last_season__finale_on"),
        },
    ]


def _in_force(on):
    """The decision in force of the show at hand; to be read two queries deep, inside a join's condition."""
    counting = Decision.objects.exclude(outcome__in=Decision.SILENT).filter(
        Q(announced_on=None) | Q(announced_on__lte=on), show=OuterRef(OuterRef("pk"))
    )
    latest = counting.order_by(F("announced_on").desc(nulls_last=True), "-pk").values("pk")[:1]
    kept = Q(outcome__in=[Outcome.RENEWED, Outcome.REVIVED]) & _kept(on)
    return Decision.objects.filter(~kept, pk=Subquery(latest)).order_by()


def _kept(on):
    """The condition on a decision that `_is_kept` says in Python."""
    begun = Season.objects.begun(on).filter(show=OuterRef("show"))
    return Q(season_number__isnull=False) & Exists(begun.filter(number__gte=OuterRef("season_number"))) | Q(
        season_number=None
    ) & Exists(begun.filter(begun_on__gt=OuterRef("announced_on")))


def _status_case(on):
    begun = Exists(Season.objects.begun(on).filter(show=OuterRef("pk")))
    final_begun = Exists(Decision.objects.filter(_kept(on), pk=OuterRef("in_force__pk")))
    final = Q(in_force__outcome=Outcome.FINAL_SEASON)
    return Case(
        When(
            in_force__outcome__in=[Outcome.CANCELLED, Outcome.ENDED, Outcome.RENEWED, Outcome.REVIVED],
            then=F("in_force__outcome"),
        ),
        When(final & ~final_begun, then=Value(Status.FINAL_SEASON)),
        When(~begun, then=Value(Status.UPCOMING)),
        When(Q(last_season__finale_on=None) | Q(last_season__finale_on__gte=on), then=Value(Status.RUNNING)),
        When(final | Q(format="limited"), then=Value(Status.ENDED)),
        When(last_season__finale_on__lte=lapsed_on(on), then=Value(Status.UNKNOWN)),
        default=Value(Status.AWAITING),
        output_field=models.CharField(),
    )
