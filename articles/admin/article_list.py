"""The list of articles: what it shows, how it is filtered and searched."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shows.choosing import Chooser
from shows.long_lists import LongList
from shows.models import Show

from ..desk import state_label, to_come_label, with_desk, with_state
from ..models import ArticleAuthor, Review
from ..moments import moment_in_list
from ..talk import shown_time
from .article_filters import (
    AuthorFilter,
    CategoryFilter,
    OwnerFilter,
    ShowFilter,
    StateFilter,
    TagFilter,
)


class ArticleList(LongList):
    """The part of the model admin that makes the list."""

    list_display = ["headline", "state", "desk", "byline", "category", "show_title", "saved"]
    list_per_page = 30
    list_filter = [StateFilter, OwnerFilter, ShowFilter, CategoryFilter, AuthorFilter, TagFilter]
    list_select_related = ["category", "show"]
    search_fields = ["headline", "standfirst", "show__title", "article_authors__author__name"]
    search_help_text = _("Search by headline, standfirst, show and author")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        articles = super().get_queryset(request).editable_by(request.user)
        return with_desk(with_state(articles)).prefetch_related("article_authors__author")

    def changelist_view(self, request, extra_context=None):
        """With the scripts of the choosers among the filters."""
        media = self.media + Chooser(ShowFilter.field, self.admin_site).media
        return super().changelist_view(request, {"media": media, **(extra_context or {})})

    def get_search_results(self, request, queryset, search_term):
        """Every word is found somewhere; no joins, so that nothing comes twice and nothing is slow."""
        for word in dict.fromkeys(words_of(search_term)):
            queryset = queryset.filter(has_word(word))
        return queryset, False

    @admin.display(description=_("state"), ordering="desk_state")
    def state(self, article):
        parts = [str(state_label(article)), to_come_label(article)]
        return "; ".join(filter(None, parts))

    @admin.display(description=_("desk"), ordering="review_at")
    def desk(self, article):
        """What colleagues have to say about it."""
        return format_html_join(" ", '<span class="badge badge-{}">{}</span>', badges(article))

    @admin.display(description=_("author"))
    def byline(self, article):
        return ", ".join(row.author.name for row in article.article_authors.all())

    @admin.display(description=_("show"), ordering="show__title")
    def show_title(self, article):
        return article.show.title if article.show else ""

    @admin.display(description=_("saved"), ordering="saved_at")
    def saved(self, article):
        return moment_in_list(article.saved_at)


def badges(article):
    """(kind, words) of what stands in the column: the review, the notes."""
    if article.review_outcome == Review.Outcome.WAITING:
        yield "waiting", gettext("Waiting for review since %s") % shown_time(article.review_at)
    elif article.review_outcome == Review.Outcome.SENT_BACK:
        yield "sent_back", gettext("Sent back")
    elif article.review_outcome == Review.Outcome.APPROVED:
        yield "approved", gettext("Approved")
    if count := article.open_notes:
        yield "notes", ngettext("%d open note", "%d open notes", count) % count


def words_of(search_term):
    """Words, and what stands between quotation marks as one."""
    for bit in smart_split(search_term):
        is_quoted = bit[0] in "\"'" and bit[0] == bit[-1] and len(bit) > 1
        yield unescape_string_literal(bit) if is_quoted else bit


def has_word(word):
    shows = Show.objects.filter(Q(title__icontains=word) | Q(other_titles__icontains=word))
    named = ArticleAuthor.objects.filter(author__name__icontains=word)
    return (
        Q(headline__icontains=word)
        | Q(standfirst__icontains=word)
        | Q(show__in=shows.values("pk"))
        | Q(pk__in=named.values("article"))
    )
