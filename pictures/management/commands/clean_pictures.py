from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from pictures.strays import delete, strays


class Command(BaseCommand):
    """Find, and with --delete remove, the files of pictures that nothing refers to."""

    help = (
        "List the picture files that no picture, logo or poster refers to and that are older than a day. "
        "Nothing is deleted without --delete."
    )

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="delete them")

    def handle(self, *, delete, **options):
        count = size = 0
        for stray in strays(default_storage):
            if not delete or self.is_deleted(stray):
                count, size = count + 1, size + stray.size
                self.stdout.write(f"{stray.name}  {stray.size / 1000:,.1f} kB")
        said = f"{count} {'file' if count == 1 else 'files'}, {size / 1_000_000:,.1f} MB"
        if delete:
            self.stdout.write(f"Deleted: {said}.")
        elif count:
            self.stdout.write(f"Nothing refers to these: {said}. Run it with --delete to delete them.")
        else:
            self.stdout.write("Every picture file is in use, or younger than a day.")

    def is_deleted(self, stray):
        try:
            return delete(default_storage, stray)
        except OSError as error:
            self.stderr.write(f"{stray.name} could not be deleted: {error}")
            return False
