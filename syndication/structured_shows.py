"""What pages of the record say in schema.org's words: shows, seasons, networks, people.

Third-party scores are never put into `aggregateRating`: search engines forbid it.
"""

from django.utils.translation import gettext

from articles.templatetags.articles import site_address
from shows.models import Credit

from .things import thing

# Which property of a series a credit is; the other roles are not told.
CREDITS = {
    Credit.Role.CREATOR: "creator",
    Credit.Role.CAST: "actor",
    Credit.Role.DIRECTOR: "director",
    Credit.Role.PRODUCER: "producer",
    Credit.Role.COMPOSER: "musicBy",
}


def show(row):
    return thing("TVSeries", name=row.title, url=site_address(row.get_absolute_url()), sameAs=_elsewhere(row))


def _elsewhere(show):
    """Pages that are about this very show, by which machines know it."""
    known_at = [
        (show.imdb_id, f"https://www.imdb.com/title/{show.imdb_id}/"),
        (show.wikidata_id, f"https://www.wikidata.org/wiki/{show.wikidata_id}"),
        (show.tvmaze_id, f"https://www.tvmaze.com/shows/{show.tvmaze_id}"),
    ]
    return [address for number, address in known_at if number]


def season(row):
    return thing(
        "TVSeason",
        name=gettext("Season %(number)s") % {"number": row.number},
        seasonNumber=row.number,
        startDate=row.premiered_on and row.premiered_on.isoformat(),
        endDate=row.finale_on and row.finale_on.isoformat(),
        numberOfEpisodes=row.episode_count,
    )


def tv_series(record, credits):
    """A show with what its record knows; what is not known is left out."""
    show = record.show
    people = {}
    for credit in credits:
        if name := CREDITS.get(credit.role):
            people.setdefault(name, []).append(_credited(credit, name))
    return {
        "@id": f"{site_address(show.get_absolute_url())}#show",
        **thing(
            "TVSeries",
            name=show.title,
            alternateName=show.other_titles.split("\n") if show.other_titles.strip() else [],
            url=site_address(show.get_absolute_url()),
            description=show.synopsis,
            image=site_address(show.poster.url) if show.poster else "",
            startDate=show.first_premiered_on and show.first_premiered_on.isoformat(),
            numberOfSeasons=len(record.premiered_seasons) or None,
            numberOfEpisodes=record.episode_count,
            containsSeason=[season(row) for row in record.seasons],
            genre=[genre.name for genre in show.genres.all()],
            productionCompany=[thing("Organization", name=row.name) for row in show.companies.all()],
            countryOfOrigin=thing("Country", name=show.country) if show.country else None,
            inLanguage=show.language,
            sameAs=[*_elsewhere(show), *filter(None, [show.website])],
            **people,
        ),
    }


def _credited(credit, name):
    person = thing("Person", name=credit.person.name, url=site_address(credit.person.get_absolute_url()))
    if name != "actor" or not credit.character:
        return person
    return thing("PerformanceRole", actor=person, characterName=credit.character)


def network(row):
    """Who shows series: a streamer, a broadcaster or a channel."""
    return {
        "@id": f"{site_address(row.get_absolute_url())}#network",
        **thing(
            "Organization",
            name=row.name,
            url=site_address(row.get_absolute_url()),
            sameAs=[*filter(None, [row.website]), *_at_wikidata(row)],
        ),
    }


def person(row):
    """Somebody who makes series or plays in them."""
    imdb = [f"https://www.imdb.com/name/{row.imdb_id}/"] if row.imdb_id else []
    tvmaze = [f"https://www.tvmaze.com/people/{row.tvmaze_id}"] if row.tvmaze_id else []
    return {
        "@id": f"{site_address(row.get_absolute_url())}#person",
        **thing(
            "Person",
            name=row.name,
            url=site_address(row.get_absolute_url()),
            sameAs=[*imdb, *tvmaze, *_at_wikidata(row)],
        ),
    }


def _at_wikidata(row):
    return [f"https://www.wikidata.org/wiki/{row.wikidata_id}"] if row.wikidata_id else []
