"""What machines read: structured data, cards, feeds and sitemaps, each by a parser that is not ours."""

import json
from collections import defaultdict
from datetime import datetime

import extruct
import feedparser
from lxml import etree

# What pages of a kind say of themselves: schema.org's type, and properties that it must have there.
ARTICLE = {
    *("headline", "image", "datePublished", "dateModified", "author", "publisher", "articleSection"),
    *("mainEntityOfPage", "commentCount", "isAccessibleForFree", "wordCount"),
}
SAID = {
    "front": {"WebSite": {"name", "url", "potentialAction", "publisher"}},
    "article": {"NewsArticle": ARTICLE, "BreadcrumbList": {"itemListElement"}},
    "show": {"TVSeries": {"name", "url"}, "BreadcrumbList": {"itemListElement"}},
    "network": {"Organization": {"name", "url"}, "BreadcrumbList": {"itemListElement"}},
    "person": {"Person": {"name", "url"}, "BreadcrumbList": {"itemListElement"}},
    "author": {"ProfilePage": {"mainEntity"}},
}
# The shapes in which search engines want its pictures.
SHAPES = ("16x9", "4x3", "1x1")
CARD = {"og:title", "og:type", "og:url", "og:site_name"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def said_badly(pages):
    """Findings in the structured data and cards of every page."""
    findings = []
    for page in pages:
        if page.is_html and page.status == 200:
            findings += [f"{page.asked}: {said}" for said in faults_of(page)]
    return findings


def faults_of(page):
    try:
        data = extruct.extract(page.text, base_url=page.address, syntaxes=["json-ld", "opengraph"])
    except (json.JSONDecodeError, etree.ParseError) as error:
        return [f"its structured data does not parse: {error}"]
    things = things_of(data["json-ld"])
    kind = "author" if "/authors/" in page.address else page.what
    faults = []
    for name, properties in SAID.get(kind, {}).items():
        if name not in things:
            faults.append(f"it says nothing as {name}")
        elif missing := properties - set(things[name][0]):
            faults.append(f"its {name} lacks {', '.join(sorted(missing))}")
    if page.what in ("front", "article", "listing", "show"):
        card = {name for each in data["opengraph"] for name, _value in each["properties"]}
        faults += [f"its card lacks {name}" for name in sorted(CARD - card)]
    return faults + [said for article in things["NewsArticle"] for said in faults_of_article(article)]


def faults_of_article(article):
    """What its properties lack: a date its zone, an author their page, a picture its address or a shape."""
    images = article.get("image", [])
    faults = [f"its picture {image} is no address" for image in images if "://" not in image]
    faults += [
        f"it has no picture of {shape}" for shape in SHAPES if not any(shape in each for each in images)
    ]
    dates = [article[name] for name in ("datePublished", "dateModified") if name in article]
    faults += [f"its date {date} has no zone" for date in dates if not datetime.fromisoformat(date).tzinfo]
    authors = [author for author in article.get("author", []) if not author.get("url")]
    return faults + [f"its author {author.get('name')} has no page" for author in authors]


def things_of(found):
    """Things by their type, out of graphs too."""
    things = defaultdict(list)
    for each in found:
        for thing in each.get("@graph", [each]):
            things[thing.get("@type")].append(thing)
    return things


def bad_feeds(pages):
    """Findings in the feeds: they parse, and every entry has what a reader needs."""
    findings = []
    for page in pages:
        if "atom" not in page.kind:
            continue
        feed = feedparser.parse(page.body)
        if feed.bozo:
            findings.append(f"{page.asked}: {feed.bozo_exception}")
        for name in ("id", "title", "updated"):
            findings += [] if dict.get(feed.feed, name) else [f"{page.asked}: the feed lacks {name}"]
        # A feed's own author is that of its entries.
        wanted = ("id", "title", "updated", "link") + (() if feed.feed.get("author") else ("author",))
        for entry in feed.entries:
            # As it stands: the parser itself takes one date for another where that is missing.
            lacks = [name for name in wanted if not dict.get(entry, name)]
            findings += [f"{page.asked}: {entry.get('title')!r} lacks {', '.join(lacks)}"] if lacks else []
    return findings


def bad_sitemaps(pages, base):
    """Findings in the sitemaps: they parse, and name addresses of this site that answer."""
    findings = []
    for page in pages.values():
        if "xml" not in page.kind or "sitemap" not in page.address:
            continue
        root = etree.fromstring(page.body, etree.XMLParser(resolve_entities=False, no_network=True))
        for row in root:
            address = row.findtext(f"{SITEMAP}loc", "")
            if not address.startswith(f"{base}/"):
                findings.append(f"{page.asked}: {address!r} is not of this site")
            elif pages[address].status != 200:
                findings.append(f"{page.asked}: {address} is answered with {pages[address].status}")
            if "news" in page.address and row.find(f"{NEWS}news/{NEWS}title") is None:
                findings.append(f"{page.asked}: {address} has no title")
    return findings
