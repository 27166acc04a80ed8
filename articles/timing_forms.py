"""Forms that ask for one moment."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .moments import moment
from .publish_forms import MomentField


class MoveForm(forms.Form):
    """The new moment of a version that is still to come."""

    at = MomentField(label=_("Date and time"), required=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise ValidationError(
                _("That moment has passed. To publish it now, take it back and publish."), code="past"
            )
        return at


class FirstPublishedForm(forms.Form):
    """The date of first publication, which lies before the version that readers see."""

    at = MomentField(
        label=_("First published"),
        required=True,
        help_text=_("For a story that stood elsewhere before. Lists are in this order."),
    )

    def __init__(self, *args, article, **kwargs):
        self.article = article
        super().__init__(*args, label_suffix="", initial={"at": article.published_at}, **kwargs)

    def clean_at(self):
        at, live = self.cleaned_data["at"], self.article.live_edition
        if live is None:
            raise ValidationError(_("Readers do not see it: publish it first."), code="not_live")
        if at > live.published_at:
            said = gettext("The version that readers see is of %s: the first cannot be later.")
            raise ValidationError(said % moment(live.published_at), code="late")
        return at
