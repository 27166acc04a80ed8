"""Choosers that know what is chosen already, so that a form of many rows does not ask for each of them."""

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)

from shows.choosing import Chooser, is_key


class ChooserOfSeveral(AutocompleteSelectMultiple):
    """The same for several choices."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


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


class SeveralChosen(forms.ModelMultipleChoiceField):
    """Several rows; a number that no database takes is no choice, where Django's own field fails."""

    def clean(self, value):
        for key in value or ():
            if not is_key(str(key)):
                said = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(said, code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


class QuietChoosers:
    """A model admin or inline whose `known_fields`, loaded with its rows, are chosen by ChooserOfKnown.

    Beside a chooser stands "Add" alone: four coloured signs at every field are noise to somebody who writes.
    """

    known_fields = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", SeveralChosen)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooserOfSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.known_fields:
            kwargs["widget"] = ChooserOfKnown(db_field, self.admin_site)
        elif db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Chooser(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def tell_choosers(form):
    """Hand every ChooserOfKnown of a form the row that the form's instance refers to."""
    for name, field in form.fields.items():
        chooser = getattr(field.widget, "widget", field.widget)
        if isinstance(chooser, ChooserOfKnown) and getattr(form.instance, f"{name}_id", None):
            chooser.known = getattr(form.instance, name)
