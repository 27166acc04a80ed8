from django import forms
from django.contrib import admin
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from logbook.models import Entry
from shows.choosing import AddAlone
from shows.forecast_words import step_choices, verdict_text
from shows.forecasts import judged_of, promised_already
from shows.models import Outlook, Show

from .inlines import WideRowInline

WHAT_IT_MEANS = _(
    "A step is a chance: of a hundred shows that you call “Renewal likely”, about eighty should go on. "
    "Readers see each forecast with its reasons, and what became of it. It stays as you record it: if you "
    "think otherwise later, record another one. The last before the day of the decision is scored."
)


class OutlookForm(forms.ModelForm):
    """A forecast to be recorded; its reasons are asked for, and a question that is still open."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "step" in self.fields:
            is_list = not isinstance(self.fields["step"].widget, forms.RadioSelect)
            self.fields["step"].choices = [("", "---------"), *step_choices()] if is_list else step_choices()
            self.fields["reason"].required = True

    def clean(self):
        cleaned = super().clean()
        show = cleaned.get("show") or getattr(self.instance, "show", None)
        number = cleaned.get("season_number")
        if show and show.pk and number and self.instance._state.adding:
            self._refuse_what_is_answered(show, number)
        return cleaned

    def _refuse_what_is_answered(self, show, number):
        decisions = show.decisions.select_related("network")
        answer = promised_already(number, show.seasons.all(), decisions, timezone.localdate())
        if answer and answer.season:
            day = date_format(answer.season.began_on)
            told = gettext("Season %(number)s has begun already, on %(date)s: ask about a later one.")
            self.add_error("season_number", told % {"number": answer.season.number, "date": day})
        elif answer:
            told = gettext("That is decided already (%(decision)s): ask about a later season.")
            self.add_error("season_number", told % {"decision": answer.decision})


class WithdrawForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "withdrawn_reason" in self.fields:
            self.fields["withdrawn_reason"].required = True


@admin.display(description=_("what became of it"))
def verdict(outlook):
    return verdict_text(judged_of(outlook.show)[outlook.pk]) if outlook.pk else ""


class OutlookInline(WideRowInline):
    """A show's forecasts: recorded here, and then only read."""

    model = Outlook
    form = OutlookForm
    fields = [("step", "season_number"), "reason", ("dated_on", "author_name"), "verdict"]
    readonly_fields = ["dated_on", "author_name", "verdict"]
    verbose_name_plural = _("forecasts (never mixed with decisions)")
    show_change_link = True
    can_delete = False

    @admin.display(description=_("what became of it"))
    def verdict(self, outlook):
        return verdict(outlook)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "reason":
            kwargs["widget"] = forms.Textarea({"rows": 3, "cols": 40})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Outlook)
class OutlookAdmin(AddAlone, admin.ModelAdmin):
    """All forecasts: recorded, read, and, while nothing is decided, withdrawn; never changed or deleted."""

    list_display = ["show", "season", "step", "verdict", "dated_on", "author_name"]
    list_filter = ["step"]
    search_fields = ["show__title", "show__other_titles"]
    date_hierarchy = "dated_on"
    ordering = ["-dated_on", "-pk"]
    show_full_result_count = False
    autocomplete_fields = ["show"]
    radio_fields = {"step": admin.VERTICAL}

    def get_queryset(self, request):
        rows = ["seasons", "decisions", "outlooks"]
        shows = Prefetch("show", Show.objects.with_label().prefetch_related(*rows))
        # Joined, the shows would come without what is fetched for them here.
        return super().get_queryset(request).select_related("author").prefetch_related(shows)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(
            request, obj, change, **{"form": WithdrawForm if obj else OutlookForm} | kwargs
        )

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [
                (None, {"fields": ["show", "step", "season_number", "reason"], "description": WHAT_IT_MEANS})
            ]
        told = ["show", "asked", "step", "reason", "dated_on", "author_name", "created_at", "verdict"]
        return [(None, {"fields": told}), *self._withdrawing(request, obj)]

    def _withdrawing(self, request, outlook):
        if self.has_change_permission(request, outlook):
            described = _(
                "For a mistake. Readers still see the forecast, with the reason that you give here, and it "
                "is not scored. Once the decision has come a forecast cannot be withdrawn."
            )
            yield _("Withdraw it"), {"fields": ["withdrawn_reason"], "description": described}
        elif outlook.withdrawn_at:
            fields = ["withdrawn_at", "withdrawn_by_name", "withdrawn_reason"]
            yield _("Withdrawn"), {"fields": fields}

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        told = ["show", "asked", "step", "reason", "dated_on", "author_name", "created_at", "verdict"]
        return [*told, "withdrawn_at", "withdrawn_by_name"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "show":
            kwargs["queryset"] = Show.objects.with_label()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": _("Record a forecast"), **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        once = {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().change_view(request, object_id, form_url, once | (extra_context or {}))

    def has_change_permission(self, request, obj=None):
        is_allowed = super().has_change_permission(request, obj)
        return is_allowed and (obj is None or (not obj.withdrawn_at and self._is_open(obj)))

    def _is_open(self, outlook):
        return judged_of(outlook.show)[outlook.pk].answer is None

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, outlook, form, change):
        if not change:
            outlook.sign(request.user)
            super().save_model(request, outlook, form, change)
            return
        reason = form.cleaned_data["withdrawn_reason"]
        outlook.withdraw(request.user, reason)
        told = gettext("Withdrew the forecast: %s") % reason
        named = gettext("%(show)s: %(forecast)s") % {"show": outlook.show.title, "forecast": outlook}
        Entry.objects.record(request.user, Entry.Action.CHANGED, outlook, told, named=named)

    @admin.display(description=_("season"), ordering="season_number", empty_value="")
    def season(self, outlook):
        return outlook.season_number

    @admin.display(description=_("asked"))
    def asked(self, outlook):
        return outlook.question

    @admin.display(description=_("what became of it"))
    def verdict(self, outlook):
        return verdict(outlook)
