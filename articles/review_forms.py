"""What is written in the course of a review, and notes; too long is told, and nothing is lost."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Note, Review


def words(model, field, label, **options):
    """A text area for the model's field, as long as it may be."""
    longest = model._meta.get_field(field).max_length
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea({"rows": 3}), **options)


class SubmitForm(forms.Form):
    review_message = words(Review, "message", _("Message to the editors"), required=False)


class ApproveForm(forms.Form):
    note = words(Review, "note", _("Note to the writer"), required=False)


class SendBackForm(forms.Form):
    note = words(
        Review,
        "note",
        _("Note to the writer"),
        error_messages={"required": _("Say what is to be done: the writer gets this note.")},
    )


class NoteForm(forms.Form):
    text = words(Note, "text", _("Add a note"), error_messages={"required": _("Write something first.")})
