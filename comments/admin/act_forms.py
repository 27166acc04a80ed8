"""The forms of what takes more than one press: to answer, edit, reject with a reason, ban, and destroy."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import acts
from ..forms import TidiedField, at_most, visible
from ..models import BODY_LIMIT, Ban, Comment
from ..text import tidied

WHY_LIMIT = 300


class RejectReason(models.TextChoices):
    """Why a comment may not stand; the record keeps it as words."""

    OFF_TOPIC = "off-topic", _("Off topic")
    INSULT = "insult", _("Insult")
    PERSONAL = "personal", _("Personal data")
    ADVERTISING = "advertising", _("Advertising")
    UNLAWFUL = "unlawful", _("Unlawful")
    SPOILER = "spoiler", _("Spoiler")
    OTHER = "other", _("Other")


class ActForm(forms.Form):
    """About one comment; `was` is the status that the page showed."""

    was = forms.ChoiceField(choices=Comment.Status.choices, widget=forms.HiddenInput)

    def __init__(self, data=None, *, comment, **kwargs):
        super().__init__(data, auto_id="act-%s", label_suffix="", **kwargs)
        self.comment = comment
        self.fields["was"].initial = comment.status

    def show_again(self, comment, why):
        """Say why it was not done, keep what was typed, and go by the comment as it is now."""
        self.add_error(None, why)
        self.data = self.data.copy()
        self.data["was"] = comment.status
        self.comment = comment


class ReplyForm(ActForm):
    body = TidiedField(
        label=_("Your reply"),
        tidy=tidied,
        validators=[visible, at_most(BODY_LIMIT)],
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True}),
        error_messages={"required": _("Please write a reply.")},
    )


class EditForm(ActForm):
    body = TidiedField(
        label=_("Comment"),
        tidy=tidied,
        validators=[visible, at_most(BODY_LIMIT)],
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True, "dir": "auto"}),
        error_messages={"required": _("A comment cannot be without a text. Reject it instead.")},
    )
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].initial = self.comment.body
        self.fields["version"].initial = acts.version_of(self.comment)

    def clean_body(self):
        body = self.cleaned_data["body"]
        if body == self.comment.body:
            raise ValidationError(_("Nothing was changed."), code="unchanged")
        return body

    def show_again(self, comment, why):
        super().show_again(comment, why)
        self.data["version"] = acts.version_of(comment)


class RejectForm(ActForm):
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=RejectReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    words = TidiedField(
        label=_("In words"),
        required=False,
        help_text=_("For the record. Not shown to readers; in their own data its writer may read it."),
        widget=forms.TextInput(attrs={"size": 40}),
    )

    @property
    def why(self):
        """The reason as the record keeps it."""
        label, words = RejectReason(self.cleaned_data["reason"]).label, self.cleaned_data["words"]
        return f"{label}: {words}" if words else str(label)

    def clean(self):
        data = super().clean()
        if data.get("reason") == RejectReason.OTHER and not data.get("words"):
            self.add_error("words", _("Please say what it is."))
        if data.get("reason") and "words" in data:
            try:
                at_most(WHY_LIMIT)(self.why)
            except ValidationError as error:
                self.add_error("words", error)
        return data


class BanForm(ActForm):
    kind = forms.ChoiceField(label=_("Whom"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Left empty, the ban has no end."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    why = TidiedField(
        label=_("Why"),
        required=False,
        validators=[at_most(WHY_LIMIT)],
        help_text=_("Not shown to readers; in their own data whoever is banned may read it."),
        widget=forms.TextInput(attrs={"size": 40}),
    )
    rejects_waiting = forms.BooleanField(
        label=_("Also reject their comments that wait"), required=False, initial=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (Ban.Kind.EMAIL, gettext("Only %(address)s") % {"address": self.comment.folded_email}),
            (Ban.Kind.DOMAIN, gettext("Everybody at %(domain)s") % {"domain": acts.domain_of(self.comment)}),
        ]
        self.fields["kind"].initial = Ban.Kind.EMAIL
        self.fields["until"].initial = timezone.localdate() + timedelta(days=30)

    def clean_kind(self):
        kind, domain = self.cleaned_data["kind"], acts.domain_of(self.comment)
        if kind == Ban.Kind.DOMAIN and domain in acts.BIG_MAIL_HOUSES:
            said = gettext("Very many people are at %(domain)s. Ban the one address instead.")
            raise ValidationError(said % {"domain": domain}, code="too_wide")
        return kind

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise ValidationError(_("This day has passed."), code="past")
        return until
