"""Notes of the desk on an article: plain text that readers never see, settled when it is dealt with."""

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from logbook.models import name_of

from .mentions import tell_mentioned
from .models import Note


@transaction.atomic
def add_note(article, by, text):
    """Store a note, and mail whom it names: `told` on what is returned."""
    note = Note.objects.create(article=article, text=text, written_by=by, written_by_name=name_of(by))
    note.told = tell_mentioned(note)
    return note


def settle_note(note, by):
    """Mark it as dealt with; False where somebody has done so already."""
    values = {"settled_at": timezone.now(), "settled_by": by, "settled_by_name": name_of(by)}
    return bool(Note.objects.filter(pk=note.pk, settled_at=None).update(**values))


def reopen_note(note):
    """Bring it back among those to be dealt with; False where it is there."""
    settled = Note.objects.filter(pk=note.pk, settled_at__isnull=False)
    return bool(settled.update(settled_at=None, settled_by=None, settled_by_name=""))


def open_notes():
    """How many notes of an article are not settled, to annotate articles with."""
    notes = Note.objects.filter(article=OuterRef("pk"), settled_at=None).order_by()
    return Coalesce(Subquery(notes.values("article").annotate(count=Count("pk")).values("count")), 0)
