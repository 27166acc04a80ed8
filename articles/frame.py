"""What stands around every page, and under which name it is remembered."""

from functools import lru_cache
from typing import NamedTuple

from django.db.models import OuterRef
from django.utils import timezone

from queries.prepared import Prepared
from queries.remembered import key_of
from queries.rows import Rows, values_of

from .models import MenuEntry, Publication
from .name_at_hand import remember

ENTRIES = Rows(MenuEntry, category=("name", "slug"), page=("title", "slug"))


@Prepared
def PUBLICATION(now):
    visible = MenuEntry.objects.visible(now).filter(publication=OuterRef("pk")).order_by("position", "pk")
    return Publication.objects.annotate(menu_rows=ENTRIES.column(visible))


class Frame(NamedTuple):
    """The publication and its menu. `key` names both, their language, and which entry leads to the page."""

    publication: Publication
    menu: dict
    key: str

    @classmethod
    def of(cls, path):
        found = next(iter(PUBLICATION(now=timezone.now())), None)
        publication, rows = found or Publication.default(), found.menu_rows if found else "[]"
        remember(publication.name)
        menu, addresses = _menu(rows)
        here = path if path in addresses else ""
        return cls(publication, menu, key_of(values_of(publication), here))


@lru_cache(maxsize=10)
def _menu(rows):
    """The entries by location, and the addresses that the page's head knows of."""
    entries = ENTRIES.read(rows)
    menu = {location: [e for e in entries if e.location == location] for location in MenuEntry.Location}
    return menu, {"/", "/search/", *(entry.get_absolute_url() for entry in entries)}
