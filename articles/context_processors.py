"""What every page needs: the publication and its menu, in one query."""

from django.utils.functional import SimpleLazyObject

from .frame import Frame


def publication(request):
    """`publication`, `menu` with the visible entries by location, and the `frame`; asked when first used."""
    frame = SimpleLazyObject(lambda: Frame.of(request.path))
    return {
        "frame": frame,
        "publication": SimpleLazyObject(lambda: frame.publication),
        "menu": SimpleLazyObject(lambda: frame.menu),
    }
