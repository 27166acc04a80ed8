"""Records in memory, tied together as `Record.for_shows` gives them: tests of reading need no database."""

from datetime import date, timedelta

from django.utils import timezone

from articles.models import Article, Edition
from shows.models import ChartEntry, Decision, Network, Season, Show
from shows.record import Record

WEEK = timedelta(days=7)


def day(text):
    return date.fromisoformat(text)


def make_record(pk, title, *, network="Netflix", format="series", on=None, **rows):
    """`seasons` as (number, premiere, finale or ""), `decisions` as (outcome, day, season or None), and
    `weeks` as {season: [(week ending, rank, hours)]}; rank None is a week off the list."""
    show = Show(pk=pk, title=title, slug=f"show-{pk}", format=format)
    show.network = Network(pk=pk, name=network)
    show.other_titles = rows.get("other_titles", "")
    record = Record(show)
    for number, premiere, finale in rows.get("seasons", ()):
        record.add_season(_season(pk * 100 + number, number, premiere, finale))
    for number, (outcome, announced, season) in enumerate(rows.get("decisions", ())):
        row = Decision(
            pk=pk * 100 + number, outcome=outcome, announced_on=day(announced), season_number=season
        )
        record.add_decision(row)
    show.stand_by(record.seasons, record.decisions, day(on) if on else timezone.localdate())
    for number, weeks in rows.get("weeks", {}).items():
        record.add_chart(number, *_entries(record, number, weeks))
    return record


def _season(pk, number, premiere, finale):
    premiered_on = day(premiere) if premiere else None
    finale_on = day(finale) if finale else None
    return Season(pk=pk, number=number, premiered_on=premiered_on, finale_on=finale_on)


def _entries(record, number, weeks):
    season = next(each for each in record.seasons if each.number == number)
    entries, tenths = [], {}
    for week_ending, rank, hours in weeks:
        entry = ChartEntry(season=season, category="tv_english", week_ending=day(week_ending), rank=rank)
        entry.hours_viewed = hours
        if rank is None:
            tenths[entry.category, entry.week_ending] = entry
        else:
            entries.append(entry)
    return entries, tenths


def composed(html="", *, show_id=None, headline="A headline", standfirst="", heading="", kind="viewership"):
    """An edition as composing gives it, with one section of text."""
    section = {"type": "section", "kind": kind, "heading": heading, "html": html, "sources": []}
    return Edition(
        article=Article(headline=headline, show_id=show_id),
        headline=headline,
        standfirst=standfirst,
        content={"schema": 1, "blocks": [section]},
    )
