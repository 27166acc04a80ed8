"""What a takedown of a passage asks."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST = 3


class PassageForm(forms.Form):
    """The passage, what stands in its place, and the claim; `sure` once its places were shown."""

    passage = forms.CharField(
        label=_("The passage"),
        min_length=SHORTEST,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=_("Copied from the page. Spaces, quotation marks, bold and links do not matter."),
    )
    instead = forms.CharField(
        label=_("In its place"),
        initial="[…]",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("So that readers see that something is missing. Not longer than the passage."),
    )
    reason = forms.CharField(
        label=_("The claim"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Who demands it and on what ground, with the file's number. Do not quote the passage."),
    )
    found = forms.CharField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(required=False, label=_("Remove it everywhere, for good. There is no undo."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        cleaned = super().clean()
        passage, instead = cleaned.get("passage", ""), cleaned.get("instead", "")
        if passage and len(instead) > len(passage):
            self.add_error("instead", ValidationError(_("This is longer than the passage."), code="long"))
        return cleaned
