"""The last part of an address that no other row of its kind has."""

from itertools import chain, count

from django.utils.text import slugify

# For the sign and number that tell addresses of one name apart.
ROOM = 10


def free_address(model, name, otherwise, apart="", taken=()):
    """Made of a name, else of `otherwise`; where it is taken, told apart by `apart` or by a number.

    `taken` are those of rows that are not stored yet.
    """
    longest = model._meta.get_field("slug").max_length - ROOM - len(apart)
    stem = slugify(name)[:longest].strip("-_") or otherwise
    told_apart = [f"{stem}-{apart}"] if apart else []
    addresses = chain([stem], told_apart, (f"{stem}-{number}" for number in count(2)))
    return next(
        slug for slug in addresses if slug not in taken and not model.objects.filter(slug=slug).exists()
    )
