"""The whole text of an article for feed readers: plain HTML with absolute addresses, no script, no style."""

from html import escape, unescape
from urllib.parse import urljoin

from django.db.models import Prefetch
from django.template.loader import get_template
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe

from articles import embeds
from articles.internal_links import HREF, OwnLinks
from articles.models.frozen import EditionAuthor, EditionImage
from articles.templatetags.articles import site_address
from shows.models import shows_with_status


def with_parts(editions):
    """These editions with all that their text needs, in as many queries for fifty as for one."""
    editions = list(
        editions.prefetch_related(
            "article__tags",
            Prefetch(
                "edition_authors",
                EditionAuthor.objects.select_related("author"),
                to_attr="edition_authors_in_order",
            ),
            Prefetch("edition_images", EditionImage.objects.select_related("image")),
        )
    )
    shows = _shows_of(editions)
    links = OwnLinks(block["html"] for edition in editions for block in edition.blocks if "html" in block)
    for edition in editions:
        edition.edition_images_by_id = {row.image_id: row for row in edition.edition_images.all()}
        edition.own_links = links
        edition.shows_of_panels = [shows[pk] for pk in _panels_of(edition) if pk in shows]
    return editions


def _panels_of(edition):
    """The ids of the shows whose record the edition draws, each once."""
    panels = [block for block in edition.blocks if block["type"] == "panel"]
    return dict.fromkeys(block["show"] or edition.article.show_id for block in panels)


def _shows_of(editions):
    wanted = {pk for edition in editions for pk in _panels_of(edition) if pk}
    return {show.pk: show for show in shows_with_status().filter(pk__in=wanted)} if wanted else {}


def html_of(edition):
    """The text of an edition that came through `with_parts`."""
    context = {
        "edition": edition,
        "blocks": [block for raw in edition.blocks if (block := _drawable(edition, raw))],
        "address": site_address(edition.article.get_absolute_url()),
    }
    return get_template("syndication/_text.html").render(context)


def paragraph(text):
    """Plain text as HTML; empty for no text."""
    return linebreaks(text, autoescape=True) if text else ""


def _drawable(edition, block):
    kind, pictures = block["type"], edition.edition_images_by_id
    if kind == "section":
        html = edition.own_links.drawn(block["html"])
        return block | {"html": absolute(html, site_address(edition.article.get_absolute_url()))}
    if kind == "picture":
        picture = pictures.get(block["image"])
        return picture and block | {"picture": picture, "caption": block["caption"] or picture.caption}
    if kind == "embed":
        return embeds.drawable(block, pictures.get(block["poster"]))
    return block if kind in ("quote", "update") else None


def absolute(html, base):
    """Cleaned HTML whose links lead to the same places from anywhere."""
    drawn = HREF.sub(lambda match: f"{match[1]}{escape(_joined(base, match[2]))}{match[3]}", html)
    return mark_safe(drawn)  # noqa: S308 (it was cleaned when it was frozen)


def _joined(base, href):
    try:
        return urljoin(base, unescape(href))
    except ValueError:
        return base
