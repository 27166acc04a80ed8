import getpass
import os

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from articles.models import MenuEntry, Publication


class Command(BaseCommand):
    """Make an empty site of one's own: the database, the publication's name, an administrator.

    Asks for what the options leave out, with --no-input for nothing; the password comes from SETUP_PASSWORD.
    """

    help = "Make an empty site: its database, the publication's name and an administrator."

    def add_arguments(self, parser):
        parser.add_argument("--name", help="the publication's name")
        parser.add_argument("--tagline", help="a few words under the name")
        parser.add_argument("--username", help="the administrator's user name")
        parser.add_argument("--email", help="the administrator's e-mail address, for a forgotten password")
        parser.add_argument("--no-input", action="store_false", dest="asks", help="ask for nothing")

    def handle(self, *, asks, **options):
        self.asks = asks
        call_command("migrate", verbosity=0, interactive=False)
        try:
            publication = self.publication(options["name"], options["tagline"])
            if User.objects.filter(is_superuser=True).exists():
                self.stdout.write("The site has an administrator already.")
            else:
                self.administrator(options["username"], options["email"]).save()
            publication.save()
            self.menu(publication)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Left unfinished; start again to go on.") from None
        self.stdout.write(
            "Done. `make run` starts the site on this machine; docs/deploying.md puts it on a server."
        )

    def publication(self, name, tagline):
        publication = Publication.current()
        publication.name = name or self.ask("Name of the publication", "--name", publication.name)
        if tagline is not None:
            publication.tagline = tagline
        publication.full_clean()
        return publication

    def menu(self, publication):
        """The two places that every site has, for a publication without a menu; empty ones stay hidden."""
        places = [MenuEntry.Place.ARTICLES, MenuEntry.Place.SHOWS]
        if not publication.menu.exists():
            for position, place in enumerate(places):
                publication.menu.create(place=place, position=position)

    def administrator(self, username, email):
        username = username or self.ask("Administrator's user name", "--username", "admin")
        email = email or self.ask("Administrator's e-mail address", "--email")
        validate_email(email)
        user = User(username=username, email=email, is_staff=True, is_superuser=True)
        password = os.environ.get("SETUP_PASSWORD") or self.ask_password(user)
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
        return user

    def ask(self, question, option, default=""):
        if not self.asks:
            raise CommandError(f"With --no-input the option {option} must be given.")
        answer = ""
        while not answer:
            answer = input(f"{question} [{default}]: " if default else f"{question}: ").strip() or default
        return answer

    def ask_password(self, user):
        if not self.asks:
            raise CommandError("With --no-input the password must stand in SETUP_PASSWORD.")
        while True:
            password = getpass.getpass("Password: ")
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.stderr.write(" ".join(error.messages))
                continue
            if getpass.getpass("Password (again): ") == password:
                return password
            self.stderr.write("The two are not the same.")
