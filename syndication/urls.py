from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from articles.internal_links import ID

from . import card_views, feeds, robots, sitemaps


class SitemapPart(IntConverter):
    """A number that every database takes when it is multiplied by the size of a part."""

    regex = "0|[1-9][0-9]{0,9}"


class CardEdition(IntConverter):
    regex = ID


class CardKey(StringConverter):
    regex = "[0-9a-f]{20}"


register_converter(SitemapPart, "sitemap_part")
register_converter(CardEdition, "card_edition")
register_converter(CardKey, "card_key")

app_name = "syndication"
urlpatterns = [
    path("feed/", feeds.site, name="feed"),
    path("decisions/feed/", feeds.decisions, name="decisions_feed"),
    path("forecasts/feed/", feeds.forecasts, name="forecasts_feed"),
    path("categories/<slug:slug>/feed/", feeds.category, name="category_feed"),
    path("tags/<slug:slug>/feed/", feeds.tag, name="tag_feed"),
    path("series/<slug:slug>/feed/", feeds.series, name="series_feed"),
    path("authors/<slug:slug>/feed/", feeds.author, name="author_feed"),
    path("shows/<slug:slug>/feed/", feeds.show, name="show_feed"),
    path("shows/<slug:slug>/decisions/feed/", feeds.show_decisions, name="show_decisions_feed"),
    path("social/<card_edition:edition>-<card_key:key>.jpg", card_views.card, name="card"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-lists.xml", sitemaps.lists, name="sitemap_lists"),
    path("sitemap-<slug:kind>-<sitemap_part:number>.xml", sitemaps.part, name="sitemap_part"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
]
