from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from comments.models import Erasure
from comments.privacy import tombstones
from operations import health
from operations.archive import ArchiveError, restore_archive, site_holds_data
from pagestore import generations


class Command(BaseCommand):
    """Replace database and media by those of a backup, wholly or not at all."""

    help = "Replace the database and the media by those of a backup."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="overwrite what the site holds now")

    def handle(self, *, file, yes, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if site_holds_data() and not yes:
            raise CommandError("This site holds data already; --yes overwrites it with the backup.")
        remember_erasures()
        try:
            manifest = restore_archive(file)
        except ArchiveError as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(f"Restored the site as it was at {manifest['made_at']}.")
        if health.readiness()["migrations"]:
            generations.renew()
            repeated = tombstones.repeat()
            self.stdout.write(f"Readers erased since then, and now once more: {repeated}.")
        else:
            self.stdout.write(
                "The backup is of an older version: run `manage.py migrate` before you start the site, and "
                "`manage.py purge_personal_data` after it, which erases again whoever was erased since."
            )


def remember_erasures():
    """Keep the tombstones of the database that is about to go, where it has any."""
    if Erasure._meta.db_table in connection.introspection.table_names():
        tombstones.write_down()
