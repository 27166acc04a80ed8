"""Lists of many rows."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils.html import format_html
from django.utils.translation import gettext as _


class LongList:
    """A model admin whose list writes its boxes itself: by a template each they take a sixth of its time."""

    list_per_page = 50

    def action_checkbox(self, obj):
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        label = _("Select this object for an action - {}").format(obj)
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, label)
