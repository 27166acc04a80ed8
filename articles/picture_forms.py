"""The forms of the library: several files at once, what is said of pictures, a replacement, a takedown."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pictures.fields import PictureFormField

from .models import Image

TEXTS = ["alt_text", "is_decorative", "caption", "credit"]
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif"
WIDE = {"class": "vTextField"}
WIDGETS = {name: forms.TextInput(attrs=WIDE) for name in ("alt_text", "caption", "credit")}
UNDESCRIBED = _("Say what the picture shows, or mark it decorative.")


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class TextsForm(forms.ModelForm):
    """What readers are told of one picture."""

    class Meta:
        model = Image
        fields = TEXTS
        widgets = WIDGETS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


TextsFormSet = forms.modelformset_factory(
    Image, TextsForm, extra=0, max_num=0, absolute_max=100, edit_only=True
)


class ReplacementForm(TextsForm):
    """Another picture with its texts, which must say what it shows: readers may see it at once."""

    file = PictureFormField(label=_("New picture"))
    field_order = ["file", *TEXTS]

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("alt_text") or cleaned.get("is_decorative") or self.has_error("alt_text")):
            self.add_error("alt_text", ValidationError(UNDESCRIBED, code="undescribed"))
        return cleaned


class PictureTakedownForm(forms.Form):
    """The claim, and the picture's number typed: nobody removes a picture for good by one press."""

    reason = forms.CharField(
        label=_("The claim"),
        max_length=500,
        widget=forms.TextInput(attrs=WIDE),
        help_text=_("Who demands it and on what ground, with the file's number."),
    )
    sure = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )

    def __init__(self, *args, image, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.number = str(image.pk)
        self.fields["sure"].label = _("Type %s, the picture's number, to remove it for good") % self.number

    def clean_sure(self):
        if self.cleaned_data["sure"] != self.number:
            raise ValidationError(_("That is not this picture's number."), code="number")
        return self.cleaned_data["sure"]
