"""The writing screen and the list of articles."""

from content_editor.admin import ContentEditor
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..choosing import QuietChoosers
from ..desk import State, state_label, with_state
from ..forms import ArticleForm, ChosenOfStaff, StartForm
from ..models import Article
from ..previews import preview
from ..starts import start_article
from .article_state import published_line, state_of
from .blocks import BylineInline, PanelInline, PictureInline, PullQuoteInline, SectionInline

FILING = ["show", "also_about", "category", "tags", "slug", "comments_mode"]
FILED = {*FILING, "owner"}
FILED_COLUMNS = ["show", "category", "slug", "comments_mode", "owner", "owner_name"]


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(desk_state=self.value()) if self.value() else queryset


class OwnFilter(admin.SimpleListFilter):
    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("Mine"))]

    def queryset(self, request, queryset):
        return queryset.filter(owner=request.user) if self.value() == "mine" else queryset


@admin.register(Article)
class ArticleAdmin(QuietChoosers, ContentEditor):
    form = ArticleForm
    inlines = [BylineInline, SectionInline, PictureInline, PullQuoteInline, PanelInline]
    autocomplete_fields = ["lead_image", "social_image", "show", "also_about", "category", "tags"]
    known_fields = ["lead_image", "social_image", "category"]
    change_form_template = "admin/articles/article/change_form.html"

    list_display = ["headline", "state", "byline", "category", "show_title", "saved"]
    list_filter = [StateFilter, OwnFilter, "category"]
    list_select_related = ["category", "show"]
    list_per_page = 50
    search_fields = ["headline", "standfirst", "show__title", "article_authors__author__name"]
    search_help_text = _("Search by headline, standfirst, show and author")
    show_full_result_count = False
    # The list shows what was published beside what was not: nothing is deleted in bulk.
    actions = None

    class Media:
        css = {"all": ["css/newsroom-writing.css"]}
        js = ["admin/js/jquery.init.js", "js/newsroom-writing.js"]

    # What is shown to whom.

    def get_queryset(self, request):
        articles = super().get_queryset(request).editable_by(request.user)
        return with_state(articles).prefetch_related("article_authors__author")

    def get_object(self, request, object_id, from_field=None):
        """The article with all that its form shows; locked while saving, so that saves come one by one."""
        articles = super().get_queryset(request).editable_by(request.user)
        if request.method == "POST":
            articles = articles.select_for_update(of=("self",))
        try:
            return articles.select_related("owner", *self.known_fields).get(
                pk=Article._meta.pk.to_python(object_id)
            )
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

    # The list.

    @admin.display(description=_("state"), ordering="desk_state")
    def state(self, article):
        return state_label(article)

    @admin.display(description=_("author"))
    def byline(self, article):
        return ", ".join(row.author.name for row in article.article_authors.all())

    @admin.display(description=_("show"), ordering="show__title")
    def show_title(self, article):
        return article.show.title if article.show else ""

    @admin.display(description=_("saved"), ordering="saved_at")
    def saved(self, article):
        return date_format(timezone.localtime(article.saved_at), "j M Y, H:i")

    # The pages beside list and form.

    def get_urls(self):
        pages = [("preview", self.preview_view), ("unpublish", self.unpublish_view)]
        return [
            path(
                f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=f"articles_article_{name}"
            )
            for name, view in pages
        ] + super().get_urls()

    def add_view(self, request, form_url="", extra_context=None):
        """Ask what it will be; the pressed choice makes the article with its sections and opens its form."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = StartForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            article = start_article(by=request.user, **form.cleaned_data)
            self.log_addition(request, article, [{"added": {}}])
            return redirect("admin:articles_article_change", article.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("New article"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/article/add_form.html", context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody took the same address between check and insert: the form, checked again, says so.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # A refused form has left what was typed on `obj`; the desk speaks of what is stored.
        stored = Article.objects.get(pk=obj.pk) if context["errors"] else obj
        context |= {"stored": stored, "state": state_of(stored), "title": stored.headline, "subtitle": None}
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

    @method_decorator(require_safe)
    def preview_view(self, request, object_id):
        """The page that publishing the saved draft would give, under the readers' own policy."""
        article = self.article_or_404(request, object_id)
        return preview(request, article, back=self.change_url(article))

    @method_decorator(transaction.atomic)
    def unpublish_view(self, request, object_id):
        """Ask first, then take it off."""
        article = self.article_or_404(request, object_id)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            if article.unpublish():
                self.log_change(request, article, gettext("Unpublished."))
                messages.success(request, gettext("Unpublished: readers do not find it any more."))
            return redirect(self.change_url(article))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Unpublish?"),
            "opts": self.opts,
            "article": article,
            "published": published_line(article.live_edition),
        }
        return TemplateResponse(request, "admin/articles/article/unpublish.html", context)

    def article_or_404(self, request, object_id):
        article = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        if article is None:
            raise Http404
        return article

    def change_url(self, article):
        return reverse("admin:articles_article_change", args=[article.pk])

    # Saving and what comes after it.

    def save_model(self, request, obj, form, change):
        """Filing alone leaves `saved_at` as it is: it says when the text was saved."""
        if set(form.changed_data) - FILED:
            super().save_model(request, obj, form, change)
        else:
            obj.save(update_fields=FILED_COLUMNS)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            form.instance.save(update_fields=["saved_at"])

    def response_change(self, request, obj):
        if "_preview" in request.POST:
            return redirect("admin:articles_article_preview", obj.pk)
        if "_publish" in request.POST:
            self.publish(request, obj)
        elif obj.is_published:
            messages.success(request, gettext("Saved. Readers see the text as it was published."))
        else:
            messages.success(request, gettext("Saved."))
        return redirect(self.change_url(obj))

    def publish(self, request, article):
        """Publish what has just been saved, or say everything that stands in the way."""
        if not self.has_publish_permission(request):
            messages.error(request, gettext("Saved, but not published: you may not publish articles."))
            return
        if article.is_published and not article.has_unpublished_changes():
            messages.info(request, gettext("Readers see this text already: there is nothing to publish."))
            return
        try:
            edition = article.publish(by=request.user)
        except ValidationError as error:
            messages.warning(request, gettext("Saved, but not published yet:"))
            for sentence in error.messages:
                messages.error(request, sentence)
            return
        self.log_change(request, article, gettext("Published version %d.") % edition.number)
        messages.success(request, gettext("Published: version %d is live.") % edition.number)
