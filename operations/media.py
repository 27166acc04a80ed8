"""The media in a backup: all files of a disk's folder, or the originals of a bucket."""

import shutil
import tarfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

from pictures.renditions import ORIGINALS

# What a bucket takes from a backup. Pictures for social networks are made anew when somebody asks for them.
TAKEN_OVER = (f"{ORIGINALS}/", "renditions/")


class MediaError(Exception):
    """The media cannot be put back; says why in a sentence. They are as they were before."""


def are_on_disk():
    return isinstance(default_storage, FileSystemStorage)


def media_files():
    """The names of the files that a backup holds. Of a bucket's originals all else can be made anew."""
    if not are_on_disk():
        return [f"{ORIGINALS}/{name}" for name in sorted(default_storage.listdir(ORIGINALS)[1])]
    root = Path(settings.MEDIA_ROOT)
    paths = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return [path.relative_to(root).as_posix() for path in sorted(paths)]


def pack(tar, name, inside):
    """Add the file of this name to an archive, under the name that it has inside."""
    if are_on_disk():
        tar.add(Path(settings.MEDIA_ROOT) / name, inside)
        return
    with default_storage.open(name) as file:
        entry = tarfile.TarInfo(inside)
        entry.size, entry.mode = file.size, 0o644
        tar.addfile(entry, file)


def replaced_by(new, *, set_aside):
    """A context in which the media are those of the folder `new`; where it fails the old ones come back."""
    return folder_replaced_by(new, set_aside) if are_on_disk() else bucket_added_to(new)


@contextmanager
def folder_replaced_by(new, set_aside):
    """Move `new` to where the media are."""
    media = Path(settings.MEDIA_ROOT)
    had_media = media.exists()
    try:
        if had_media:
            media.rename(set_aside)
        new.rename(media)
    except OSError as error:
        if had_media and not media.exists():
            set_aside.rename(media)
        raise MediaError(f"The media folder {media} cannot be replaced: {error.strerror}.") from error
    try:
        yield
    except BaseException:
        shutil.rmtree(media)
        if had_media:
            set_aside.rename(media)
        raise


@contextmanager
def bucket_added_to(new):
    """Add what the bucket lacks. Names say what is in a file, so nothing is overwritten or taken back."""
    try:
        for path in sorted(new.rglob("*")):
            name = path.relative_to(new).as_posix()
            if path.is_file() and name.startswith(TAKEN_OVER) and not default_storage.exists(name):
                with path.open("rb") as file:
                    default_storage.save(name, File(file))
    except OSError as error:
        raise MediaError(str(error)) from error
    yield
