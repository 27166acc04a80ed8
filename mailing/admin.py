from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mailing import outbox
from mailing.models import Mail


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    """The ledger to look at, for administrators. Texts are not shown: they may hold links that let one in."""

    list_display = ["key", "state", "recipient", "attempts", "last_error", "created_at", "given_up_at"]
    list_filter = ["state"]
    search_fields = ["key"]
    fields = readonly_fields = [
        "key",
        "state",
        "recipient",
        "subject",
        "created_at",
        "attempts",
        "last_error",
        "next_at",
        "sent_at",
        "given_up_at",
    ]
    actions = ["send_again"]

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False

    @admin.action(description=_("Send again what was given up"), permissions=["view"])
    def send_again(self, request, queryset):
        count = outbox.send_again(queryset)
        text = ngettext("%d mail is sent again.", "%d mails are sent again.", count)
        self.message_user(request, text % count)
