"""Model admins of what there is one row of."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.text import capfirst


class OneRow:
    """A model admin whose list leads to the one row, number 1; it is changed, and never a second one made."""

    def get_model_perms(self, request):
        # Lists and menus offer no second row; whether there is a first, its pages ask.
        return super().get_model_perms(request) | {"add": False}

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if self.model.objects.exists():
            return redirect(self.address("change"), 1)
        return redirect(self.address("add"))

    def add_view(self, request, form_url="", extra_context=None):
        if self.has_add_permission(request) and self.model.objects.exists():
            return redirect(self.address("change"), 1)
        return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"title": capfirst(self.opts.verbose_name), "subtitle": None, "is_one_row": True}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def address(self, page):
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def render_change_form(self, request, context, *args, **kwargs):
        # Another one would lead back to this.
        context = context | {"show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, **kwargs)
