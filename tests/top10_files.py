"""Files of the Netflix Top 10 as tests need them, in the four layouts that the worldwide file has had."""

import gzip
import io
import json

from openpyxl import Workbook

from shows.netflix_top10 import Import

BASIC = ["week", "category", "weekly_rank", "show_title", "season_title"]
LAYOUTS = {
    7: [*BASIC, "weekly_hours_viewed", "cumulative_weeks_in_top_10"],
    9: [*BASIC, "weekly_hours_viewed", "runtime", "weekly_views", "cumulative_weeks_in_top_10"],
    11: [
        *BASIC,
        "weekly_hours_viewed",
        "runtime",
        "weekly_views",
        "cumulative_weeks_in_top_10",
        "is_staggered_launch",
        "episode_launch_details",
    ],
    12: [
        *BASIC,
        "weekly_hours_viewed",
        "runtime",
        "weekly_views",
        "cumulative_weeks_in_top_10",
        "is_staggered_launch",
        "episode_launch_details",
        "runtime_override_flag",
    ],
}
COUNTRIES = [
    *("country_name", "country_iso2", "week", "category", "weekly_rank", "show_title", "season_title"),
    "cumulative_weeks_in_top_10",
]
POPULAR = ["category", "rank", "show_title", "season_title", "hours_viewed_first_28_days"]
LAUNCHES = '[{"episode": "1\t2", "launched": "2022-09-08"}]'


def line(**fields):
    """A row by column names; English TV of the week to 11 September 2022 unless told otherwise."""
    return {
        "week": "2022-09-11",
        "category": "TV (English)",
        "weekly_rank": "1",
        "show_title": "The Imperfects",
        "season_title": "The Imperfects: Season 1",
        "weekly_hours_viewed": "24070000",
        "runtime": "0",
        "weekly_views": "",
        "cumulative_weeks_in_top_10": "1",
        "is_staggered_launch": "False",
        "episode_launch_details": LAUNCHES,
        "runtime_override_flag": "False",
        "country_name": "Canada",
        "country_iso2": "CA",
        "rank": "1",
        "hours_viewed_first_28_days": "1650450000",
        **fields,
    }


def run(*weeks, **fields):
    """Lines from (week, rank, hours), newest first, as the files have them."""
    lines = [
        line(
            week=week,
            weekly_rank=str(rank),
            weekly_hours_viewed=str(hours),
            cumulative_weeks_in_top_10=str(number),
            **fields,
        )
        for number, (week, rank, hours) in enumerate(weeks, start=1)
    ]
    return lines[::-1]


def tsv(lines, columns=LAYOUTS[7]):
    """The bytes of such a file; quotes stand around what holds a tab or a quote."""
    rows = [columns, *([each[name] for name in columns] for each in lines)]
    return "".join("\t".join(map(_field, row)) + "\n" for row in rows).encode()


def _field(text):
    return json.dumps(text).replace('\\"', '""') if '"' in text else text


def xlsx(lines, columns=LAYOUTS[7]):
    book = Workbook()
    book.active.append(columns)
    for each in lines:
        book.active.append([int(each[name]) if each[name].isdecimal() else each[name] for name in columns])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def packed(content):
    return gzip.compress(content)


def imported(content, as_of_on=None):
    """Import it; the report."""
    found = Import(io.BytesIO(content), as_of_on)
    found.store()
    return found.report
