"""Small makers of rows that take overrides, so that a test names only what it is about."""

import itertools
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils.text import slugify
from PIL import Image as PillowImage

from articles.models import (
    Article,
    ArticleAuthor,
    Author,
    Category,
    Image,
    MenuEntry,
    Publication,
    Section,
    Tag,
)

_numbers = itertools.count(1)


def make_author(name="Ada Writer", **fields):
    return Author.objects.get_or_create(slug=slugify(name), defaults={"name": name, **fields})[0]


def make_category(name="Streaming", **fields):
    return Category.objects.get_or_create(slug=slugify(name), defaults={"name": name, **fields})[0]


def make_tag(name="cancellations"):
    return Tag.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def picture_file(size=(64, 36), colour="#27323a", name="picture.png"):
    """An uploadable PNG of one colour; another colour makes another file."""
    buffer = BytesIO()
    PillowImage.new("RGB", size, colour).save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name=name)


def make_image(**fields):
    colour = f"#{next(_numbers):06x}"
    fields = {"alt_text": "A lighthouse at dusk", "caption": "", "credit": "", **fields}
    fields.setdefault("file", picture_file(colour=colour))
    return Image.objects.create(**fields)


def make_article(*, text="<p>What is known so far.</p>", authors=("Ada Writer",), **fields):
    """A draft that could be published as it is: a section of text, an author, a category."""
    fields = {"headline": f"Headline number {next(_numbers)}", **fields}
    fields.setdefault("category", make_category())
    article = Article.objects.create(**fields)
    for position, name in enumerate(authors):
        ArticleAuthor.objects.create(article=article, author=make_author(name), position=position)
    if text:
        make_section(article, body=text)
    return article


def make_section(article, **fields):
    last = Section.objects.filter(parent=article).count() + 1
    return Section.objects.create(parent=article, **{"ordering": last * 10, "kind": "other", **fields})


def publish_article(*, at=None, by=None, **fields):
    """An article that readers see, since `at` (default now)."""
    article = make_article(**fields)
    article.publish(by=by, at=at)
    return article


def make_publication(name="Cold Open", menu=("archive", "shows"), **fields):
    """The publication with a menu of these places, as a site that was set up has it."""
    publication = Publication(name=name, **fields)
    publication.save()
    for position, place in enumerate(menu):
        MenuEntry.objects.create(publication=publication, place=place, position=position)
    return publication
