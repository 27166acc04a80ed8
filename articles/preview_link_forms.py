"""The form that makes a preview link."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logbook.models import name_of

from .frozen_state import state_of
from .models import Edition, PreviewLink

NEWEST, STATE = "newest", "state"
DAYS, MOST_DAYS = 7, 90


class PreviewLinkForm(forms.Form):
    """For whom a link is, what it shows and for how long."""

    for_whom = forms.CharField(
        label=_("For whom"),
        max_length=150,
        help_text=_("Only the newsroom reads it: so that you know the link again in this list."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    shows = forms.ChoiceField(
        label=_("What it shows"),
        widget=forms.RadioSelect,
        choices=[
            (NEWEST, _("Always the newest draft, as it was last saved")),
            (STATE, _("The draft as it is saved now, whatever is written later")),
        ],
        initial=NEWEST,
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
        help_text=_("At most 90. You can revoke it at any time."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def make(self, article, by):
        """The link, stored."""
        is_state = self.cleaned_data["shows"] == STATE
        return PreviewLink.objects.create(
            article=article,
            state=state_of(Edition.compose(article)) if is_state else None,
            for_whom=self.cleaned_data["for_whom"],
            expires_at=timezone.now() + timedelta(days=self.cleaned_data["days"]),
            created_by=by,
            created_by_name=name_of(by),
        )
