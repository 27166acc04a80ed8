"""What the list of articles is narrowed down by."""

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from logbook.models import name_of
from shows.choosing import Chooser, is_key
from shows.models import Show

from ..desk import State
from ..models import Article, ArticleAuthor, Review

WAITING, SENT_BACK = Review.Outcome.WAITING, Review.Outcome.SENT_BACK


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            (State.AHEAD, _("Draft ahead of live")),
            (State.LIVE, _("Live as written")),
            (State.SCHEDULED, _("Something scheduled")),
            (State.UNPUBLISHED, _("Unpublished")),
            (State.DRAFT, _("Never published")),
            (WAITING, _("Waiting for review")),
            (SENT_BACK, _("Sent back")),
        ]

    def queryset(self, request, queryset):
        state = self.value()
        if state in (WAITING, SENT_BACK):
            return queryset.filter(review_outcome=state)
        if state == State.SCHEDULED:
            return queryset.filter(Q(next_at__isnull=False) | Q(withdrawn_at__gt=timezone.now()))
        return queryset.filter(desk_state=state) if state else queryset


class OwnerFilter(admin.SimpleListFilter):
    """Ones own, or those of one of the staff; they are few."""

    title = _("whose")
    parameter_name = "whose"
    MINE = "mine"

    def lookups(self, request, model_admin):
        sees_all = request.user.has_perm("articles.edit_any_article")
        return [(self.MINE, _("Mine")), *(self.colleagues(request) if sees_all else [])]

    def colleagues(self, request):
        staff = get_user_model().objects.filter(is_staff=True, is_active=True).exclude(pk=request.user.pk)
        for user in staff.order_by(Lower("first_name"), "username"):
            yield str(user.pk), name_of(user)

    def queryset(self, request, queryset):
        whose = self.value()
        if not whose:
            return queryset
        if whose == self.MINE:
            return queryset.filter(owner=request.user)
        return queryset.filter(owner=key_or_refuse(whose))


class ChooserFilter(admin.SimpleListFilter):
    """One of many rows, found by typing: its parameter is the row's number."""

    template = "admin/articles/article/_chooser_filter.html"
    field = None

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.admin_site = model_admin.admin_site
        self.others = [
            (other, value)
            for other, values in request.GET.lists()
            for value in values
            if other not in (self.parameter_name, "p", "e")
        ]

    @cached_property
    def form(self):
        form = forms.Form(initial={self.parameter_name: self.value()}, auto_id="filter-%s")
        form.fields[self.parameter_name] = forms.ModelChoiceField(
            self.rows(), required=False, label=self.title, widget=Chooser(self.field, self.admin_site)
        )
        return form

    @property
    def key(self):
        """Names all that is drawn of it while nothing is chosen; empty where something is."""
        return () if self.value() else (self.parameter_name, get_language(), *self.others)

    def rows(self):
        return self.field.remote_field.model.objects.all()

    def lookups(self, request, model_admin):
        return []

    def has_output(self):
        return True

    def choices(self, changelist):
        """One choice: all of them again."""
        return [{"query_string": changelist.get_query_string(remove=[self.parameter_name])}]

    def queryset(self, request, queryset):
        return queryset.filter(self.condition(key_or_refuse(self.value()))) if self.value() else queryset


def key_or_refuse(text):
    """The number of a row; what can be none leads back to the whole list, as Django's own filters do."""
    if not is_key(text):
        raise IncorrectLookupParameters
    return int(text)


class ShowFilter(ChooserFilter):
    title = _("show")
    parameter_name = "show"
    field = Article._meta.get_field("show")

    def rows(self):
        return Show.objects.with_label()

    def condition(self, key):
        also = Article.also_about.through.objects.filter(show=key).values("article")
        return Q(show=key) | Q(pk__in=also)


class AuthorFilter(ChooserFilter):
    title = _("author")
    parameter_name = "author"
    field = ArticleAuthor._meta.get_field("author")

    def condition(self, key):
        return Q(pk__in=ArticleAuthor.objects.filter(author=key).values("article"))


class CategoryFilter(ChooserFilter):
    title = _("category")
    parameter_name = "category"
    field = Article._meta.get_field("category")

    def condition(self, key):
        return Q(category=key)


class TagFilter(ChooserFilter):
    title = _("tag")
    parameter_name = "tag"
    field = Article._meta.get_field("tags")

    def condition(self, key):
        return Q(pk__in=Article.tags.through.objects.filter(tag=key).values("article"))
