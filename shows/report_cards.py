"""Networks' report cards: of the seasons that they decided about, how many were renewed.

docs/record.md has the limits.

A season counts for each network that decided about it, by that network's own last word; where no decision is
on record and another season followed, it counts for the network that has the show now.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q

from shows.fates import CANCELLED, ENDED, RENEWED, fate_of
from shows.figures import whole_percent
from shows.models import Decision, Network, Season, Show

# A share of fewer is not told.
ENOUGH = 10
SEASON = ("show_id", "number", "began_on", "show__network_id")
DECISION = (
    *("pk", "show_id", "outcome", "season_number", "announced_on", "precision"),
    *("network_id", "show__network_id"),
)


@dataclass
class ReportCard:
    """What became of the seasons that a network decided about; a share is None where there are too few."""

    kinds: Counter = field(default_factory=Counter)
    first_seasons: int = 0
    one_season: int = 0
    first_year: int = date.max.year
    last_year: int = 0
    enough = ENOUGH

    def add(self, season, kind, is_followed):
        """`is_followed` tells whether another season began, wherever it was shown."""
        self.kinds[kind] += 1
        self.first_year = min(self.first_year, season.began_on.year)
        self.last_year = max(self.last_year, season.began_on.year)
        if season.number == 1:
            self.first_seasons += 1
            self.one_season += kind != RENEWED and not is_followed

    @property
    def decided(self):
        return self.kinds.total()

    @property
    def renewed(self):
        return self.kinds[RENEWED]

    @property
    def cancelled(self):
        return self.kinds[CANCELLED]

    @property
    def ended(self):
        return self.kinds[ENDED]

    @property
    def renewed_percent(self):
        return whole_percent(self.renewed, self.decided) if self.decided >= ENOUGH else None

    @property
    def one_season_percent(self):
        return whole_percent(self.one_season, self.first_seasons) if self.first_seasons >= ENOUGH else None


def report_cards(on, network=None):
    """{network id: ReportCard} by a day, of all networks or of one, in two queries."""
    # What a limited series ends with is nobody's decision.
    shows = Show.objects.exclude(format=Show.Format.LIMITED)
    if network:
        shows = shows.filter(Q(network=network) | Q(decisions__network=network))
    shows = shows.order_by().values("pk")
    seasons = Season.objects.dated().annotate(began_on=F("begun_on")).filter(show__in=shows)
    decisions = Decision.objects.exclude(outcome__in=Decision.SILENT).filter(show__in=shows)
    told = _by_show(decisions, DECISION)
    cards = defaultdict(ReportCard)
    for show, rows in _by_show(seasons, SEASON).items():
        _add_show(cards, rows, told.get(show, []), on)
    return cards


def network_rows(on):
    """Networks with shows, each with `card` and `show_count`, those that decided most first."""
    cards = report_cards(on)
    networks = list(Network.objects.annotate(show_count=Count("shows")).filter(show_count__gt=0))
    for network in networks:
        network.card = cards[network.pk]
    return sorted(networks, key=lambda each: (-each.card.decided, each.name.casefold()))


def _by_show(rows, fields):
    found = defaultdict(list)
    for row in rows.order_by("pk").values_list(*fields, named=True):
        found[row.show_id].append(row)
    return found


def _add_show(cards, seasons, decisions, on):
    own = seasons[0].show__network_id
    by_network = defaultdict(list)
    for decision in decisions:
        by_network[decision.network_id or own].append(decision)
    last_began_on = max((each.began_on for each in seasons if each.began_on <= on), default=None)
    for season in seasons:
        if season.began_on <= on:
            for network, kind in _kinds(season, seasons, by_network, own, on):
                cards[network].add(season, kind, season.began_on < last_began_on)


def _kinds(season, seasons, by_network, own, on):
    """(network, what became of the season) for each network whose own decisions tell it."""
    fates = [(network, fate_of(season, seasons, rows, on)) for network, rows in by_network.items()]
    told = [(network, fate.kind) for network, fate in fates if network and fate and fate.decision]
    followed = fate_of(season, seasons, [], on)
    return told or ([(own, followed.kind)] if own and followed else [])
