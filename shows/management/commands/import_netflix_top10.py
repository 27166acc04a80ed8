import gc
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from shows.models import ChartImport
from shows.netflix_top10 import Import, Refused, opened
from shows.netflix_top10.telling import told, told_revisions


class Command(BaseCommand):
    """Imports files of the Netflix Top 10, each whole or not at all; a refused file ends the command."""

    help = "Import files of the Netflix Top 10 as Netflix publishes them: worldwide, by country, of all time."

    def add_arguments(self, parser):
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE_OR_URL",
            help="A file or a web address: TSV or XLSX, gzipped or not.",
        )
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            default=timezone.localdate(),
            metavar="YYYY-MM-DD",
            help="The day for which a list of all time holds (default: today).",
        )
        parser.add_argument("--check", action="store_true", help="Tell what would change; change nothing.")

    def handle(self, files, as_of, check, **options):
        # What is loaded by now stays; looking through it again and again took a third of the time.
        gc.freeze()
        for each in files:
            try:
                self._import(each, as_of, check)
            except Refused as error:
                raise CommandError(f"{each}: {error} Nothing of it was imported.") from error

    def _import(self, file_or_url, as_of, is_check):
        with opened(file_or_url) as (file, name), self._progress() as progress:
            reading = progress.add_task(f"Reading {name}", total=None)
            found = Import(file, as_of, step=lambda lines: progress.advance(reading, lines))
            if not is_check:
                storing = progress.add_task("Storing", total=found.report["lines"])
                found.store(step=lambda lines: progress.advance(storing, lines))
        self.stdout.write(f"{name}:")
        for sentence in told(found.report):
            self.stdout.write(f"  {sentence}")
        for name_of_list, changes in told_revisions(found.report):
            self.stdout.write(f"  {name_of_list}")
            for change in changes:
                self.stdout.write(f"    {change}")
        if is_check:
            self.stdout.write("  Nothing was imported: this was a check.")
        else:
            ChartImport.objects.log(name, found.report, as_of)

    def _progress(self):
        """On a terminal only; elsewhere the report alone is written."""
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
