"""The seasons that a show of TVmaze's has: as told, else as its episodes or its dates tell them."""

from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from .checking import LARGEST_SMALL_NUMBER
from .given import SeasonGiven

# Of these TVmaze counts the seasons by years, so that the first one is no season 1.
COUNTED_BY_YEARS = {"News", "Talk Show", "Sports"}


def seasons_of(show, embedded, premiered_on):
    """Seasons by number. Where TVmaze was not asked for any, a premiere is still that of the first season."""
    episodes = _from_episodes(show, embedded)
    told = [_season(part, episodes) for part in embedded.parts("seasons", _("season")) or []]
    numbers = [season.number for season in told]
    if len(set(numbers)) < len(numbers):
        raise show.refused(_("two of its seasons have the same number."))
    if told or episodes:
        return told or list(episodes.values())
    if premiered_on and show.text("type") not in COUNTED_BY_YEARS:
        return [SeasonGiven(1, premiered_on)]
    return []


def _season(part, episodes):
    number = part.number("number", LARGEST_SMALL_NUMBER, required=True)
    premiered_on, finale_on = part.day("premiereDate"), part.day("endDate")
    if premiered_on and finale_on and finale_on < premiered_on:
        raise part.refused(_("it ends before it begins."))
    # A season whose episodes nobody has counted yet has 0 of them at TVmaze now and then.
    count = part.number("episodeOrder", LARGEST_SMALL_NUMBER) if part.data.get("episodeOrder") != 0 else None
    counted = episodes.get(number)
    return SeasonGiven(number, premiered_on, finale_on, count or (counted and counted.episode_count))


class _Episode:
    def __init__(self, part):
        self.season = part.number("season", LARGEST_SMALL_NUMBER, required=True)
        self.on = part.day("airdate")
        self.is_regular = part.data.get("number") is not None


def _from_episodes(show, embedded):
    """Seasons by number as the episodes tell them. Of the last one nobody knows whether they are all, unless
    the show has ended."""
    episodes = [_Episode(part) for part in embedded.parts("episodes", _("episode")) or []]
    regular = sorted((each for each in episodes if each.is_regular), key=attrgetter("season"))
    seasons = {number: list(rows) for number, rows in groupby(regular, attrgetter("season"))}
    last = None if show.text("status") == "Ended" else max(seasons, default=None)
    return {number: _counted(number, rows, is_whole=number != last) for number, rows in seasons.items()}


def _counted(number, rows, *, is_whole):
    days = [row.on for row in rows]
    first = days[0] if days[0] is None else min(filter(None, days))
    finale = max(days) if is_whole and all(days) else None
    return SeasonGiven(number, first, finale, len(rows) if is_whole else None)
