from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from logbook.models import Entry
from logins import devices


class Command(BaseCommand):
    """End the second factor of a person who has lost phone and codes; the log says so."""

    help = "End the second factor of somebody who has lost phone and recovery codes."

    def add_arguments(self, parser):
        parser.add_argument("username")

    @transaction.atomic
    def handle(self, *, username, **options):
        person = get_user_model().objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no login “{username}”.")
        if not devices.take_away(person):
            raise CommandError(f"“{username}” has no second factor.")
        Entry.objects.record(None, Entry.Action.CHANGED, person, "Second factor reset on the command line.")
        self.stdout.write(
            f"Done: “{username}” logs in with the password, and can set up a second factor again."
        )
