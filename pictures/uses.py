"""Where pictures are kept: every model's picture fields, whatever app they are in."""

from pathlib import PurePosixPath

from django.apps import apps

from pictures.fields import PictureField


def picture_fields():
    """(model, field) for every picture field of the site."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, PictureField):
                yield model, field


def keys_in_use():
    """The keys of all pictures that a row keeps: their files' names without folder and extension."""
    return {
        PurePosixPath(name).stem
        for model, field in picture_fields()
        for name in model._base_manager.exclude(**{field.name: ""})
        .values_list(field.name, flat=True)
        .iterator()
        if name
    }


def is_used(names, focus=None):
    """Whether a row keeps a picture of one of these names, with this focal point where one is given.

    A model without focal points counts as one with all of them in the middle.
    """
    return any(rows_with(model, field, names, focus).exists() for model, field in picture_fields())


def rows_with(model, field, names, focus):
    rows = model._base_manager.filter(**{f"{field.name}__in": names})
    if focus is None:
        return rows
    if hasattr(model, "focal_x"):
        return rows.filter(focal_x=focus[0], focal_y=focus[1])
    return rows if focus == (50, 50) else rows.none()
