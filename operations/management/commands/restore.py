from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from operations import health
from operations.archive import ArchiveError, restore_archive, site_holds_data


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
        try:
            manifest = restore_archive(file)
        except ArchiveError as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(f"Restored the site as it was at {manifest['made_at']}.")
        if not health.readiness()["migrations"]:
            self.stdout.write(
                "The backup is of an older version: run `manage.py migrate` before you start the site."
            )
