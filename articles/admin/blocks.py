"""The blocks of an article on its form: one inline a type, put into one order by content-editor."""

from content_editor.admin import ContentEditorInline
from django import forms
from django.contrib import admin
from django.db import models

from shows.models import Show

from ..choosing import QuietChoosers
from ..embed_forms import EmbedForm
from ..forms import BlockFormSet, LimitedFormSet, PictureForm, PullQuoteForm, RowForm
from ..models import ArticleAuthor, Embed, Panel, Picture, PullQuote, Section, Update


class Limited:
    """An inline of so many rows at most; some more are kept on the refused form, for their texts."""

    max_num = 200

    def get_formset(self, request, obj=None, **kwargs):
        limits = {"validate_max": True, "absolute_max": self.max_num + 50}
        return super().get_formset(request, obj, **limits, **kwargs)


class BlockInline(Limited, QuietChoosers, ContentEditorInline):
    formset = BlockFormSet

    def get_queryset(self, request):
        return super().get_queryset(request).for_composing()


class SectionInline(BlockInline):
    model = Section
    icon = "subject"
    fields = [("kind", "heading"), "body", "sources", "region", "ordering"]


class PictureInline(BlockInline):
    model = Picture
    form = PictureForm
    icon = "image"
    fields = ["image", "caption", "region", "ordering"]
    autocomplete_fields = known_fields = ["image"]


class PullQuoteInline(BlockInline):
    model = PullQuote
    form = PullQuoteForm
    icon = "format_quote"
    fields = ["quote", "attribution", "region", "ordering"]


class PanelInline(BlockInline):
    model = Panel
    icon = "analytics"
    fields = [("kind", "season_number"), "show", "region", "ordering"]
    autocomplete_fields = ["show"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "show":
            kwargs["queryset"] = Show.objects.with_label()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EmbedInline(BlockInline):
    model = Embed
    form = EmbedForm
    # Without the admin's link to the address: what it becomes is said under it.
    formfield_overrides = {models.URLField: {"widget": forms.URLInput(attrs={"class": "vTextField"})}}
    icon = "smart_display"
    fields = ["url", "title", ("author_name", "posted_on"), "text", "poster", "region", "ordering"]
    autocomplete_fields = known_fields = ["poster"]


class UpdateInline(BlockInline):
    model = Update
    icon = "update"
    fields = ["dated_on", "text", ("source_name", "source_url"), "region", "ordering"]


class BylineInline(Limited, QuietChoosers, admin.TabularInline):
    model = ArticleAuthor
    formset = LimitedFormSet
    form = RowForm
    extra = 0
    fields = ["position", "author"]
    autocomplete_fields = known_fields = ["author"]
    classes = ["ordered-rows"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author")
