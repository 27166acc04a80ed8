"""The writing screen: who may write and file what, and what saving and publishing do."""

from content_editor.admin import ContentEditor
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, connection
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..choosing import QuietChoosers
from ..forms import ArticleForm, ChosenOfStaff
from ..models import BLOCK_MODELS, Article, ArticleAuthor, Edition
from ..models.blocks import in_order
from .article_list import ArticleList
from .article_pages import ArticlePages
from .article_state import state_of
from .blocks import (
    BylineInline,
    EmbedInline,
    PanelInline,
    PictureInline,
    PullQuoteInline,
    SectionInline,
    UpdateInline,
)
from .bulk_pages import BulkPages
from .check_pages import CheckPages
from .copy_pages import CopyPages
from .front import PutsOnTop
from .link_pages import LinkPages
from .preview_pages import PreviewPages
from .publish_pages import PublishPages
from .review_pages import ReviewPages
from .stale_pages import StalePages
from .takedown_pages import TakedownPages
from .timing_pages import TimingPages
from .version_pages import VersionPages

FILING = [name for name in Article.FILING if name != "owner"]
FILED_COLUMNS = ["show", "category", "series", "slug", "comments_mode", "owner", "owner_name"]


@admin.register(Article)
class ArticleAdmin(
    CopyPages,
    PreviewPages,
    LinkPages,
    CheckPages,
    ReviewPages,
    PutsOnTop,
    BulkPages,
    TakedownPages,
    TimingPages,
    StalePages,
    VersionPages,
    PublishPages,
    ArticleList,
    ArticlePages,
    QuietChoosers,
    ContentEditor,
):
    form = ArticleForm
    inlines = [
        BylineInline,
        SectionInline,
        PictureInline,
        PullQuoteInline,
        PanelInline,
        EmbedInline,
        UpdateInline,
    ]
    autocomplete_fields = ["lead_image", "social_image", "show", "also_about", "category", "tags", "series"]
    known_fields = ["lead_image", "social_image", "category", "series"]
    change_form_template = "admin/articles/article/change_form.html"

    class Media:
        css = {
            "all": [
                "css/newsroom-writing.css",
                "css/newsroom-copy.css",
                "css/newsroom-preview.css",
                "css/newsroom-text.css",
                "css/newsroom-checks.css",
                "css/newsroom-review.css",
                "css/newsroom-drop.css",
            ]
        }
        js = [
            "admin/js/jquery.init.js",
            "js/newsroom-writing.js",
            "js/newsroom-kept.js",
            "js/newsroom-copy.js",
            "js/newsroom-preview.js",
            "js/newsroom-text.js",
            "js/newsroom-paste.js",
            "js/newsroom-checks.js",
            "js/newsroom-review.js",
            "js/newsroom-keys.js",
            "js/newsroom-drop.js",
        ]

    # What is shown to whom.

    def get_object(self, request, object_id, from_field=None):
        """The article with all that its form shows; locked while saving, so that saves come one by one.

        Some pages, the history for one, answer a POST without a transaction to hold a lock in.
        """
        articles = self.get_queryset(request).prefetch_related(None)
        articles = articles.select_related("owner", *self.known_fields)
        if request.method == "POST" and connection.in_atomic_block:
            articles = articles.select_for_update(of=("self",))
        try:
            return articles.get(pk=Article._meta.pk.to_python(object_id))
        except (Article.DoesNotExist, ValidationError, ValueError, OverflowError):
            return None

    def get_fieldsets(self, request, obj=None):
        desk = ["owner"] if request.user.has_perm("articles.edit_any_article") else []
        return [
            (None, {"fields": ["headline", "kicker", "standfirst"], "classes": ["text"]}),
            (None, {"fields": ["lead_image"], "classes": ["versioned"]}),
            (
                _("Filing"),
                {
                    "fields": [*FILING, *desk],
                    "classes": ["filing"],
                    "description": _("Takes effect when you press Save, also for readers."),
                },
            ),
            (
                _("Search engines and social networks"),
                {
                    "fields": ["search_title", "search_description", "social_image"],
                    "classes": ["versioned", "collapse"],
                },
            ),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Filing changes what readers find at once, so on a published article it is for those who publish."""
        if obj and obj.published_at and not self.has_publish_permission(request):
            return FILING
        return []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "owner":
            return ChosenOfStaff(label=db_field.verbose_name.capitalize(), required=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """The row's own side of `editable_by`: all, or a writer's own."""
        user = request.user
        is_theirs = obj is None or obj.owner_id == user.pk or user.has_perm("articles.edit_any_article")
        return super().has_change_permission(request, obj) and is_theirs

    def has_publish_permission(self, request):
        return request.user.has_perm("articles.publish_article") and self.has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        """Readers' links would break: what was published once is only ever unpublished."""
        was_published = obj is not None and obj.published_at is not None
        return super().has_delete_permission(request, obj) and not was_published

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_saveasnew" in request.POST:
            # Django obeys it though no button says so, and would make an article that is nobody's.
            raise BadRequest("Articles are not copied.")
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody took the same address between check and insert: the form, checked again, says so.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # A form with something typed in it has left that on `obj`; the desk speaks of what is stored.
        stored = Article.objects.get(pk=obj.pk) if context["adminform"].form.is_bound else obj
        composed = None if context["errors"] else composed_of(obj, context["inline_admin_formsets"])
        state = state_of(stored, composed)
        context |= {"stored": stored, "state": state, "title": stored.headline, "subtitle": None}
        context["composed"] = composed
        if not self.has_change_permission(request, obj):
            return self.reading_page(request, context, obj)
        context |= {
            "may_publish": self.has_publish_permission(request),
            "thumbnail_url": self.lead_thumbnail_url(obj),
        }
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def reading_page(self, request, context, article):
        """For those who may look but not write: a form of fields that cannot be changed helps nobody."""
        context |= {"opts": self.opts, "article": article, "has_change_permission": False}
        return TemplateResponse(request, "admin/articles/article/read.html", context)

    def lead_thumbnail_url(self, article):
        images = self.admin_site.get_model_admin(Article._meta.get_field("lead_image").related_model)
        return images.thumbnail_url(article.lead_image) if article.lead_image else ""

    # Saving and what comes after it.

    def save_model(self, request, obj, form, change):
        """Filing alone leaves `saved_at` as it is: it says when the text was saved."""
        if set(form.changed_data) - {*Article.FILING}:
            super().save_model(request, obj, form, change)
        else:
            obj.save(update_fields=FILED_COLUMNS)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            form.instance.save(update_fields=["saved_at"])

    def response_change(self, request, obj):
        if "_submit_review" in request.POST:
            return self.submit_saved(request, obj)
        if "_publish" in request.POST and self.has_publish_permission(request):
            return redirect("admin:articles_article_publish", obj.pk)
        if "_publish" in request.POST:
            messages.error(request, gettext("Saved, but not published: you may not publish articles."))
        elif obj.is_published:
            messages.success(request, gettext("Saved. Readers see the text as it was published."))
        else:
            messages.success(request, gettext("Saved."))
        return redirect(self.change_url(obj))


def composed_of(article, inline_formsets):
    """The edition of the draft, from the rows that the form has fetched already; None where it lacks some."""
    formsets = [inline.formset for inline in inline_formsets]
    rows = {formset.model: [form.instance for form in formset.initial_forms] for formset in formsets}
    if not {ArticleAuthor, *BLOCK_MODELS} <= rows.keys():
        return None
    blocks = [block for model in BLOCK_MODELS for block in rows[model]]
    return Edition.compose(article, byline=rows[ArticleAuthor], blocks=in_order(blocks))
