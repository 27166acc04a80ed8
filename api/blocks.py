"""What an article is made of, as data: its blocks with their pictures."""

from articles import embeds
from articles.models import Panel, Section
from articles.templatetags.articles import site_address
from pictures.crops import RATIOS, crop_url
from pictures.renditions import rendition_widths

from .shapes import DAY, LINK, NUMBER, TEXT, Field, Many, Maybe, Shape, maybe, one_of
from .shows import SHOW_REFERENCE


def size_of(image):
    """Width and height of a picture's largest rendition, in pixels."""
    width = rendition_widths(image.width)[-1]
    return width, max(1, round(image.height * width / image.width))


PICTURE = Shape(
    "Picture",
    "A picture with the texts that it was published with.",
    Field("url", LINK, "The largest JPEG.", lambda row: site_address(row.image.file.url)),
    Field("width", NUMBER, "Of that, in pixels.", lambda row: size_of(row.image)[0]),
    Field("height", NUMBER, "Of that, in pixels.", lambda row: size_of(row.image)[1]),
    Field("alt", TEXT, "What it shows; empty where it is decorative.", lambda row: row.alt_text),
    Field("caption", TEXT, "The caption; may be empty.", lambda row: row.caption),
    Field("credit", TEXT, "Who made it; may be empty.", lambda row: row.credit),
    Field(
        "crops",
        {"type": "object", "additionalProperties": LINK},
        "Cut around its focal point, by shape.",
        lambda row: {ratio: site_address(crop_url(row.image, ratio)) for ratio in RATIOS},
    ),
)

PANEL = Shape(
    "Panel",
    "A view of a show's record, drawn anew from it: its figures are at the show.",
    Field("type", one_of(["panel"]), "The kind of block.", lambda block: "panel"),
    Field("kind", one_of(Panel.Kind.values), "What it shows.", lambda block: block["kind"]),
    Field("show", SHOW_REFERENCE, "Whose record.", lambda block: block["record"].show),
    Field("season", maybe(NUMBER), "Of which season, where it is of one.", lambda block: block["season"]),
)
SOURCE = Shape(
    "Source",
    "Where something can be read.",
    Field("title", TEXT, "What it is.", lambda source: source["title"]),
    Field("url", TEXT, "Its address; may be empty.", lambda source: source["url"]),
)
SECTION = Shape(
    "Section",
    "A part of the text.",
    Field("type", one_of(["section"]), "The kind of block.", lambda block: "section"),
    Field("kind", one_of(Section.Kind.values), "What the part is about.", lambda block: block["kind"]),
    Field("heading", TEXT, "May be empty.", lambda block: block["heading"]),
    Field(
        "anchor", TEXT, "Its place in the page; empty without a heading.", lambda row: row.get("anchor", "")
    ),
    Field(
        "html",
        TEXT,
        "Clean HTML (paragraphs, headings, lists, quotations, links, tables) with absolute addresses.",
        lambda block: block["html"],
    ),
    Field("sources", Many(SOURCE), "What it rests on.", lambda block: block["sources"]),
)
PICTURE_BLOCK = Shape(
    "PictureBlock",
    "A picture between the parts of the text.",
    Field("type", one_of(["picture"]), "The kind of block.", lambda block: "picture"),
    Field("picture", PICTURE, "The picture.", lambda block: block["picture"]),
    Field("caption", TEXT, "The caption here; may be empty.", lambda block: block["caption"]),
)
QUOTE = Shape(
    "PullQuote",
    "A sentence set large.",
    Field("type", one_of(["quote"]), "The kind of block.", lambda block: "quote"),
    Field("quote", TEXT, "Without quotation marks.", lambda block: block["quote"]),
    Field("attribution", TEXT, "Who said it; may be empty.", lambda block: block["attribution"]),
)
EMBED = Shape(
    "Embed",
    "A video, a post or a page elsewhere, with what the article says of it.",
    Field("type", one_of(["embed"]), "The kind of block.", lambda block: "embed"),
    Field(
        "kind", one_of([embeds.VIDEO, embeds.POST, embeds.LINK]), "What it is.", lambda block: block["kind"]
    ),
    Field("site", TEXT, "Where; empty where it is not known.", lambda block: block["site"]),
    Field("url", TEXT, "Its address; may be empty.", lambda block: block["url"]),
    Field("title", TEXT, "Its title; may be empty.", lambda block: block["title"]),
    Field("author", TEXT, "Who wrote the post; may be empty.", lambda block: block["author"]),
    Field("posted_on", maybe(DAY), "When.", lambda block: block["on"] or None),
    Field("text", TEXT, "What the post says; may be empty.", lambda block: block["text"]),
    Field("poster", Maybe(PICTURE), "Our own picture for a video.", lambda block: block["picture"]),
)
UPDATE = Shape(
    "Update",
    "A dated box that tells what has become of it since.",
    Field("type", one_of(["update"]), "The kind of block.", lambda block: "update"),
    Field("on", DAY, "Its day.", lambda block: block["on"]),
    Field("text", TEXT, "What it says.", lambda block: block["text"]),
    Field("source", SOURCE, "Who says so.", lambda block: block["source"]),
)
BLOCKS = {
    "section": SECTION,
    "picture": PICTURE_BLOCK,
    "quote": QUOTE,
    "panel": PANEL,
    "embed": EMBED,
    "update": UPDATE,
}
