"""Keeping in the log what was changed in a row, from what to what."""

from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from .models import Entry

LONGEST_VALUE = 80


class KeepsChanges:
    """A model admin whose rows' changes are kept in the log; put it before ModelAdmin."""

    def save_form(self, request, form, change):
        form.stored = self.model._base_manager.filter(pk=form.instance.pk).first() if change else None
        return super().save_form(request, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        said = self.said_of_changes(form, formsets)
        if said:
            Entry.objects.record(request.user, Entry.Action.CHANGED, form.instance, " ".join(said))

    def said_of_changes(self, form, formsets):
        """A sentence for each field and each list of rows that is not as it was."""
        before = form.stored or self.model()
        fields = [
            field for field in self.model._meta.concrete_fields if field.editable and not field.primary_key
        ]
        said = [sentence for field in fields if (sentence := change_of(field, before, form.instance))]
        lists = [formset.model._meta.verbose_name_plural for formset in formsets if formset.has_changed()]
        return said + [gettext("%s: changed.") % capitalised(name) for name in lists]


def change_of(field, before, after):
    """What became of one field, in a sentence; "" where it is as it was."""
    old, new = (field.value_from_object(row) for row in (before, after))
    if old == new or (not old and not new and not isinstance(new, bool | int)):
        return ""
    label = capitalised(field.verbose_name)
    if "\n" in f"{old}{new}":
        return gettext("%(what)s: %(lines)s.") % {"what": label, "lines": changed_lines(old, new)}
    values = {"what": label, "old": in_words(field, before), "new": in_words(field, after)}
    return gettext("%(what)s: “%(old)s” → “%(new)s”.") % values


def changed_lines(old, new):
    """How many lines came and went: a list of a thousand words is no line of a log."""
    old, new = (set(str(text or "").splitlines()) for text in (old, new))
    counts = {"more": len(new - old), "less": len(old - new)}
    return (
        ngettext(
            "%(more)d line added, %(less)d taken away",
            "%(more)d lines added, %(less)d taken away",
            counts["more"],
        )
        % counts
    )


def in_words(field, row):
    """A value as people read it, shortened."""
    value = field.value_from_object(row)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return Truncator("" if value is None else str(value)).chars(LONGEST_VALUE)


def capitalised(name):
    name = str(name)
    return name[:1].upper() + name[1:]
