from django import forms
from django.contrib.admin.widgets import AdminRadioSelect, RelatedFieldWidgetWrapper
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.choosing import Chooser
from shows.dates import Precision
from shows.models import Season

from .recording import PLAIN_OUTCOMES, doubles, on_record


class SourcedForm(forms.ModelForm):
    """Every figure on a page has a source, so a new row needs one; rows from before may lack it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"source_name", "source_url"} & self.fields.keys():
            self.fields[name].required = self.instance._state.adding


class DecisionForm(SourcedForm):
    def clean(self):
        cleaned = super().clean()
        is_unknown = cleaned.get("precision") == Precision.UNKNOWN
        if "announced_on" in cleaned and bool(cleaned["announced_on"]) == is_unknown:
            self.add_error("announced_on", self._date_error(is_unknown))
        return cleaned

    def _date_error(self, is_unknown):
        if is_unknown:
            return _("There is a date, though it is said to be unknown: say how exactly it is known.")
        return _("Give the date (any day of the month or year will do), or say that it is unknown.")


class RecordForm(DecisionForm):
    """A decision to be recorded: outcomes in plain words, and a question where it may be there already."""

    # The numbers of the rows that were shown as likely the same; a second press says that they are not.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(
        label=_("What was decided"),
        choices=PLAIN_OUTCOMES,
        widget=AdminRadioSelect({"class": "radiolist"}),
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            names = ["show", "outcome", "announced_on", "season_number"]
            self.ask_about(doubles(*(cleaned.get(name) for name in names)))
        return cleaned

    def ask_about(self, rows):
        numbers = ",".join(str(row.pk) for row in rows)
        if not rows or self.cleaned_data.get("seen") == numbers:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = numbers
        for row in rows:
            self.add_error(None, on_record(row))
        self.add_error(None, _("If yours is another decision, press Save again to record it as well."))


class LoadedAutocomplete(Chooser):
    """An autocomplete that names its row from memory: Django's own asks the database once for each."""

    chosen = None

    def optgroups(self, name, value, attr=None):
        if self.chosen is None or [str(each) for each in value] != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.chosen)
        return [(None, [*options, self.create_option(name, self.chosen.pk, label, True, 1)], 0)]


class RowFormSet(BaseInlineFormSet):
    """Rows of a show that know their show and their related rows, so that no row costs a query."""

    def get_queryset(self):
        rows = super().get_queryset()
        for row in rows:
            row.show = self.instance
        return rows

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = field.widget
            widget = widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
            if isinstance(widget, LoadedAutocomplete) and getattr(form.instance, f"{name}_id"):
                widget.chosen = getattr(form.instance, name)


class RatingFormSet(RowFormSet):
    """Ratings, whose seasons are those of the show and no others."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "season" in form.fields:
            seasons = self.instance.seasons.all() if self.instance.pk else Season.objects.none()
            form.fields["season"].queryset = seasons
            form.fields["season"].choices = self._season_choices

    @cached_property
    def _season_choices(self):
        seasons = self.instance.seasons.values_list("pk", "number") if self.instance.pk else []
        named = [(pk, gettext("Season %(number)s") % {"number": number}) for pk, number in seasons]
        return [("", gettext("Whole show")), *named]
