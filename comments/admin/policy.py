"""The owner's rules for comments, on one page: from where they are possible to how long they stay."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.one_row import OneRow
from logbook.changes import KeepsChanges

from ..models import CommentPolicy
from ..models.policy import WORDS
from ..text import one_line
from ..words import SHORTEST, alike

MOST_LINES_NAMED = 10


class PolicyForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "threads_per_page": _("5 to 200. The others follow on further pages."),
            "notify_moderators": _("To everybody in the newsroom who may moderate and has an email address."),
            "notify_author": _("One mail a comment, to whoever the article belongs to. Not for their own."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & set(WORDS):
            count = len(getattr(self.instance, name).splitlines())
            said = ngettext("%s word now.", "%s words now.", count) % number_format(
                count, force_grouping=True
            )
            self.fields[name].help_text = f"{self.fields[name].help_text} {said}"

    def clean_moderation_words(self):
        return words_of(self.cleaned_data["moderation_words"])

    def clean_disallowed_words(self):
        return words_of(self.cleaned_data["disallowed_words"])


def words_of(text):
    """The words, one a line, without blank lines. One character alone would be found in every comment."""
    lines = [one_line(line) for line in text.splitlines()]
    short = [number for number, line in enumerate(lines, 1) if line and len(alike(line)) < SHORTEST]
    if short:
        numbers = ", ".join(map(str, short[:MOST_LINES_NAMED])) + (" …" if short[MOST_LINES_NAMED:] else "")
        message = ngettext(
            "Line %(numbers)s is too short: a word needs two characters.",
            "Lines %(numbers)s are too short: a word needs two characters.",
            len(short),
        )
        raise ValidationError(message % {"numbers": numbers}, code="short")
    return "\n".join(filter(None, lines))


@admin.register(CommentPolicy)
class CommentPolicyAdmin(OneRow, KeepsChanges, admin.ModelAdmin):
    """One row, so its list leads to the row itself. Whoever may change the rules may make the first ones."""

    form = PolicyForm
    fieldsets = [
        (
            _("Where comments are possible"),
            {"fields": ["on_new_articles", "close_after_days", "name_and_email_required"]},
        ),
        (
            _("How they are shown"),
            {"fields": ["thread_depth", "threads_per_page", "first_page", "show_avatars"]},
        ),
        (
            _("What waits for a moderator"),
            {
                "description": _("What a check finds is said beside the comment. Nothing is deleted unseen."),
                "fields": ["hold", "hold_at_links", "moderation_words", "disallowed_words", "posts_an_hour"],
            },
        ),
        (_("Who is told"), {"fields": ["notify_moderators", "notify_author", "offer_reply_mails"]}),
        (_("What readers may do afterwards"), {"fields": ["edit_minutes", "hide_at_reports"]}),
        (
            _("How long things are kept"),
            {
                "description": _("What is older goes once a day."),
                "fields": ["spam_days", "rejected_days", "address_days"],
            },
        ),
    ]
    radio_fields = {"hold": admin.VERTICAL, "first_page": admin.VERTICAL}

    def has_add_permission(self, request):
        return self.has_change_permission(request)

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(
            request, form_url, {"title": gettext("Comment policy"), **(extra_context or {})}
        )
