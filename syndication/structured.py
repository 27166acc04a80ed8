"""What pages say in schema.org's words (JSON-LD), built from what the page holds; no queries of its own.

Third-party scores are never put into `aggregateRating`: search engines forbid it.
"""

import json
from functools import cache

from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from articles.templatetags.articles import machine_time, site_address
from shows.models import Credit

from .pictures import crops_of

# As Django's json_script: none of them can end the script or begin another.
ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})
# Which property of a series a credit is; the other roles are not told.
CREDITS = {
    Credit.Role.CREATOR: "creator",
    Credit.Role.CAST: "actor",
    Credit.Role.DIRECTOR: "director",
    Credit.Role.PRODUCER: "producer",
    Credit.Role.COMPOSER: "musicBy",
}


def script(*things):
    """These things as one data block of a page. Nothing runs it, so the policy of scripts lets it stand."""
    data = json.dumps({"@context": "https://schema.org", "@graph": things}, separators=(",", ":"))
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(data.translate(ESCAPES)),  # noqa: S308
    )


def known(**properties):
    """The properties that have a value."""
    return {name.lstrip("_"): value for name, value in properties.items() if value not in ("", None, [], ())}


def thing(kind, **properties):
    return {"@type": kind, **known(**properties)}


def organisation(publication):
    """Who publishes: the company or person in law, else the publication by its name."""
    logo = publication.logo
    return thing(
        "Organization",
        name=publication.publisher or publication.name,
        alternateName=publication.name if publication.publisher else "",
        url=site_address("/"),
        logo=thing("ImageObject", url=site_address(logo.url)) if logo else None,
        sameAs=publication.social_profile_list,
    )


def breadcrumbs(publication, *steps):
    """The way to a page from the front page on; each step is (name, path)."""
    steps = [(publication.name, reverse("articles:front")), *steps]
    items = [
        thing("ListItem", position=place, name=name, item=site_address(path))
        for place, (name, path) in enumerate(steps, start=1)
    ]
    return thing("BreadcrumbList", itemListElement=items)


def news_article(story, comment_count, publication):
    """What search engines ask of an article; `story` is the `articles.views.Story` that its page draws."""
    edition, article = story.edition, story.edition.article
    address = site_address(article.get_absolute_url())
    changed_at = max(filter(None, [article.published_at, getattr(edition, "updated_at", None)]))
    return {
        "@id": f"{address}#article",
        **thing(
            "NewsArticle",
            mainEntityOfPage=address,
            url=address,
            headline=edition.headline,
            description=edition.search_description or edition.standfirst,
            image=[address for image in _images(edition) for address in crops_of(image)],
            datePublished=machine_time(article.published_at),
            dateModified=machine_time(changed_at),
            author=[_author(row.author) for row in edition.edition_authors_in_order],
            publisher=organisation(publication),
            articleSection=article.category.name if article.category else "",
            keywords=[tag.name for tag in article.tags.all()],
            about=_about(story),
            isPartOf=_series(article.series),
            inLanguage=get_language(),
            wordCount=story.word_count or None,
            isAccessibleForFree=True,
            commentCount=comment_count,
            discussionUrl=f"{address}#comments",
            correction=[
                thing("CorrectionComment", text=correction["text"], datePublished=correction["on"])
                for correction in edition.corrections
            ],
        ),
    }


def _images(edition):
    """The pictures of an edition, the lead first."""
    rows = edition.edition_images_by_id
    first = [pk for pk in (edition.lead_image_id, edition.social_image_id) if pk in rows]
    return [rows[pk].image for pk in dict.fromkeys([*first, *rows])]


def _author(author):
    return thing("Person", name=author.name, url=site_address(author.get_absolute_url()))


def _series(series):
    if not series:
        return None
    return thing("CreativeWorkSeries", name=series.name, url=site_address(series.get_absolute_url()))


def _about(story):
    """The shows that an article is about, and the seasons whose figures it draws."""
    article = story.edition.article
    own = story.record.show if story.record else None
    shows = [*filter(None, [own]), *article.also_about.all()]
    panels = [block for block in story.edition.blocks if block["type"] == "panel" and block.get("season")]
    seasons = {block["season"] for block in panels if (block["show"] or article.show_id) == article.show_id}
    on_record = [season for season in story.record.seasons if season.number in seasons] if own else []
    return [_show(show) for show in shows] + [
        {**_season(season), "partOfSeries": _show(own)} for season in on_record
    ]


def _show(show):
    return thing(
        "TVSeries", name=show.title, url=site_address(show.get_absolute_url()), sameAs=_elsewhere(show)
    )


def _elsewhere(show):
    """Pages that are about this very show, by which machines know it."""
    known_at = [
        (show.imdb_id, f"https://www.imdb.com/title/{show.imdb_id}/"),
        (show.wikidata_id, f"https://www.wikidata.org/wiki/{show.wikidata_id}"),
        (show.tvmaze_id, f"https://www.tvmaze.com/shows/{show.tvmaze_id}"),
    ]
    return [address for number, address in known_at if number]


def _season(season):
    return thing(
        "TVSeason",
        name=gettext("Season %(number)s") % {"number": season.number},
        seasonNumber=season.number,
        startDate=season.premiered_on and season.premiered_on.isoformat(),
        endDate=season.finale_on and season.finale_on.isoformat(),
        numberOfEpisodes=season.episode_count,
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
            containsSeason=[_season(season) for season in record.seasons],
            genre=[genre.name for genre in show.genres.all()],
            productionCompany=[thing("Organization", name=row.name) for row in show.companies.all()],
            countryOfOrigin=thing("Country", name=show.country) if show.country else None,
            inLanguage=show.language,
            sameAs=[*_elsewhere(show), *filter(None, [show.website])],
            **people,
        ),
    }


def _credited(credit, name):
    person = thing("Person", name=credit.person.name)
    if name != "actor" or not credit.character:
        return person
    return thing("PerformanceRole", actor=person, characterName=credit.character)


def profile_page(name, path, bio):
    """An author's page."""
    person = thing("Person", name=name, url=site_address(path), description=bio)
    return thing("ProfilePage", url=site_address(path), mainEntity=person)


def web_site(publication):
    """The site itself, for its front page; with its search where there is one."""
    return {
        "@id": site_address("/#site"),
        **thing(
            "WebSite",
            name=publication.name,
            url=site_address("/"),
            description=publication.tagline,
            inLanguage=get_language(),
            publisher=organisation(publication),
            potentialAction=_search() if has_search() else None,
        ),
    }


@cache
def has_search():
    try:
        resolve("/search/")
    except Resolver404:
        return False
    return True


def _search():
    return {
        **thing("SearchAction", target=thing("EntryPoint", urlTemplate=site_address("/search/?q={words}"))),
        "query-input": "required name=words",
    }
