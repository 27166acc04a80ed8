from django.core.management.base import BaseCommand

from comments.privacy.purge import purge

SAID = {
    "addresses": "network addresses of comments",
    "address_keys": "keys of networks of comments",
    "spam": "spam comments",
    "rejected": "rejected comments",
    "subscriptions": "subscriptions that nobody confirmed",
    "follows": "follows of shows that nobody confirmed",
    "follow_keys": "keys of networks of follows",
    "report_keys": "keys of networks of reports",
    "bans": "bans that ended long ago",
    "failed_logins": "failed logins with their addresses",
    "erasures": "erasures repeated that this database had forgotten",
}


class Command(BaseCommand):
    """Drop the personal data whose time is over; safe to run as often as one likes."""

    help = "Drop the personal data that may be kept no longer, and say what went."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *, dry_run, **options):
        for what, count in purge(is_dry=dry_run).items():
            self.stdout.write(f"{count} {SAID[what]}")
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
