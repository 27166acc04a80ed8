"""What the log is filtered by: who, did what, to what."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from .models import Entry

LONGEST_NUMBER = 18


class PersonFilter(admin.SimpleListFilter):
    """Everybody who stands in the log, by name: also whose login is gone."""

    title = _("person")
    parameter_name = "who"

    def lookups(self, request, model_admin):
        names = Entry.objects.exclude(actor_name="").order_by("actor_name")
        return [(name, name) for name in names.values_list("actor_name", flat=True).distinct()]

    def queryset(self, request, queryset):
        return queryset.filter(actor_name=self.value()) if self.value() else queryset


class ActionFilter(admin.SimpleListFilter):
    """Whatever was done at least once."""

    title = _("what was done")
    parameter_name = "action"

    def lookups(self, request, model_admin):
        done = set(Entry.objects.order_by().values_list("action", flat=True).distinct())
        return [choice for choice in Entry.Action.choices if choice[0] in done]

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() else queryset


class SubjectFilter(admin.SimpleListFilter):
    """Lines about things of one kind ("articles.article"), or about one thing ("articles.article:12")."""

    title = _("kind")
    parameter_name = "about"

    def lookups(self, request, model_admin):
        kinds = ContentType.objects.filter(pk__in=Entry.objects.order_by().values("kind").distinct())
        found = [(f"{kind.app_label}.{kind.model}", kind.name) for kind in kinds]
        chosen = request.GET.get(self.parameter_name, "")
        return sorted(found, key=lambda pair: str(pair[1])) + self.one_thing(chosen)

    def one_thing(self, chosen):
        """The choice that a link to one thing's log has made, under the name that the thing had last."""
        kind, number = parts_of(chosen)
        if number is None:
            return []
        latest = self.lines_about(Entry.objects, kind, number).first()
        return [(chosen, latest.subject_name if latest else _("one thing"))]

    def lines_about(self, entries, kind, number):
        app, _dot, model = kind.partition(".")
        found = entries.filter(kind__app_label=app, kind__model=model)
        return found if number is None else found.filter(object_id=number)

    def queryset(self, request, queryset):
        return self.lines_about(queryset, *parts_of(self.value())) if self.value() else queryset


def parts_of(value):
    """The kind, and the number where there is one that a database takes."""
    kind, _colon, number = (value or "").partition(":")
    is_number = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    return kind, int(number) if is_number else None
