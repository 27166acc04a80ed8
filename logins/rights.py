"""Who gave whom which rights, kept in the log."""

from django.utils.translation import gettext

from logbook.models import Entry


class KeepsRights:
    """A model admin that keeps in the log what becomes of `rights`: {field: what it is called}."""

    def save_form(self, request, form, change):
        stored = self.model.objects.filter(pk=form.instance.pk).first() if change else None
        form.rights_before = self.rights_of(stored) if stored else None
        return super().save_form(request, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        after = self.rights_of(self.model.objects.get(pk=form.instance.pk))
        said = [gettext("Made.")] if form.rights_before is None else []
        said += self.differences(form.rights_before or self.rights_of(None), after)
        if said:
            Entry.objects.record(request.user, Entry.Action.CHANGED, form.instance, " ".join(said))

    def delete_model(self, request, obj):
        Entry.objects.record(request.user, Entry.Action.DELETED, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for row in queryset.order_by("pk"):
            Entry.objects.record(request.user, Entry.Action.DELETED, row)
        super().delete_queryset(request, queryset)

    def rights_of(self, row):
        return {name: value_of(row, name) for name in self.rights}

    def differences(self, before, after):
        """A sentence for each right that was given or taken."""
        return [
            sentence
            for name, label in self.rights.items()
            for sentence in [difference(str(label), before[name], after[name])]
            if sentence
        ]


def value_of(row, name):
    """A field's value; of many rows their names; None where there is no row yet."""
    value = getattr(row, name) if row else None
    return {str(each) for each in value.all()} if hasattr(value, "all") else value


def difference(label, old, new):
    label = label[:1].upper() + label[1:]
    if isinstance(new, set):
        given, taken = sorted(new - (old or set())), sorted((old or set()) - new)
        said = [gettext("%(what)s given: %(names)s.") % {"what": label, "names": ", ".join(given)}] * bool(
            given
        )
        said += [gettext("%(what)s taken: %(names)s.") % {"what": label, "names": ", ".join(taken)}] * bool(
            taken
        )
        return " ".join(said)
    if (old or False) == (new or False):
        return ""
    if isinstance(new, bool):
        return (
            gettext("%(what)s: yes.") % {"what": label} if new else gettext("%(what)s: no.") % {"what": label}
        )
    return gettext("%(what)s: “%(new)s”.") % {"what": label, "new": new}
