"""The arrangement of the front page: what stands on top, which rows follow, and a preview of it."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Case, F, Value, When, Window
from django.db.models.functions import RowNumber
from django.forms import all_valid
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from logbook.changes import KeepsChanges

from ..choosing import QuietChoosers
from ..forms import RowForm
from ..front_page import Front, put_on_top
from ..models import FrontPage, FrontRow, FrontStory
from ..models.published import published_q
from ..previews import Bar
from .one_row import OneRow

MOST_ON_TOP = 10


class NamedForm(RowForm):
    """A row of a table, whose fields have no labels: each is named for those who hear the page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            if not isinstance(widget, forms.MultiWidget):
                widget.attrs["aria-label"] = field.label


class StoryForm(NamedForm):
    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and "until" in self.changed_data and until <= timezone.now():
            raise forms.ValidationError(gettext("This moment is past."))
        return until


class InOrder(QuietChoosers, admin.TabularInline):
    """Rows in an order of their own, with what they lead to in one query."""

    extra = 0
    classes = ["ordered-rows"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.known_fields)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in self.known_fields:
            # A row leads to what is there; beside three choosers a sign each is noise.
            field.widget.can_add_related = False
        return field


class FrontStoryInline(InOrder):
    model = FrontStory
    form = StoryForm
    fields = ["position", "article", "until", "now"]
    readonly_fields = ["now"]
    autocomplete_fields = known_fields = ["article"]

    def get_queryset(self, request):
        at = timezone.now()
        is_on_top = FrontStory.is_standing() & published_q(at, "article__")
        stories = (
            super()
            .get_queryset(request)
            .annotate(
                is_on_top=Case(When(is_on_top, then=True), default=Value(False), output_field=BooleanField())
            )
        )
        place = Window(RowNumber(), partition_by=F("is_on_top"), order_by=["position", "pk"])
        return stories.annotate(place=place)

    @admin.display(description=_("now"))
    def now(self, story):
        if story.pk is None:
            return ""
        if story.is_on_top:
            return gettext("Leads") if story.place == 1 else gettext("On top")
        if story.until and story.until <= timezone.now():
            return gettext("Its time is over")
        return gettext("Not published: stands here once it is")


class FrontRowInline(InOrder):
    model = FrontRow
    form = NamedForm
    fields = ["position", "kind", "category", "tag", "heading", "count"]
    autocomplete_fields = known_fields = ["category", "tag"]


@admin.register(FrontPage)
class FrontPageAdmin(OneRow, KeepsChanges, admin.ModelAdmin):
    inlines = [FrontStoryInline, FrontRowInline]
    fields = ["has_strip"]

    class Media:
        css = {"all": ["css/newsroom-writing.css"]}
        js = ["admin/js/jquery.init.js", "js/newsroom-writing.js"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        address = path("<path:object_id>/preview/", view, name="articles_frontpage_preview")
        return [address, *super().get_urls()]

    def preview_view(self, request, object_id):
        """The front page as what is typed would make it, kept nowhere; the form again where it is no good."""
        page = get_object_or_404(FrontPage, pk=1 if object_id == "1" else None)
        if not self.has_change_permission(request, page):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:articles_frontpage_change", page.pk)
        form = self.get_form(request, page, change=True)(request.POST, instance=page)
        formsets, _inlines = self._create_formsets(request, page, change=True)
        if not (all_valid(formsets) and form.is_valid()):
            return self.change_view(request, str(page.pk))
        stories, rows = (typed_rows(formset) for formset in formsets)
        return draw_preview(request, Front(form.instance, stories=standing(stories), rows=rows))


def typed_rows(formset):
    """What a valid formset holds, in its order, without what is to be removed."""
    filled = (form for form in formset if form.instance.pk or form.has_changed())
    kept = [form.instance for form in filled if form not in formset.deleted_forms]
    return sorted(kept, key=lambda row: row.position)


def standing(stories):
    """The numbers of the articles on top now."""
    now = timezone.now()
    return [story.article_id for story in stories if story.until is None or story.until > now]


@never_cache
@csp_override(settings.SECURE_CSP)
def draw_preview(request, front):
    bar = Bar(
        gettext("Preview of the front page: nothing is saved yet."),
        links=[(reverse("admin:articles_frontpage_change", args=[1]), gettext("Back to the form"))],
    )
    response = render(request, "articles/front.html", {"front": front, "preview": bar})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class PutsOnTop:
    """The part of the article's model admin that makes articles the lead, from their list."""

    @admin.action(description=_("Put on top of the front page"), permissions=["arrange"])
    def put_on_top(self, request, queryset):
        """At once and without a question: the front page's form takes it back as easily."""
        articles = list(queryset.order_by("-published_at", "-pk")[: MOST_ON_TOP + 1])
        if len(articles) > MOST_ON_TOP:
            said = gettext("At most %d articles at once: nothing was changed.") % MOST_ON_TOP
            self.message_user(request, said, messages.ERROR)
            return
        put_on_top(articles, by=request.user)
        said = ngettext(
            "On top of the front page now: %d article.",
            "On top of the front page now: %d articles.",
            len(articles),
        )
        form = reverse("admin:articles_frontpage_change", args=[1])
        link = format_html('<a href="{}">{}</a>', form, gettext("Arrange the front page"))
        self.message_user(request, format_html("{} {}", said % len(articles), link), messages.SUCCESS)

    def has_arrange_permission(self, request):
        return request.user.has_perm("articles.change_frontpage")
