"""What pages say in schema.org's words (JSON-LD), built from what the page holds; no queries of its own.

The record's pages are in `structured_shows`.
"""

from functools import cache

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language

from articles.templatetags.articles import machine_time, site_address

from . import structured_shows as series
from .pictures import crops_of
from .things import thing


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
    panels = [block for block in story.edition.blocks if block["type"] == "panel"]
    panels = [block for block in panels if (block["show"] or article.show_id) == article.show_id]
    numbers = {number for block in panels for number in _drawn_seasons(block, story.record)} if own else ()
    on_record = [season for season in story.record.seasons if season.number in numbers] if own else []
    return [series.show(show) for show in shows] + [
        {**series.season(season), "partOfSeries": series.show(own)} for season in on_record
    ]


def _drawn_seasons(panel, record):
    """The numbers of the seasons that a panel is about: the one it names, or the one whose weeks it draws."""
    if panel.get("season"):
        return [panel["season"]]
    is_chart = panel["kind"] == "viewership"
    return [chart.season.number for chart in record.charts_of()] if is_chart else []


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
