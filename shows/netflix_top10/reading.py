"""From rows to lists: columns by their names, every value checked, errors with their line.

Netflix has changed the columns of the worldwide file three times (7, 9, 11 and 12 of them); what is read here
stands in all four, or is asked for by its name where it may be absent. Others are passed over.
"""

import re
import unicodedata
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import gettext as _

from shows.models.chart import GLOBAL, Category
from shows.viewership import RANKED_BY_VIEWS_FROM

from .files import Refused, rows_of

LONGEST_TITLE = 250
LARGEST_RANK = 32_767
LARGEST_FIGURE = 2**63 - 1
SUNDAY = 6
CATEGORIES = {str(category.label): category.value for category in Category}
NAMED_BY = {
    "global": ("category", "week"),
    "countries": ("category", "week", "country_iso2", "country_name"),
    # Twice, so that the name is a tuple here too.
    "popular": ("category", "category"),
}
READ = {
    *("weekly_rank", "rank", "show_title", "season_title", "weekly_hours_viewed", "weekly_views"),
    "cumulative_weeks_in_top_10",
}
POPULAR_FIGURE = re.compile(r"^(hours_viewed|views)_first_(\d{1,3})_days$")


class Line(NamedTuple):
    rank: int
    show_title: str
    season_title: str
    hours_viewed: int | None = None
    views: int | None = None
    weeks_listed: int | None = None


class List:
    """One list as published. `key` is (territory, category, week ending), of a list of all time
    (days, category). Its rows are looked at when `lines` are asked for, which raises Refused with the line
    where one is not right."""

    def __init__(self, key, territory_name, parse):
        self.key, self.territory_name, self.parse = key, territory_name, parse
        self.rows, self.numbers = [], []

    def __len__(self):
        return len(self.rows)

    @cached_property
    def fingerprint(self):
        """What tells its rows, as they are written, from others without keeping them."""
        return blake2b(repr(self.rows).encode(), digest_size=16).hexdigest()

    @cached_property
    def lines(self):
        """Its Lines by rank."""
        lines = {}
        for number, row in zip(self.numbers, self.rows, strict=True):
            try:
                line = self.parse(row, self.key)
                if lines.setdefault(line.rank, line) is not line:
                    raise ValueError(_("the list has two lines at rank %d") % line.rank)
            except ValueError as error:
                raise Refused(_("Line %(line)d: %(why)s.") % {"line": number, "why": error}) from error
        return tuple(lines[rank] for rank in sorted(lines))


