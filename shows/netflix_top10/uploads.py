"""A file that an editor uploads: read at once where it is small, else by the worker."""

import gzip
import io
import shutil
import tempfile

from django.db import transaction
from django.utils.translation import gettext as _

from shows.models import ChartImport

from .files import PACKED, Refused
from .importing import IN_MEMORY, Import

# Read within the request: under a second's work. A week's file by country has less, all weeks have 30 MB.
SMALL = 1024 * 1024
LARGEST_UPLOAD = 64 * 1024 * 1024
Status = ChartImport.Status


def read_small(file, as_of_on):
    """The report of an uploaded file, None where the worker is to read it.

    Raises Refused where a small file is none of the Top 10, or any is too large.
    """
    if file.size > LARGEST_UPLOAD:
        limit = LARGEST_UPLOAD >> 20
        raise Refused(_("It is larger than %d MB. Pack it with gzip, or use the command.") % limit)
    is_packed = file.read(4).startswith(PACKED)
    file.seek(0)
    # Nobody knows how much is in a packed one.
    return None if is_packed or file.size > SMALL else Import(file, as_of_on).report


def receive(taken, file, report):
    """Keep the file with its ChartImport until it is imported or dropped."""
    # Imported here: tasks import this module.
    from shows.tasks import check_import

    taken.name, taken.content = file.name[:300], _packed(file)
    if report is not None:
        taken.report, taken.status = report, Status.CHECKED
    with transaction.atomic():
        taken.save()
        if report is None:
            check_import.enqueue(taken.pk)


def _packed(file):
    file.seek(0)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=5, mtime=0) as pipe:
        shutil.copyfileobj(file, pipe)
    return packed.getvalue()


def check(taken):
    """Read a file that waits for it; what is refused says why."""
    try:
        report = _import_of(taken).report
    except Refused as error:
        taken.become(Status.REFUSED, report={"refused": str(error)})
    else:
        taken.become(Status.CHECKED, report=report)


def store(taken):
    """Import a file that was checked. The report becomes that of what was changed."""
    try:
        found = _import_of(taken)
        found.store()
    except Refused as error:
        taken.become(Status.REFUSED, report={"refused": str(error)})
    else:
        taken.become(Status.DONE, report=found.report)


def _import_of(taken):
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        shutil.copyfileobj(gzip.GzipFile(fileobj=io.BytesIO(bytes(taken.content))), file)
        file.seek(0)
        return Import(file, taken.as_of_on)
