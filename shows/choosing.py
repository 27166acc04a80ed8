"""Choosers that bear forged choices, and stand without noise beside them."""

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)

LONGEST_KEY = 18


def is_key(text):
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


class Chooser(AutocompleteSelect):
    """An autocomplete that draws a forged choice as none; Django's own fails on what is no number."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


class ChooserOfSeveral(AutocompleteSelectMultiple):
    """The same for several choices."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


class SeveralChosen(forms.ModelMultipleChoiceField):
    """Several rows; a number that no database takes is no choice, where Django's own field fails."""

    def clean(self, value):
        for key in value or ():
            if not is_key(str(key)):
                said = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(said, code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


class SafeChoosers:
    """A model admin or inline whose autocompletes bear forged choices."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", SeveralChosen)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooserOfSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Chooser(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AddAlone(SafeChoosers):
    """Beside its choosers stands "Add" alone: four coloured signs at every field are noise."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field
