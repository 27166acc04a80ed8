"""Write the pages that a proxy serves while the site itself does not answer."""

import base64
import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from operations.maintenance import Closure

from .maintenance import publication_name

PAGES = {"500.html": {}, "maintenance.html": {"closure": Closure()}}


class Command(BaseCommand):
    help = "Write maintenance.html and 500.html into FOLDER, each whole in one file, for the proxy in front."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **options):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, page in pages().items():
                (folder / name).write_text(page, encoding="utf-8")
                self.stdout.write(str(folder / name))
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from None


def pages():
    """File names and their text, with the site's name, style and mark inside: nothing else is fetched."""
    style = Path(finders.find("css/site.css")).read_text(encoding="utf-8")
    mark = Path(finders.find("img/favicon.svg")).read_bytes()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    whole = {
        "name": publication_name(),
        "style": style,
        "icon": f"data:image/svg+xml;base64,{base64.b64encode(mark).decode()}",
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'",
    }
    return {name: render_to_string(name, whole | own) for name, own in PAGES.items()}
