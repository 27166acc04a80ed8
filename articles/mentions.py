"""“@edith” in a note of the desk: a mail to that colleague."""

import re

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from mailing import outbox

from .models import Article, Publication

# A username (letters, digits and @ . + - _) after an @ that no word stands before, as in an address.
MENTION = re.compile(r"(?<![\w@.+-])@([\w.@+-]*\w)")
MOST = 20


def mentioned_in(text):
    """The colleagues whom a text names by their usernames, whatever their case; twenty at most."""
    names = {name.casefold() for name in MENTION.findall(text)[:MOST]}
    people = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk")
    return [person for person in people if person.get_username().casefold() in names] if names else []


def tell_mentioned(note):
    """Mail whom a note names, unless they wrote it or may not see its article; returns whom."""
    told = [
        person
        for person in mentioned_in(note.text)
        if person != note.written_by and may_see(person, note.article_id)
    ]
    desk = settings.SITE_URL + reverse("admin:articles_article_change", args=[note.article_id])
    said = {"note": note, "publication": Publication.current(), "desk": desk}
    for person in told:
        outbox.post(
            f"note-{note.pk}-to-user-{person.pk}",
            to=person.email,
            subject=_("A note on: %s") % note.article.headline,
            text=render_to_string("articles/mails/mentioned.txt", said),
        )
    return told


def may_see(person, article_id):
    is_theirs = Article.objects.editable_by(person).filter(pk=article_id).exists()
    return person.has_perm("articles.view_article") and is_theirs
