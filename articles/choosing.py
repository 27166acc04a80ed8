"""Choosers that know what is chosen already, so that a form of many rows does not ask for each of them."""

from shows.choosing import AddAlone, Chooser


class ChooserOfKnown(Chooser):
    """An autocomplete that draws the chosen row from `known` instead of a query."""

    known = None

    def optgroups(self, name, value, attr=None):
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        options = [self.create_option(name, self.known.pk, str(self.known), True, 0)]
        if not self.is_required:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]


class QuietChoosers(AddAlone):
    """A model admin or inline whose `known_fields`, loaded with its rows, are chosen by ChooserOfKnown."""

    known_fields = ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.known_fields:
            kwargs["widget"] = ChooserOfKnown(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def tell_choosers(form):
    """Hand every ChooserOfKnown of a form the row that the form's instance refers to."""
    for name, field in form.fields.items():
        chooser = getattr(field.widget, "widget", field.widget)
        if isinstance(chooser, ChooserOfKnown) and getattr(form.instance, f"{name}_id", None):
            chooser.known = getattr(form.instance, name)
