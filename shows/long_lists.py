"""Lists of many rows."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html
from django.utils.translation import gettext as _


class LongChangeList(ChangeList):
    """A list that makes the addresses of its rows of the first one's; Django resolves each in a search."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # The addresses have them already, and nothing else asks the list for them.
        self.filters_to_keep, self.preserved_filters = self.preserved_filters, ""
        self.around = None

    def url_for_result(self, result):
        key = quote(getattr(result, self.pk_attname))
        if self.around is None:
            kept = {"preserved_filters": self.filters_to_keep, "opts": self.opts}
            first = add_preserved_filters(kept, super().url_for_result(result))
            self.around = first.split(f"/{key}/change/", 1)
        before, after = self.around
        return f"{before}/{key}/change/{after}"


class LongList:
    """A model admin whose list writes its boxes itself: by a template each they take a sixth of its time."""

    list_per_page = 50

    def get_changelist(self, request, **kwargs):
        return LongChangeList

    def action_checkbox(self, obj):
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        label = _("Select this object for an action - {}").format(obj)
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, label)
