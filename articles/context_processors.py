"""What every page needs: the publication and its menu, in one query."""

from django.utils.functional import SimpleLazyObject

from .models import MenuEntry, Publication
from .name_at_hand import remember


def publication(request):
    """`publication`, and `menu` with the visible entries by location; asked when first used."""

    def load():
        entries = list(MenuEntry.objects.visible())
        current = entries[0].publication if entries else Publication.current()
        remember(current.name)
        menu = {location: [e for e in entries if e.location == location] for location in MenuEntry.Location}
        return current, menu

    loaded = SimpleLazyObject(load)
    return {
        "publication": SimpleLazyObject(lambda: loaded[0]),
        "menu": SimpleLazyObject(lambda: loaded[1]),
    }
