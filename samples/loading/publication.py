"""Writes the publication: its row, its authors and departments, its pages and its menu."""

from django.contrib.auth import get_user_model

from articles.models import Author, Category, MenuEntry, Page, Publication
from samples import publication as sample
from samples.manuscripts import manuscripts

from .rows import make


def user_named(username):
    """The account of this name, or None: the sample makes no accounts."""
    return get_user_model().objects.filter(username=username).first() if username else None


def load_publication():
    publication = make(
        Publication,
        name=sample.NAME,
        tagline=sample.TAGLINE,
        publisher=sample.PUBLISHER,
        house_rules=sample.HOUSE_RULES,
        data_licence=sample.DATA_LICENCE,
    )
    for slug, name, bio, username in sample.AUTHORS:
        make(Author, slug=slug, name=name, bio=bio, user=user_named(username))
    for position, (slug, name, description) in enumerate(sample.CATEGORIES):
        make(Category, slug=slug, name=name, description=description, position=position)
    for page in manuscripts("pages"):
        make(
            Page,
            slug=page.header["slug"],
            title=page.header["title"],
            body=page.html,
            search_description=page.header["search description"],
        )
    for position, (location, label, kind, target) in enumerate(sample.MENU):
        load_menu_entry(publication, kind, target, location=location, label=label, position=position)


def load_menu_entry(publication, kind, target, **values):
    rows = {"category": Category, "page": Page}
    leads_to = rows[kind].objects.get(slug=target) if kind in rows else target
    make(MenuEntry, publication=publication, **{kind: leads_to}, **values)
