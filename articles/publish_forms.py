"""The forms of publishing and unpublishing: on which terms, and when."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shows.choosing import Chooser

from .models import Article

NOW, LATER = "now", "later"


class MomentField(forms.DateTimeField):
    """A moment in the newsroom's zone, by the browser's own chooser."""

    def __init__(self, *, required=False, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(required=required, widget=widget, **kwargs)


class TimedForm(forms.Form):
    """Now, or at a moment to come."""

    when = forms.ChoiceField(widget=forms.RadioSelect, initial=NOW, label=_("When"))
    at = MomentField(label=_("Date and time"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == LATER and "at" not in self.errors:
            if not cleaned["at"]:
                self.add_error("at", ValidationError(_("Say when."), code="required"))
            elif cleaned["at"] <= timezone.now():
                self.add_error("at", ValidationError(_("That moment has passed."), code="past"))
        return cleaned

    @property
    def moment(self):
        """The chosen moment; None for now."""
        return self.cleaned_data["at"] if self.cleaned_data["when"] == LATER else None


class PublishForm(TimedForm):
    """The terms of a new version; with versions still to come it asks what becomes of them."""

    note = forms.CharField(
        label=_("Note for the newsroom"),
        max_length=300,
        required=False,
        help_text=_("What this version is about; readers do not see it."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    is_minor = forms.BooleanField(
        label=_("Small fix (date stays)"),
        required=False,
        help_text=_("A slip of the pen: the page does not say that it was updated."),
    )
    correction = forms.CharField(
        label=_("Correction for readers"),
        max_length=500,
        required=False,
        help_text=_("What was wrong and what is right. It stands under the article with its date, for good."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    scheduled = forms.ChoiceField(
        label=_("The version that is still to come"),
        widget=forms.RadioSelect,
        choices=[
            ("keep", _("Keep it: at its time it replaces this one")),
            ("drop", _("Drop it")),
        ],
        error_messages={"required": _("Say what becomes of it.")},
    )

    def __init__(self, *args, scheduled=(), **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["when"].choices = [(NOW, _("Now")), (LATER, _("At a time"))]
        if not scheduled:
            del self.fields["scheduled"]

    @property
    def adds_something(self):
        """Whether a version is wanted although the text is the same."""
        return bool(self.cleaned_data["correction"])

    @property
    def cleaned_terms(self):
        """What `Article.publish` takes."""
        cleaned = self.cleaned_data
        return {
            "at": self.moment,
            "note": cleaned["note"],
            "is_minor": cleaned["is_minor"],
            "correction": cleaned["correction"].strip(),
            "drops_scheduled": cleaned.get("scheduled") == "drop",
        }


class UnpublishForm(TimedForm):
    """What the address answers from then on."""

    absence = forms.ChoiceField(
        label=_("What its address answers"),
        widget=forms.RadioSelect,
        choices=Article.Absence.choices,
        initial=Article.Absence.FOR_NOW,
    )
    sent_to = forms.ModelChoiceField(
        label=_("The article to send them to"),
        queryset=Article.objects.none(),
        required=False,
        widget=Chooser(Article._meta.get_field("sent_to"), admin.site),
    )

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["when"].choices = [(NOW, _("Now")), (LATER, _("At a time"))]
        self.fields["sent_to"].queryset = Article.objects.published().exclude(pk=article.pk)

    def clean(self):
        cleaned = super().clean()
        is_sent = cleaned.get("absence") == Article.Absence.MOVED
        if is_sent and not cleaned.get("sent_to") and "sent_to" not in self.errors:
            self.add_error("sent_to", ValidationError(_("Choose a published article."), code="required"))
        return cleaned

    @property
    def cleaned_terms(self):
        """What `Article.unpublish` takes."""
        is_sent = self.cleaned_data["absence"] == Article.Absence.MOVED
        sent_to = self.cleaned_data["sent_to"] if is_sent else None
        return {"at": self.moment, "absence": self.cleaned_data["absence"], "sent_to": sent_to}
