"""The forms of the writing screen: how an article starts, how it is saved, and its blocks."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth import get_user_model
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shows.choosing import Chooser
from shows.models import Show

from .choosing import tell_choosers
from .models import Article, FormerAddress
from .starts import Start


class ChosenOfStaff(forms.ModelChoiceField):
    """Somebody who logs in to the newsroom, by name: they are few, and not every editor may list users."""

    def __init__(self, **kwargs):
        staff = get_user_model().objects.filter(is_staff=True, is_active=True)
        super().__init__(queryset=staff.order_by(Lower("first_name"), "username"), **kwargs)

    def label_from_instance(self, user):
        return user.get_full_name() or user.get_username()


class StartForm(forms.Form):
    """What "Add article" asks first; `start` is the button that was pressed."""

    headline = forms.CharField(
        label=_("Working headline"),
        max_length=200,
        widget=AdminTextInputWidget(attrs={"autofocus": True}),
        help_text=_("It can change until, and after, it is published."),
    )
    show = forms.ModelChoiceField(
        label=_("Show"),
        queryset=Show.objects.with_label(),
        required=False,
        help_text=_("The show it is about, where there is one."),
        widget=Chooser(Article._meta.get_field("show"), admin.site),
    )
    start = forms.ChoiceField(choices=Start.choices)


class ArticleForm(forms.ModelForm):
    """The working copy.

    A form that is being saved is refused by `refusal`, a sentence, while something is to be asked first; one
    that was typed earlier and is taken up again is bound to `data_taken_up`.
    """

    refusal = ""
    data_taken_up = None

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    # An address that was refused a moment ago, because another article had it once: a second press takes it.
    takes_over = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(self.data_taken_up if data is None else data, *args, **kwargs)
        self.initial["seen_at"] = self.instance.saved_at.isoformat() if self.instance.pk else ""
        tell_choosers(self)
        for name in ("show", "also_about"):
            if name in self.fields:
                self.fields[name].queryset = Show.objects.with_label()

    def has_changed(self):
        return bool(self.changed_data)

    @property
    def changed_data(self):
        return [name for name in super().changed_data if name not in ("seen_at", "takes_over")]

    def clean(self):
        cleaned = super().clean()
        self.check_former_address(cleaned)
        if self.refusal:
            raise forms.ValidationError(self.refusal, code="both_changed")
        return cleaned

    def check_former_address(self, cleaned):
        """Refuse once an address that still leads readers to another article."""
        slug = cleaned.get("slug")
        if not slug or "slug" not in self.changed_data or cleaned.get("takes_over") == slug:
            return
        path = reverse("articles:detail", args=[slug])
        former = FormerAddress.objects.filter(path=path).exclude(article=self.instance.pk).first()
        if former:
            self.data = self.data.copy()
            self.data[self.add_prefix("takes_over")] = slug
            said = gettext(
                "Readers who come by this address are led to “%(headline)s”, which had it once. Press Save "
                "again to take it over: they will come here instead."
            )
            words = {"headline": former.article.headline}
            self.add_error("slug", forms.ValidationError(said % words, code="former_address"))


class LimitedFormSet(forms.BaseInlineFormSet):
    default_error_messages = forms.BaseInlineFormSet.default_error_messages | {
        "too_many_forms": _("Of these, %(num)d fit in one article. Remove some; everything is still here."),
    }


class BlockFormSet(LimitedFormSet):
    """Blocks, of which nothing is lost: one that somebody removed meanwhile is saved anew."""

    def is_gone(self, form):
        return self.is_bound and form.instance._state.adding

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None and index < self.initial_form_count() and self.is_gone(form):
            form.fields[self._pk_field.name] = forms.CharField(required=False, widget=forms.HiddenInput)

    def save_new_objects(self, commit=True):
        new = super().save_new_objects(commit)
        for form in self.initial_forms:
            if self.is_gone(form) and not self._should_delete_form(form):
                new.append(self.save_new(form, commit=commit))
                if not commit:
                    self.saved_forms.append(form)
        return new


class RowForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tell_choosers(self)


class PictureForm(RowForm):
    """A picture block that was inserted and left empty is no block: it is not saved and stops nothing."""

    PLACE = {"region", "ordering"}

    def has_changed(self):
        changed = set(self.changed_data)
        return bool(changed - self.PLACE if self.instance._state.adding else changed)


class PullQuoteForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # An empty quote is left out when publishing; saving asks for nothing but a headline.
        if "quote" in self.fields:
            self.fields["quote"].required = False
