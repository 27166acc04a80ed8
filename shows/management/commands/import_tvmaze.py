from datetime import date
from itertools import chain

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import track

from shows.tvmaze.files import Refused, json_of
from shows.tvmaze.reading import shows_of
from shows.tvmaze.storing import Importer

# Fewer are done before anybody could read a bar.
WORTH_A_BAR = 20


class Command(BaseCommand):
    """Take over shows, seasons and cast as TVmaze's API gives them; all of what is given, or nothing.

    What an editor wrote stays: it is said where TVmaze says something else.
    """

    help = (
        "Import shows with seasons and cast from TVmaze, whose data is under CC BY-SA 4.0 and is credited "
        "on the show's page. Empty fields are filled; what differs is kept and reported."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "file_or_url",
            nargs="+",
            help="a show by its number at TVmaze, such as 82, or by its page there; or JSON of TVmaze's API, "
            "as a file or an address: a show, a list of shows, a search's answer",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="take TVmaze's word where the record says something else",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and change nothing"
        )
        parser.add_argument(
            "--fetched-on",
            type=date.fromisoformat,
            help="the day on which a file was fetched, such as 2026-11-23; today if left out",
        )

    def handle(self, *, file_or_url, overwrite, dry_run, fetched_on, verbosity, **options):
        if fetched_on and fetched_on > timezone.localdate():
            raise CommandError(_("A file cannot have been fetched on a day to come."))
        shows = list(chain.from_iterable(map(self.read, file_or_url)))
        try:
            with transaction.atomic():
                importer = Importer(fetched_on=fetched_on or timezone.localdate(), overwrite=overwrite)
                for given in self.with_bar(shows):
                    importer.take(given)
                transaction.set_rollback(dry_run)
        except Refused as error:
            raise CommandError(_("%s Nothing was changed.") % error) from error
        except IntegrityError as error:
            said = _("The record was changed at the same moment: %s. Nothing was changed; try again.")
            raise CommandError(said % error) from error
        if verbosity:
            told = importer.told
            trial = _("It was a trial: nothing of this was written.") if dry_run else ""
            for line in filter(
                None, [*told.lines, told.ending(), told.without_seasons(), told.summary(), trial]
            ):
                self.stdout.write(line)

    def read(self, file_or_url):
        """The shows of one file, all of them checked."""
        try:
            return shows_of(json_of(file_or_url))
        except Refused as error:
            told = {"file": file_or_url, "why": error}
            raise CommandError(_("%(file)s was refused. %(why)s Nothing was changed.") % told) from error

    def with_bar(self, shows):
        console = Console(stderr=True)
        is_shown = console.is_terminal and len(shows) > WORTH_A_BAR
        said = _("Bringing shows into the record")
        return track(shows, said, console=console, transient=True, disable=not is_shown)
