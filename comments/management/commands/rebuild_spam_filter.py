from django.core.management.base import BaseCommand

from comments.spam.filter import ENOUGH, rebuild


class Command(BaseCommand):
    """Teach the spam filter anew from all comments that are decided on."""

    help = "Teach the spam filter anew from the comments that are approved and those that are spam."

    def handle(self, **options):
        spam, good = rebuild()
        self.stdout.write(f"Learned from {spam} spam and {good} approved comments.")
        if min(spam, good) < ENOUGH:
            self.stdout.write(f"It gives scores as soon as it knows {ENOUGH} of each.")
