"""Writes the record: networks, shows with all that is known of them, and the weekly lists."""

import csv
from datetime import date, datetime, time
from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from samples.forecasts import FORECASTS
from samples.shows import NETWORKS, SHOWS
from shows.models import (
    ChartEntry,
    Company,
    Credit,
    Decision,
    Genre,
    Network,
    Outlook,
    Person,
    Rating,
    Season,
    Show,
)

from .rows import make

TOP10 = Path(__file__).parent.parent / "netflix_top10.tsv"
TOP10_URL = "https://www.netflix.com/tudum/top10"


def load_shows():
    """Every show by slug."""
    networks = {
        key: make(Network, slug=key, name=name, kind=kind, country=country, website=website)
        for key, (name, kind, country, website) in NETWORKS.items()
    }
    shows = {facts.slug: load_show(facts, networks) for facts in SHOWS}
    load_charts(shows)
    return shows


def load_show(facts, networks):
    show = make(
        Show,
        slug=facts.slug,
        title=facts.title,
        other_titles=facts.other_titles,
        format=facts.format,
        network=networks[facts.network],
        country=facts.country,
        language=facts.language,
        synopsis=facts.synopsis,
        imdb_id=facts.imdb_id,
    )
    show.companies.set(named(Company, facts.companies))
    show.genres.set(named(Genre, facts.genres))
    for season in facts.seasons:
        make(
            Season,
            show=show,
            number=season.number,
            premiered_on=season.premiered_on,
            finale_on=season.finale_on,
            episode_count=season.episodes,
        )
    load_credits(show, facts)
    for decision in facts.decisions:
        load_decision(show, decision, networks)
    load_opinions(show, facts)
    return show


def named(model, names):
    """Rows of a model that is a name and a slug, made where they are absent."""
    return [model.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0] for name in names]


def load_credits(show, facts):
    credits = [(name, Credit.Role.CREATOR, "") for name in facts.creators]
    credits += [(name, Credit.Role.CAST, character) for name, character in facts.cast.items()]
    people = named(Person, [name for name, _role, _character in credits])
    for position, (person, (_name, role, character)) in enumerate(zip(people, credits, strict=True)):
        make(Credit, show=show, person=person, role=role, character=character, position=position)


def load_decision(show, facts, networks):
    make(
        Decision,
        show=show,
        season_number=facts.season,
        outcome=facts.outcome,
        announced_on=facts.announced_on,
        precision=facts.precision,
        network=networks.get(facts.network),
        source_name=facts.source,
        source_url=facts.url,
        note=facts.note,
    )


def load_opinions(show, facts):
    """What others thought of it, as ratings, and what the publication thinks will become of it."""
    for rating in facts.ratings:
        make(
            Rating,
            show=show,
            source=rating.source,
            score=rating.score,
            scale=rating.scale,
            votes=rating.votes,
            as_of_on=rating.as_of_on,
            source_url=rating.url,
        )
    for outlook in FORECASTS.get(facts.slug, ()):
        load_outlook(show, outlook)


def load_outlook(show, facts):
    """A forecast as it was recorded at noon of its day."""
    noon = timezone.make_aware(datetime.combine(facts.dated_on, time(12)))
    make(
        Outlook,
        show=show,
        season_number=facts.season,
        step=facts.step,
        dated_on=facts.dated_on,
        reason=facts.reason,
        author_name=facts.author,
        created_at=noon,
        withdrawn_at=noon if facts.withdrawn else None,
        withdrawn_reason=facts.withdrawn,
        withdrawn_by_name=facts.author if facts.withdrawn else "",
    )


def load_charts(shows):
    """The weekly lines, matched to a season where all of that season's weeks are among them."""
    seasons = {
        (show.title, season.number): season for show in shows.values() for season in show.seasons.all()
    }
    with TOP10.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            make(
                ChartEntry,
                category=line["category"],
                week_ending=date.fromisoformat(line["week_ending"]),
                rank=int(line["rank"]),
                hours_viewed=int(line["hours_viewed"]),
                show_title=line["show_title"],
                season_title=line["season_title"],
                season=seasons[line["show_title"], int(line["season"])] if line["season"] else None,
                source_url=TOP10_URL,
            )
