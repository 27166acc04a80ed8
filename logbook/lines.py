"""The log's list: every line knows the page of what it speaks of, for whom may open that."""

from collections import defaultdict

from django.contrib.admin.views.main import ChangeList
from django.urls import NoReverseMatch, reverse


class Lines(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        numbers = defaultdict(set)
        for entry in self.result_list:
            numbers[entry.kind].add(entry.object_id)
        found = {kind: self.those_to_be_seen(request, kind, pks) for kind, pks in numbers.items()}
        for entry in self.result_list:
            entry.address = address_of(entry) if entry.object_id in found[entry.kind] else ""

    def those_to_be_seen(self, request, kind, pks):
        """Those of the things that this person would find in their list; one query a kind."""
        model_admin = kind and self.model_admin.admin_site._registry.get(kind.model_class())
        if not model_admin or not model_admin.has_view_or_change_permission(request):
            return set()
        return set(model_admin.get_queryset(request).filter(pk__in=pks - {None}).values_list("pk", flat=True))


def address_of(entry):
    try:
        return reverse(f"admin:{entry.kind.app_label}_{entry.kind.model}_change", args=[entry.object_id])
    except NoReverseMatch:
        return ""
