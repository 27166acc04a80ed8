"""Who may not comment: addresses and whole domains, for a while or for good."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator, EmailValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Ban, person_name
from ..text import one_line

IN_FORCE, ENDED = "in-force", "ended"


class BanForm(forms.ModelForm):
    """Whether it is an address or a domain is read off what was typed."""

    def clean_value(self):
        value = one_line(self.cleaned_data["value"]).casefold().removeprefix("@")
        is_domain = "@" not in value
        message = _("Enter an email address such as reader@example.org, or a domain such as example.org.")
        (DomainNameValidator if is_domain else EmailValidator)(message=message)(value)
        self.instance.kind = Ban.Kind.DOMAIN if is_domain else Ban.Kind.EMAIL
        return value

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and "until" in self.changed_data and until < timezone.localdate():
            raise ValidationError(_("This day is over. Choose a later one, or delete the ban."), code="past")
        return until


class ForceFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(IN_FORCE, _("In force")), (ENDED, _("Ended"))]

    def queryset(self, request, bans):
        in_force = Ban.objects.in_force().values("pk")
        chosen = {IN_FORCE: bans.filter(pk__in=in_force), ENDED: bans.exclude(pk__in=in_force)}
        return chosen.get(self.value(), bans)


@admin.register(Ban)
class BanAdmin(admin.ModelAdmin):
    form = BanForm
    fields = ["value", "until", "why"]
    list_display = ["value", "kind", "until", "why", "created_by_name", "created_at"]
    list_filter = [ForceFilter, "kind"]
    search_fields = ["value", "why"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by, obj.created_by_name = request.user, person_name(request.user)
        super().save_model(request, obj, form, change)
