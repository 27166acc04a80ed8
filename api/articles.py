"""Articles as readers see them, as data."""

from articles.views import Story
from comments.counts import approved_count
from syndication.full_text import absolute

from .addresses import api_address, moment, page_address
from .blocks import BLOCKS, PICTURE
from .shapes import DAY, LINK, MOMENT, NUMBER, TEXT, Field, Many, Maybe, Shape
from .shows import SHOW_REFERENCE

FILED = (
    Field("slug", TEXT, "Names it in addresses and filters.", lambda row: row.slug),
    Field("name", TEXT, "Its name.", lambda row: row.name),
    Field("url", LINK, "Its page for people.", page_address),
)
CATEGORY = Shape("Category", "The one department that an article belongs to.", *FILED)
TAG = Shape("Tag", "A theme.", *FILED)
SERIES = Shape("Series", "Articles that belong together, in order.", *FILED)
AUTHOR = Shape("Author", "Whose byline it is.", *FILED)
CORRECTION = Shape(
    "Correction",
    "What was put right, as readers are told.",
    Field("on", DAY, "When.", lambda correction: correction["on"]),
    Field("text", TEXT, "What.", lambda correction: correction["text"]),
)


def changed_at(edition):
    """When readers were last given something new: small fixes do not count."""
    return moment(max(filter(None, [edition.article.published_at, edition.updated_at])))


CARD = (
    Field("id", NUMBER, "Stays the same for good.", lambda edition: edition.article_id),
    Field("slug", TEXT, "The last part of its address; it may change.", lambda row: row.article.slug),
    Field(
        "href", LINK, "Where the API tells all of it.", lambda row: api_address("article", row.article.slug)
    ),
    Field("url", LINK, "Its page for people.", lambda edition: page_address(edition.article)),
    Field("headline", TEXT, "The title.", lambda edition: edition.headline),
    Field("kicker", TEXT, "The label above it; may be empty.", lambda edition: edition.kicker),
    Field("standfirst", TEXT, "The summary under it; may be empty.", lambda edition: edition.standfirst),
    Field("byline", TEXT, "Who wrote it, as one text.", lambda edition: edition.byline),
    Field("version", NUMBER, "Which version readers see.", lambda edition: edition.number),
    Field("published_at", MOMENT, "First published.", lambda row: moment(row.article.published_at)),
    Field("updated_at", MOMENT, "Last changed for readers; small fixes do not count.", changed_at),
    Field("category", Maybe(CATEGORY), "Its department.", lambda edition: edition.article.category),
    Field("show", Maybe(SHOW_REFERENCE), "The show that it is about.", lambda row: row.article.show),
)
ARTICLE_CARD = Shape("ArticleCard", "An article in a list.", *CARD)
ARTICLE = Shape(
    "Article",
    "An article as readers see it now.",
    *CARD,
    Field(
        "authors",
        Many(AUTHOR),
        "Its byline, in order.",
        lambda edition: [row.author for row in edition.edition_authors_in_order],
    ),
    Field("lead_picture", Maybe(PICTURE), "The main picture.", lambda edition: edition.lead),
    Field(
        "also_about",
        Many(SHOW_REFERENCE),
        "Other shows that it is about.",
        lambda edition: edition.article.also_about.all(),
    ),
    Field("tags", Many(TAG), "Its themes.", lambda edition: edition.article.tags.all()),
    Field("series", Maybe(SERIES), "The series that it is part of.", lambda row: row.article.series),
    Field(
        "blocks",
        Many({"oneOf": [shape.reference for shape in BLOCKS.values()]}),
        "The text, in order. Pass over kinds of blocks that you do not know.",
        lambda edition: blocks_of(edition),
    ),
    Field("corrections", Many(CORRECTION), "What was put right, oldest first.", lambda row: row.corrections),
    Field(
        "comment_count", NUMBER, "Comments that readers see.", lambda edition: approved_count(edition.article)
    ),
    Field(
        "comments",
        LINK,
        "Where the API tells them.",
        lambda edition: api_address("comments", edition.article.slug),
    ),
)


def blocks_of(edition):
    """The blocks of a live edition as data; what is no longer there is left out, as on its page."""
    address = page_address(edition.article)
    story = Story(edition)
    drawn = [block for block in story.blocks if block["type"] in BLOCKS]
    for block in drawn:
        if block["type"] == "section":
            block["html"] = absolute(block["html"], address)
    return [BLOCKS[block["type"]].of(block) for block in drawn]
