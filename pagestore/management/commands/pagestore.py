"""What the servers keep ready: listed, explained, warmed, emptied."""

import re

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pagestore import generations
from pagestore.pages import page_at
from pagestore.servers import Servers

OWN_LINK = re.compile(r'href="(/[^"#]*)')
# Requests go to whichever process is free, so each address is asked for more than once.
MOST_TRIES = 12


class Command(BaseCommand):
    help = "Tell what the servers keep ready of readers' pages, explain one address, warm or empty them."

    def add_arguments(self, parser):
        parser.add_argument("wish", choices=["list", "explain", "warm", "empty"])
        parser.add_argument("addresses", nargs="*", metavar="ADDRESS", help="such as /articles/the-bear/")
        parser.add_argument(
            "--at", default=settings.SITE_URL, metavar="URL", help="where to ask; default: SITE_URL"
        )

    def handle(self, *, wish, addresses, at, **options):
        if wish == "explain" and len(addresses) != 1:
            raise CommandError("Name the one address to explain.")
        if wish == "empty":
            self.empty()
            return
        if not settings.PAGE_STORE_BYTES:
            raise CommandError("No pages are kept here: PAGE_STORE_MB is 0.")
        try:
            getattr(self, wish)(Servers(at), addresses)
        except BrokenPipeError:
            # Whoever reads the output has seen enough; that is no fault of the site.
            raise
        except OSError as error:
            raise CommandError(f"{at} does not answer: {error}. --at names another address.") from error
        except ValueError as error:
            raise CommandError(f"{at} answers, but not with a page store in front.") from error

    def empty(self):
        generations.renew()
        self.say("Every page is made anew for its next reader, on every server.")

    def list(self, servers, _addresses):
        for told in servers.told("/"):
            self.say(f"Process {told['process']}: {told['taken']:,} of {told['room']:,} bytes")
            for page in told["pages"]:
                state = f"stale: {', '.join(page['changed'])}" if page["changed"] else "good"
                self.say(f"  {page['bytes']:>9,}  {page['address']}  {state}")

    def explain(self, servers, addresses):
        path, _mark, query = addresses[0].partition("?")
        if page_at(path, query) is None:
            self.say("Django answers it each time: it is no page that is the same for everyone.")
            return
        for told in servers.told(addresses[0]):
            asked = told["asked"]
            self.say(f"Process {told['process']}: {asked['address']}")
            self.say(f"  {explained(asked)}")
            for name, (then, now) in asked.get("numbers", {}).items():
                self.say(f"  {'stale' if then != now else 'same '}  {name}  {short(then)} -> {short(now)}")
        self.say(f"Asked for now it is a {servers.read(addresses[0]).said or 'page of Django'}.")

    def warm(self, servers, addresses):
        """These addresses, or the front page and the pages that it leads to."""
        for address in addresses or dict.fromkeys(["/", *OWN_LINK.findall(servers.read("/").text)]):
            if page_at(*address.partition("?")[::2]):
                self.say(f"{warmed(servers, address)}  {address}")

    def say(self, text):
        self.stdout.write(text)


def warmed(servers, address):
    """Ask until a page is ready wherever it is asked for, as far as that can be seen from outside."""
    in_a_row = 0
    for _try in range(MOST_TRIES):
        said = servers.read(address).said
        if said.startswith("bypass"):
            return said
        in_a_row = in_a_row + 1 if said == "hit" else 0
        if in_a_row == 3:
            break
    return "ready"


def explained(asked):
    if not asked["is_kept"]:
        return "It is not kept there."
    packings = ", ".join(f"{name} {size:,}" for name, size in asked["packings"].items())
    return f"{asked['bytes']:,} bytes ({packings}); the clock may change it in {asked['seconds_left']:,} s"


def short(number):
    """The end of a number, enough to see that it is another."""
    return "none" if number is None else f"…{number % 0xFFFFFF:06x}"
