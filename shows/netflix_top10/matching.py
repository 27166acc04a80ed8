"""Which season a chart's title means: by titles, the number in the season's title, and dates."""

import re
from collections import defaultdict
from datetime import date

from shows.free_addresses import free_address
from shows.models import ChartTitle, Network, Season, Show
from shows.models.chart import TV_CATEGORIES, Chart
from shows.titles import folded

# "Season 5", "Series 2: Percy", or the bare number of "Stranger Things 4".
NUMBERED = re.compile(r"^(?:(?:season|series) )?(\d{1,3})\b(?! \d)")
WHOLE_SHOW = ("", "limited series", "miniseries", "mini series")
CHART = Chart.NETFLIX_TOP10
LONGEST_TITLE = Show._meta.get_field("title").max_length


def told_season(show_title, season_title):
    """What a season's title adds to the show's: a number, None for a show of one season, "" for neither."""
    show, season = folded(show_title), folded(season_title)
    rest = season.removeprefix(show).strip() if season.startswith(show) else season
    if rest in WHOLE_SHOW:
        return None
    found = NUMBERED.match(rest)
    return int(found[1]) if found else ""


class Seasons:
    """The seasons on record, to be found by what a chart calls them. Two queries, once."""

    def __init__(self):
        self.shows = defaultdict(set)
        self.seasons = defaultdict(dict)
        for pk, title, other_titles in Show.objects.values_list("pk", "title", "other_titles"):
            for each in [title, *other_titles.splitlines()]:
                if name := folded(each):
                    self.shows[name].add(pk)
        rows = Season.objects.values_list("show", "number", "pk", "premiered_on")
        for show, number, pk, premiered_on in rows:
            self.seasons[show][number] = pk, premiered_on

    def find(self, show_title, season_title, week_ending):
        """The id of the one season that is meant, or None where there is none or may be several.

        A season that had its premiere after the title's first week is not meant.
        """
        number = told_season(show_title, season_title)
        if number == "":
            return None
        found = set()
        for show in self.shows.get(folded(show_title), ()):
            seasons = self.seasons[show]
            if number is None and len(seasons) != 1:
                continue
            pk, premiered_on = seasons.get(number or next(iter(seasons)), (None, None))
            if pk and (premiered_on is None or premiered_on <= week_ending):
                found.add(pk)
        return found.pop() if len(found) == 1 else None


class TitleMatcher:
    """The titles of TV in a file, and their seasons: those that are remembered, and those found now."""

    def __init__(self):
        self.first_weeks, self.seasons, self.absent, self.found = {}, {}, [], []

    def meet(self, line, week_ending):
        name = line.show_title, line.season_title
        if name not in self.first_weeks or week_ending < self.first_weeks[name]:
            self.first_weeks[name] = week_ending

    def resolve(self):
        """Find the seasons of all that were met: {"matched": names new to the record with the season that
        was found, "unmatched": names that nobody has matched yet}, both sorted."""
        if not self.first_weeks:
            return {"matched": [], "unmatched": []}
        rows = ChartTitle.objects.filter(chart=CHART)
        known = {(title.show_title, title.season_title): title for title in rows}
        seasons, unmatched = Seasons(), []
        for name, week_ending in sorted(self.first_weeks.items()):
            title = known.get(name)
            if title and (title.season_id or title.is_set_aside):
                self.seasons[name] = title.season_id
                continue
            self.seasons[name] = season = seasons.find(*name, week_ending)
            if title is None:
                self.absent.append(name)
            elif season:
                self.found.append(title)
            if season is None:
                unmatched.append(list(name))
        matched = [list(name) for name in self.absent if self.seasons[name]]
        matched += [[title.show_title, title.season_title] for title in self.found]
        return {"matched": sorted(matched), "unmatched": unmatched}

    def store(self):
        for title in self.found:
            title.match(Season(pk=self.seasons[title.show_title, title.season_title]))
        ChartTitle.objects.bulk_create(
            ChartTitle(chart=CHART, show_title=name[0], season_title=name[1], season_id=self.seasons[name])
            for name in self.absent
        )

    def settle(self):
        """Titles that somebody matched while the import ran: the lines that were stored follow them."""
        if not self.first_weeks:
            return
        for title in ChartTitle.objects.filter(chart=CHART):
            name = title.show_title, title.season_title
            if name in self.seasons and self.seasons[name] != title.season_id:
                title.lines().update(season=title.season_id)

    def season_of(self, line, key):
        """The id of the season that a line of the list `key` means; None for films."""
        return self.seasons.get(line[1:3]) if key[1] in TV_CATEGORIES else None


def match_titles(titles=None):
    """Tie the unmatched of these titles (default: all) to the seasons that they mean; returns how many."""
    titles = (ChartTitle.objects.all() if titles is None else titles).unmatched()
    if not titles.exists():
        return 0
    seasons = Seasons()
    names = titles.values_list("pk", "show_title", "season_title")
    likely = [pk for pk, *name in names if seasons.find(*name, date.max)]
    found = 0
    for title in titles.filter(pk__in=likely).with_first_week():
        first = title.first_week_ending
        season = first and seasons.find(title.show_title, title.season_title, first)
        if season:
            title.match(Season(pk=season))
            found += 1
    return found


def make_shows(titles):
    """New shows of unmatched titles, one for each show title, with the seasons that the titles name.

    The one show that is on record under that title gets the season that is missing. What the chart does not
    know stays empty. A title that names no season, or of which there are several shows, is passed over.
    Returns how many titles were matched.
    """
    network = Network.objects.filter(name="Netflix").first()
    matched = 0
    for title in titles.unmatched().order_by("show_title", "season_title"):
        number = told_season(title.show_title, title.season_title)
        shows = Show.objects.filter(title=title.show_title)[:2]
        if number == "" or len(shows) > 1 or len(title.show_title) > LONGEST_TITLE:
            continue
        show = shows[0] if shows else _new_show(title.show_title, network)
        season, is_new = show.seasons.get_or_create(number=number or 1)
        # One that is there already was not meant, by its dates.
        if is_new:
            title.match(season)
            matched += 1
    return matched


def _new_show(title, network):
    return Show.objects.create(title=title, slug=free_address(Show, title, "show"), network=network)