class Reading:
    """A file being read: `kind` ("global", "countries" or "popular") at once, its lists one after the other.

    Raises Refused with the line where something is wrong, so nothing may be stored before the last list.
    """

    def __init__(self, file):
        self.rows = rows_of(file)
        try:
            header = next(self.rows)[1]
        except StopIteration:
            raise Refused(_("It is empty.")) from None
        names = [name.strip().lower() for name in header]
        self.width = len(names)
        self.place = {name: place for place, name in enumerate(names)}
        self.kind = self._kind()
        self.name_of = itemgetter(*(self.place[name] for name in NAMED_BY[self.kind]))
        self.columns = [name for name in names if name in READ or POPULAR_FIGURE.match(name)]
        self.cells_of = itemgetter(*(self.place[name] for name in self.columns))

    def _kind(self):
        common = {"category", "show_title", "season_title"}
        weekly = common | {"week", "weekly_rank", "cumulative_weeks_in_top_10"}
        needed = {
            "countries": weekly | {"country_name", "country_iso2"},
            "global": weekly | {"weekly_hours_viewed"},
            "popular": common | {"rank"},
        }
        for kind, columns in needed.items():
            if columns <= self.place.keys():
                return kind
        if self.width < 3:
            raise Refused(_("It is no file of the Top 10: its first line names no columns."))
        there = self.place.keys()
        likely = max(needed, key=lambda kind: (len(needed[kind] & there), -len(needed[kind] - there)))
        missing = ", ".join(sorted(needed[likely] - there))
        raise Refused(_("It is no file of the Top 10: these columns are missing: %s.") % missing)

    def lists(self):
        """Every list in the order of the file; the rows of one list stand together."""
        named, found, seen = None, None, _Seen()
        for number, row in self.rows:
            if len(row) != self.width:
                if not any(row):
                    continue
                told = {"line": number, "there": len(row), "wanted": self.width}
                raise Refused(_("Line %(line)d has %(there)d columns where the first has %(wanted)d.") % told)
            name = self.name_of(row)
            if name != named:
                if found is not None:
                    yield found
                named = name
                try:
                    found = self._list(*name)
                    if not seen.add(found.key):
                        raise ValueError(_("a list goes on here that ended before; sort the file by lists"))
                except ValueError as error:
                    raise Refused(_("Line %(line)d: %(why)s.") % {"line": number, "why": error}) from error
            found.rows.append(self.cells_of(row))
            found.numbers.append(number)
        if found is None:
            raise Refused(_("It has a first line and no others."))
        yield found

    def _list(self, category, week, code=GLOBAL, territory_name=""):
        """The empty list of this name; ValueError where none can be called so."""
        known = CATEGORIES.get(category.strip())
        if known is None:
            raise ValueError(_("no list is called “%s”") % category[:50])
        if self.kind == "popular":
            return List((self._days(), known), "", self._popular_line)
        code = code.strip()
        if self.kind == "countries" and not re.fullmatch(r"[A-Z]{2}", code):
            raise ValueError(_("“%s” is no country's two-letter code") % code[:50])
        key = code, known, _sunday(week.strip()[:10])
        return List(key, _title(territory_name)[:100], self._weekly_line)

    def _days(self):
        days = {int(found[2]) for name in self.columns if (found := POPULAR_FIGURE.match(name))}
        if len(days) != 1:
            raise ValueError(_("the first line does not say how many first days are counted"))
        return days.pop()

    def _popular_line(self, cells, key):
        cells = dict(zip(self.columns, cells, strict=True))
        figures = {
            found[1]: _whole(cell) for name, cell in cells.items() if (found := POPULAR_FIGURE.match(name))
        }
        rank = _whole(cells["rank"], LARGEST_RANK, is_rank=True)
        return Line(rank, *_titles(cells), figures.get("hours_viewed"), figures.get("views"))

    def _weekly_line(self, cells, key):
        cells = dict(zip(self.columns, cells, strict=True))
        views = cells.get("weekly_views") or None
        if views:
            # Before views were published, later files have 0 there.
            views = _whole(views) or (0 if key[2] >= RANKED_BY_VIEWS_FROM else None)
        return Line(
            _whole(cells["weekly_rank"], LARGEST_RANK, is_rank=True),
            *_titles(cells),
            _whole(cells.get("weekly_hours_viewed", "")),
            views,
            _whole(cells["cumulative_weeks_in_top_10"], LARGEST_RANK),
        )


class _Seen:
    """The keys of lists so far. A file of a million lines has a hundred thousand, so they are kept small."""

    def __init__(self):
        self.numbers = {}

    def add(self, key):
        """False where it was there."""
        territory, rest = key[0], key[1:]
        ordinal = rest[-1].toordinal() if isinstance(rest[-1], date) else 0
        number = ordinal * 8 + Category.values.index(rest[0])
        known = self.numbers.setdefault(territory, set())
        if number in known:
            return False
        known.add(number)
        return True


@lru_cache(2_000)
def _sunday(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("“%s” is no date like 2022-10-02") % text) from None
    if day.weekday() != SUNDAY:
        raise ValueError(_("%s is no Sunday, and weeks end on Sundays") % text)
    return day


@lru_cache(20_000)
def _title(text):
    """A title as published, without what no page can show; raises ValueError where it is too long."""
    text = unicodedata.normalize("NFC", text.strip())
    if not text.isprintable():
        text = "".join(each for each in text if unicodedata.category(each) != "Cc")
    if len(text) > LONGEST_TITLE:
        raise ValueError(_("the title has more than %d characters") % LONGEST_TITLE)
    return text


def _titles(cells):
    """(of the show, of the season) of a row; "N/A" is none."""
    title, season = _title(cells["show_title"]), cells["season_title"]
    if not title:
        raise ValueError(_("there is no show_title"))
    return title, "" if season == "N/A" else _title(season)


def _whole(text, most=LARGEST_FIGURE, is_rank=False):
    """A whole number from 0, None where there is none; raises ValueError with what stands there instead."""
    if not text and not is_rank:
        return None
    if text.isdecimal() and text.isascii():
        number = int(text) if len(text) < 20 else most + 1
    elif not text.strip() and not is_rank:
        return None
    elif re.fullmatch(r"\d{1,19}\.0+", text):
        number = int(text.partition(".")[0])
    else:
        raise ValueError(_("“%s” is no whole number") % text[:50])
    if number > most or (is_rank and number < 1):
        raise ValueError(_("%s is no possible number here") % text[:50])
    return number
