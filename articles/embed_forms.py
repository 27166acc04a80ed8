"""The form of an embed block, and what it says about the address that is typed into it."""

from django import forms
from django.utils.translation import gettext as _

from .embeds import LINK, POST, VIDEO, recognise
from .forms import PictureForm

ALL = ["title", "author_name", "posted_on", "text", "poster"]
# The fields that each kind has a place for; the others are shown only where something stands in them.
FIELDS = {
    VIDEO: ["title", "poster"],
    POST: ["author_name", "posted_on", "text", "poster"],
    LINK: ["title", "text", "poster"],
}


def hint(address):
    """{"kind", "fields", "says"} about an address; kind is empty where nothing can be made of it."""
    found = recognise(address)
    if found is None:
        says = _("Not a web address: it must begin with http:// or https://.") if address else ""
        return {"kind": "", "fields": ALL, "says": says}
    says = {
        VIDEO: _("A video at %s. Nothing is loaded from there until a reader presses play."),
        POST: _("A post at %s. Paste what it says: readers see your copy, also when the post is gone."),
        LINK: _("%s is not a known site: it becomes a link card."),
    }[found.kind]
    return {"kind": found.kind, "fields": FIELDS[found.kind], "says": says % found.site}


class EmbedForm(PictureForm):
    """An embed that was inserted and left empty is no block; words without an address are told of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.url and "url" in self.fields:
            self.fields["url"].help_text = hint(self.instance.url)["says"]

    def clean(self):
        cleaned = super().clean()
        others = [cleaned.get(name) for name in ALL]
        if any(others) and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", forms.ValidationError(_("Its address is missing.")))
        return cleaned
