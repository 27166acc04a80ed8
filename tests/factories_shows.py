"""Small makers of the record's rows. Dates may be given as ISO text: `premiered_on="2022-09-08"`."""

import itertools
from datetime import date

from django.utils.text import slugify

from shows.models import ChartEntry, Credit, Decision, Network, Outlook, Person, Rating, Season, Show

_numbers = itertools.count(1)
SOURCE = {"source_name": "A trade paper", "source_url": "https://example.com/news"}
TOP10 = "https://www.netflix.com/tudum/top10"


def dated(fields):
    """The fields with ISO text turned into dates, so that an unsaved read of a row gives dates too."""
    days = {name: value for name, value in fields.items() if name.endswith(("_on", "week_ending"))}
    return fields | {
        name: date.fromisoformat(value) for name, value in days.items() if isinstance(value, str)
    }


def make_network(name="Netflix", **fields):
    return Network.objects.get_or_create(slug=slugify(name), defaults={"name": name, **fields})[0]


def make_person(name="Shelley Eriksen"):
    return Person.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def make_show(title="The Imperfects", *, network="Netflix", **fields):
    """A show without seasons; `network` by its name, or None."""
    fields = {"slug": f"{slugify(title)}-{next(_numbers)}", **fields}
    return Show.objects.create(title=title, network=make_network(network) if network else None, **fields)


def make_season(show, number=1, **fields):
    return Season.objects.create(show=show, number=number, **dated(fields))


def make_decision(show, outcome="cancelled", announced_on="2022-11-08", **fields):
    """A decision known to the day, or undated with `announced_on=None`."""
    fields = {"precision": "day" if announced_on else "unknown", **SOURCE, **fields}
    return Decision.objects.create(
        show=show, outcome=outcome, **dated({"announced_on": announced_on, **fields})
    )


def make_outlook(show, step=6, dated_on="2022-10-01", **fields):
    """A forecast; the season that it asks about follows from the record where none is given."""
    fields = {"reason": "It leads its list.", "author_name": "Ada Writer", **fields}
    return Outlook.objects.create(show=show, step=step, **dated({"dated_on": dated_on, **fields}))


def make_rating(show, source="imdb", **fields):
    fields = {"score": "6.1", "scale": 10, "votes": 1500, "as_of_on": "2023-05-03", **fields}
    return Rating.objects.create(
        show=show, source=source, **dated({"source_url": "https://example.com/score", **fields})
    )


def make_credit(show, name="Shelley Eriksen", **fields):
    return Credit.objects.create(show=show, person=make_person(name), **{"role": "creator", **fields})


def make_chart_entry(season=None, **fields):
    """A line of the worldwide list of English-language TV, by hours."""
    number = next(_numbers)
    fields = {
        "category": "tv_english",
        "week_ending": "2022-09-11",
        "rank": number,
        "show_title": season.show.title if season else f"Show {number}",
        "source_url": TOP10,
        **fields,
    }
    return ChartEntry.objects.create(season=season, **dated(fields))


def make_run(season, *weeks):
    """Chart lines from (week ending, rank, hours)."""
    return [
        make_chart_entry(season, week_ending=week, rank=rank, hours_viewed=hours)
        for week, rank, hours in weeks
    ]


def make_the_imperfects():
    """The Imperfects with the figures as published: third, fourth, ninth, then off the list."""
    show = make_show(slug="the-imperfects", country="CA", language="en")
    season = make_season(show, premiered_on="2022-09-08", finale_on="2022-09-08", episode_count=10)
    make_credit(show, "Shelley Eriksen", position=1)
    make_credit(show, "Dennis Heaton", position=2)
    make_decision(show, "cancelled", "2022-11-08")
    make_rating(show)
    make_rating(show, "rt_audience", score=79, scale=100, votes=None)
    make_rating(show, "rt_critics", score=None, scale=100, votes=None)
    make_run(
        season,
        ("2022-09-11", 3, 24_070_000),
        ("2022-09-18", 4, 35_020_000),
        ("2022-09-25", 9, 12_760_000),
    )
    make_chart_entry(week_ending="2022-10-02", rank=10, hours_viewed=9_130_000, show_title="The tenth")
    return show
