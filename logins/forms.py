from datetime import timedelta

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import devices

SALT = "logins.second_factor.key"
OPEN_FOR = 60 * 60
LONGEST_CODE = 40
SHORT_WAIT = timedelta(seconds=5)


def code_field(label, **attributes):
    attributes = {
        "autocomplete": "one-time-code",
        "autocapitalize": "off",
        "spellcheck": "false",
        **attributes,
    }
    return forms.CharField(label=label, max_length=LONGEST_CODE, widget=forms.TextInput(attributes))


class CodeForm(forms.Form):
    """The code that the phone shows."""

    is_recovery = False
    code = code_field(_("Code"), inputmode="numeric", autofocus=True)

    def why_wrong(self, person):
        return wrong(person, is_recovery=self.is_recovery)


class RecoveryForm(CodeForm):
    """One of the codes kept for the day the phone is lost."""

    is_recovery = True
    code = code_field(_("Recovery code"), autofocus=True)


class EitherForm(forms.Form):
    """A code that proves that it is still the same person: the phone's, or a recovery code."""

    code = code_field(_("A code from your phone, or a recovery code"))

    def __init__(self, data=None, *, person):
        super().__init__(data)
        self.person = person

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not devices.check_either(self.person, code):
            raise forms.ValidationError(wrong(self.person, is_recovery=devices.is_recovery(code)))
        return code


class SetUpForm(forms.Form):
    """The first code of a new phone. The secret travels signed: nothing is stored before it is right."""

    secret = forms.CharField(widget=forms.HiddenInput)
    present = code_field(_("A code from your present phone, or a recovery code"))
    code = code_field(_("The code that the new phone shows"), inputmode="numeric")

    def __init__(self, data=None, *, person, key):
        super().__init__(data)
        self.person, self.key = person, key
        self.fields["secret"].initial = signing.dumps([person.pk, key], salt=SALT)
        if not devices.has_phone(person):
            del self.fields["present"]
            self.fields["code"].label = _("The code that it shows")

    def clean(self):
        """The new phone's code first: of the present one's, each that is looked at is spent."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not devices.shows(self.person, self.key, cleaned["code"]):
            self.add_error("code", wrong(self.person))
        elif "present" in cleaned and not devices.check_either(self.person, cleaned["present"]):
            self.add_error("present", wrong(self.person, is_recovery=devices.is_recovery(cleaned["present"])))
        return cleaned


def key_in(secret, person):
    """The secret of a form that this person was given within the hour; None for any other."""
    try:
        owner, key = signing.loads(secret, salt=SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return key if owner == person.pk else None


def wrong(person, *, is_recovery=False):
    """Why a code was not taken, in a sentence."""
    until = devices.closed_until(person, is_recovery=is_recovery)
    if until and until - timezone.now() > SHORT_WAIT:
        moment = date_format(timezone.localtime(until), "H:i:s")
        return gettext("Too many wrong codes: none is looked at before %s.") % moment
    return gettext("That code was not right. Each works once.")
