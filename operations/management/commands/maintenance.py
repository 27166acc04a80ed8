"""Close the site for readers, open it again, or say how it is."""

import json
import os
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from articles.models import Publication
from articles.name_at_hand import name_at_hand
from operations.maintenance import closure, place

LONGEST = 7 * 24 * 60


class Command(BaseCommand):
    help = "Close the site (on), open it again (off); without a word it says how the site is."

    def add_arguments(self, parser):
        parser.add_argument("wish", nargs="?", choices=["on", "off"])
        parser.add_argument("--minutes", type=int, help="for how long, about; readers and crawlers are told")
        parser.add_argument("--say", default="", metavar="SENTENCE", help="what readers are told beside that")
        parser.add_argument("--newsroom-open", action="store_true", help="the newsroom can go on working")

    def handle(self, *, wish, minutes, say, newsroom_open, **options):
        if wish == "on":
            close(minutes, say, newsroom_open)
        elif wish == "off":
            place().unlink(missing_ok=True)
        self.stdout.write(state())


def close(minutes, say, newsroom_open):
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise CommandError(f"Give from 1 to {LONGEST} minutes.")
    until = timezone.now() + timedelta(minutes=minutes) if minutes else None
    given = {
        "name": publication_name(),
        "say": say,
        "until": until and until.isoformat(timespec="seconds"),
        "newsroom": newsroom_open,
    }
    draft = place().with_suffix(".new")
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    os.replace(draft, place())


def publication_name():
    """By the database while it is there, because the processes that serve may be started while it is not."""
    try:
        return Publication.current().name
    except Error:
        return name_at_hand()


def state():
    now = closure()
    if now is None:
        return "The site is open."
    newsroom = "the newsroom is open" if now.newsroom else "the newsroom too"
    until = f", until about {now.until:%Y-%m-%d %H:%M %Z}" if now.until else ""
    return f"The site is closed{until} ({newsroom}). “maintenance off” opens it; nothing else does."
