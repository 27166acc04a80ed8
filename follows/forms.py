"""The field below a show, and the trap beside it."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import EMAIL_LIMIT


class ComposedEmailField(forms.EmailField):
    """An e-mail address in NFC, so that one address is one whatever it was typed with."""

    def to_python(self, value):
        value = super().to_python(value)
        # What is far too long is refused anyway, and may take long to compose.
        return unicodedata.normalize("NFC", value) if len(value) <= 3 * EMAIL_LIMIT else value


class FollowForm(forms.Form):
    """What a reader sends to follow a show; `subject` is a trap, which readers do not see."""

    email = ComposedEmailField(
        label=_("Email"),
        max_length=EMAIL_LIMIT,
        error_messages={"required": _("Please give your email address.")},
    )
    subject = forms.CharField(required=False)
