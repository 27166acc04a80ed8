"""From rows to lists: columns by their names, every value checked, errors with their line.

Netflix has changed the columns of the worldwide file three times (7, 9, 11 and 12 of them); what is read here
stands in all four, or is asked for by its name where it may be absent. Others are passed over.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b
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
POPULAR_FIGURE = re.compile(r"^(hours_viewed|views)_first_(\d{1,3})_days$")


class Line(NamedTuple):
    rank: int
    show_title: str
    season_title: str
    hours_viewed: int | None = None
    views: int | None = None
    weeks_listed: int | None = None


@dataclass(frozen=True)
class List:
    """One list as published. `key` is (territory, category, week ending), of a list of all time
    (days, category); `line_number` is where it begins in the file."""

    key: tuple
    lines: tuple
    line_number: int
    territory_name: str = ""

    @cached_property
    def fingerprint(self):
        return fingerprint_of(self.lines)


def fingerprint_of(lines):
    """What tells lines from others without keeping them."""
    return blake2b(repr([*map(tuple, lines)]).encode(), digest_size=16).hexdigest()


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
        self.popular = [found for name in names if (found := POPULAR_FIGURE.match(name))]

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
        """Every list in the order of the file; the lines of one list stand together."""
        named, key, lines, begun, seen = None, None, [], 0, _Seen()
        for number, row in self.rows:
            if len(row) != self.width:
                if not any(row):
                    continue
                told = {"line": number, "there": len(row), "wanted": self.width}
                raise Refused(_("Line %(line)d has %(there)d columns where the first has %(wanted)d.") % told)
            try:
                name = self._name(row)
                if name != named:
                    if lines:
                        yield self._list(key, lines, begun)
                    named, key, lines, begun = name, self._key(name), [], number
                    if not seen.add(key[:-1]):
                        raise ValueError(_("a list goes on here that ended before; sort the file by lists"))
                line = self._line(row, key)
                if any(line.rank == other.rank for other in lines):
                    raise ValueError(_("the list has two lines at rank %d") % line.rank)
                lines.append(line)
            except ValueError as error:
                raise Refused(_("Line %(line)d: %(why)s.") % {"line": number, "why": error}) from error
        if not lines:
            raise Refused(_("It has a first line and no others."))
        yield self._list(key, lines, begun)

    def _list(self, key, lines, begun):
        return List(key[:-1], tuple(sorted(lines)), begun, key[-1])

    def _name(self, row):
        """What tells a row's list from others, as it is written in the file."""
        place = self.place
        if self.kind == "popular":
            return (row[place["category"]],)
        if self.kind == "global":
            return row[place["category"]], row[place["week"]]
        return (
            row[place["category"]],
            row[place["week"]],
            row[place["country_iso2"]],
            row[place["country_name"]],
        )

    def _key(self, name):
        category = CATEGORIES.get(name[0].strip())
        if category is None:
            raise ValueError(_("no list is called “%s”") % name[0][:50])
        if self.kind == "popular":
            return self._days(), category, ""
        week = _sunday(name[1].strip()[:10])
        if self.kind == "global":
            return GLOBAL, category, week, ""
        code = name[2].strip()
        if not re.fullmatch(r"[A-Z]{2}", code):
            raise ValueError(_("“%s” is no country's two-letter code") % code[:50])
        return code, category, week, _title(name[3])[:100]

    def _days(self):
        days = {int(found[2]) for found in self.popular}
        if len(days) != 1:
            raise ValueError(_("the first line does not say how many first days are counted"))
        return days.pop()

    def _line(self, row, key):
        place = self.place
        title, season = _title(row[place["show_title"]]), _season(row[place["season_title"]])
        if not title:
            raise ValueError(_("there is no show_title"))
        if self.kind == "popular":
            figures = {found[1]: _whole(row[place[found[0]]]) for found in self.popular}
            rank = _whole(row[place["rank"]], LARGEST_RANK, is_rank=True)
            return Line(rank, title, season, figures.get("hours_viewed"), figures.get("views"))
        hours = _whole(row[place["weekly_hours_viewed"]]) if "weekly_hours_viewed" in place else None
        views = _whole(row[place["weekly_views"]]) if "weekly_views" in place else None
        return Line(
            _whole(row[place["weekly_rank"]], LARGEST_RANK, is_rank=True),
            title,
            season,
            hours,
            # Before views were published, later files have 0 there.
            views if key[2] >= RANKED_BY_VIEWS_FROM else views or None,
            _whole(row[place["cumulative_weeks_in_top_10"]], LARGEST_RANK),
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


def _season(text):
    return "" if text == "N/A" else _title(text)


def _whole(text, most=LARGEST_FIGURE, is_rank=False):
    """A whole number from 0, None where there is none; raises ValueError with what stands there instead."""
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
