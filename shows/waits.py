"""How long networks let their shows wait: from a season's finale to the decision about what comes next."""

from collections import defaultdict
from datetime import date
from statistics import median_high

from django.utils.translation import ngettext

from shows.dates import Precision
from shows.models import Decision, Network, Season

# A median of fewer says little.
ENOUGH = 5


def waits_by_network():
    """{network id: days from finale to decision, one number for each season that was decided about}.

    Counted is the first decision that changes a status, announced between a season's premiere and the next
    one's, where the finale and the announcement are known to the day. It counts for who announced it: the
    decision's own network, else the show's. One before the finale counts with its days below zero.
    """
    seasons = defaultdict(list)
    rows = Season.objects.dated().order_by("show", "begun_on", "number")
    for show, begun_on, finale_on in rows.values_list("show", "begun_on", "finale_on"):
        seasons[show].append((begun_on, finale_on))
    decided = defaultdict(list)
    counting = Decision.objects.exclude(outcome__in=Decision.SILENT).filter(precision=Precision.DAY)
    rows = counting.order_by("announced_on", "pk")
    for show, on, network, own in rows.values_list("show", "announced_on", "network", "show__network"):
        decided[show].append((on, network or own))
    waits = defaultdict(list)
    for show, decisions in decided.items():
        begun = seasons.get(show, [])
        ends = [*(begun_on for begun_on, _finale in begun[1:]), date.max]
        for (begun_on, finale_on), until in zip(begun, ends, strict=False):
            first = next(((on, who) for on, who in decisions if begun_on <= on < until), None)
            if first and finale_on and first[1]:
                waits[first[1]].append((first[0] - finale_on).days)
    return waits


def wait_text(network):
    """A network's usual wait in words; empty where too little is known."""
    days = network.median_wait_days if network else None
    if days is None:
        return ""
    if days < 0:
        said = ngettext(
            "%(count)d day before the finale (median of %(seasons)d seasons)",
            "%(count)d days before the finale (median of %(seasons)d seasons)",
            -days,
        )
    else:
        said = ngettext(
            "%(count)d day after the finale (median of %(seasons)d seasons)",
            "%(count)d days after the finale (median of %(seasons)d seasons)",
            days,
        )
    return said % {"count": abs(days), "seasons": network.decided_seasons}


def refresh_waits():
    """Store each network's median and how many decisions it rests on; returns how many of them changed."""
    waits = waits_by_network()
    changed = []
    for network in Network.objects.all():
        days = waits.get(network.pk, [])
        told = (median_high(days) if len(days) >= ENOUGH else None), len(days)
        if (network.median_wait_days, network.decided_seasons) != told:
            network.median_wait_days, network.decided_seasons = told
            changed.append(network)
    Network.objects.bulk_update(changed, ["median_wait_days", "decided_seasons"], batch_size=200)
    return len(changed)
