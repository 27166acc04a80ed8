import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from operations import demo

TOUR = """
  The site       {site}/
  The newsroom   {site}/admin/
  Its mails      {mail}

  user        password
{users}

A tour in five steps
  1. Open the site and read the story of The Imperfects down to its comments, on your phone too.
  2. Leave a comment there: you see it held; in another browser nobody does. What is mailed about it lands
     in the folder above.
  3. Log in to the newsroom as moderator and approve it: now everyone reads it.
  4. Log in as editor, change the story and press Save: readers see nothing of it until you press Publish.
  5. Still as editor, open Shows and record a decision: every page that asks "Will there be a season 2?"
     answers by it.

Ctrl-C ends the demo and keeps what was written.
"""


class Command(BaseCommand):
    """Serve a site with sample content and four users by the production server until Ctrl-C."""

    help = "Serve a site with sample content and four users; `python3 bin/cliffhanger.py demo` starts it."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host, port, **options):
        if settings.DEBUG or not settings.SITE_URL.startswith("http://"):
            raise CommandError(
                "Start the demo by `python3 bin/cliffhanger.py demo`: it has settings of its own."
            )
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        if demo.is_somebodys_site():
            raise CommandError(
                f"The site in {settings.VAR_DIR} has its own administrator: the demo would add users whose "
                "passwords are shown. Start it with another folder, VAR_DIR=/tmp/demo say."
            )
        shown = demo.make_users()
        # After the users, because the sample's draft belongs to the writer.
        self.say("Loading the sample content …")
        call_command("load_sample", verbosity=0)
        self.say("Collecting the static files …")
        demo.collect_static()
        users = "\n".join(f"  {name:11} {password}" for name, password in shown.items())
        self.say(TOUR.format(site=settings.SITE_URL, mail=settings.VAR_DIR / "mail", users=users))
        serve(host, port)

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def serve(host, port):
    """Become granian, two workers with one thread each as in docs/deploying.md, and a worker for tasks."""
    options = [
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "1",
        "--no-ws",
        "--workers-kill-timeout",
        "3",
    ]
    options += ["--host", host, "--port", str(port), "--log-level", "error"]
    granian = ["-m", "granian", *options, "config.wsgi:application"]
    # A line for each task of the sample would push the passwords off the screen.
    worker = ["manage.py", "worker", "--verbosity", "0"]
    command = [sys.executable, "-m", "operations.together", *granian, "--", *worker]
    os.execv(sys.executable, command)  # noqa: S606 (no shell, no input of anyone)
