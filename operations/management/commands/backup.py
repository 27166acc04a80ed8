from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from operations.archive import ArchiveError, write_archive


class Command(BaseCommand):
    """Write database and media into one file, while the site goes on."""

    help = "Write the database and the media into one file, safe while the site is written to."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", type=Path, help="default: var/backups/ with today's date and time"
        )

    def handle(self, *, file, **options):
        name = f"cliffhanger-{timezone.now():%Y%m%d-%H%M%S}.tar"
        path = (file or settings.VAR_DIR / "backups" / name).absolute()
        try:
            manifest = write_archive(path)
        except (ArchiveError, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        megabytes = path.stat().st_size / 1_000_000
        self.stdout.write(f"{path}: database and {manifest['media_files']} media files, {megabytes:.1f} MB.")
