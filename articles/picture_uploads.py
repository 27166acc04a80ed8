"""Pictures into the library: one row for the same picture, however often it is uploaded."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from pictures.fields import cleaned

from .models import Image

LONGEST_LIST = 100


def add_picture(file, *, by):
    """The library's row for an uploaded picture, and whether it is new.

    A picture whose bytes are there already is that row, with the texts that it has. Raises ValidationError,
    with a sentence for the editor, for what is no picture.
    """
    content = cleaned(file)
    there = same_picture(Image._meta.get_field("file").generate_filename(None, content.name))
    if there:
        return there, False
    return Image.objects.create(file=content, uploaded_by=by), True


def same_picture(name):
    """The library's oldest row with this file, or None."""
    return Image.objects.filter(file=name).order_by("pk").first()


def add_pictures(files, *, by):
    """Add several: their rows without doubles, and a sentence for each file that was not simply added."""
    rows, said = {}, []
    for file in files:
        try:
            row, is_new = add_picture(file, by=by)
        except ValidationError as error:
            said.append(f"“{file.name}”: {' '.join(error.messages)}")
            continue
        rows[row.pk] = row
        if not is_new:
            said.append(already_there(file))
    return list(rows.values()), said


def already_there(file):
    return gettext("“%s” is in the library already; nothing was added.") % file.name
