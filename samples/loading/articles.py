"""Writes the articles as the newsroom does: a working copy and its blocks, then published."""

from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils.text import slugify

from articles.models import (
    Article,
    ArticleAuthor,
    Author,
    Category,
    Embed,
    Image,
    Panel,
    Picture,
    PullQuote,
    Section,
    Tag,
)
from samples.illustrations import PICTURES, draw
from samples.manuscripts import manuscripts, moment

from .publication import user_named
from .rows import make


def load_articles(shows, now):
    """Every article by slug, oldest first; what is dated `… ago` counts from `now`."""
    pictures = {name: load_picture(name) for name in PICTURES}
    texts = sorted(manuscripts("articles"), key=lambda text: first_published(text, now) or now)
    return {text.header["slug"]: load_article(text, shows, pictures, now) for text in texts}


def load_picture(name):
    illustration, drawn = PICTURES[name], BytesIO()
    draw(name).save(drawn, "PNG")
    return make(
        Image,
        file=ContentFile(drawn.getvalue(), name=f"{name}.png"),
        alt_text=illustration.alt,
        caption=illustration.caption,
        credit=illustration.credit,
        focal_x=illustration.focal_x,
        focal_y=illustration.focal_y,
    )


def first_published(text, now):
    return moment(text.header["published"], now) if "published" in text.header else None


def load_article(text, shows, pictures, now):
    article = working_copy(text, shows, pictures)
    add_blocks(article, text.blocks, shows, pictures)
    if published_at := first_published(text, now):
        publish(article, text, published_at, now)
    change_after_publishing(article, text, shows, pictures)
    set_dates(article, text, now)
    return article


def working_copy(text, shows, pictures):
    header = text.header
    article = make(
        Article,
        headline=header["headline"],
        slug=header["slug"],
        kicker=header.get("kicker", ""),
        standfirst=header.get("first standfirst", header["standfirst"]),
        search_description=header.get("search description", ""),
        lead_image=pictures.get(header.get("picture")),
        show=shows[header["show"]] if "show" in header else None,
        category=Category.objects.get(slug=header["category"]),
        owner=user_named(header.get("owner")),
    )
    article.also_about.set([shows[slug] for slug in text.names("also about")])
    article.tags.set(
        Tag.objects.get_or_create(slug=slugify(tag), defaults={"name": tag})[0] for tag in text.names("tags")
    )
    for position, slug in enumerate(text.names("authors")):
        make(ArticleAuthor, article=article, author=Author.objects.get(slug=slug), position=position)
    return article


def add_blocks(article, blocks, shows, pictures, after=0):
    """Append blocks of a manuscript to a working copy that has `after` of them already."""
    for number, block in enumerate(blocks, start=after + 1):
        model, values = BLOCKS[block.type]
        make(model, parent=article, ordering=number * 10, **values(block, shows, pictures))


def section_values(block, shows, pictures):
    return {
        "kind": block.first,
        "heading": block.second,
        "body": block.html,
        "sources": "\n".join(block.sources),
    }


def panel_values(block, shows, pictures):
    kind, slug, season = (*block.first.split(), "", "")[:3]
    return {"kind": kind, "show": shows.get(slug), "season_number": int(season) if season else None}


def picture_values(block, shows, pictures):
    return {"image": pictures[block.first], "caption": block.second}


def quote_values(block, shows, pictures):
    return {"quote": block.first, "attribution": block.second}


def embed_values(block, shows, pictures):
    return {"url": block.first, "title": block.second}


BLOCKS = {
    "section": (Section, section_values),
    "panel": (Panel, panel_values),
    "picture": (Picture, picture_values),
    "quote": (PullQuote, quote_values),
    "embed": (Embed, embed_values),
}


def publish(article, text, published_at, now):
    """Publish it, and once more where the manuscript says that it was updated."""
    editor = user_named("editor")
    article.publish(by=editor, at=published_at)
    if "updated" in text.header:
        article.standfirst = text.header["standfirst"]
        article.save()
        article.publish(by=editor, at=moment(text.header["updated"], now), note=text.header.get("note", ""))


def change_after_publishing(article, text, shows, pictures):
    """The working copy may be ahead of what readers see."""
    add_blocks(article, text.unpublished_blocks, shows, pictures, after=len(text.blocks))
    if headline := text.header.get("working headline"):
        article.headline = headline
        article.save()


def set_dates(article, text, now):
    """Started and saved when such an article would have been, so that the desk lists it well."""
    published_at = first_published(text, now)
    last = moment(text.header["updated"], now) if "updated" in text.header else published_at
    is_ahead = text.unpublished_blocks or not published_at
    saved_at = now - timedelta(minutes=50) if is_ahead else last
    Article.objects.filter(pk=article.pk).update(
        created_at=(published_at or now) - timedelta(days=1), saved_at=saved_at
    )
