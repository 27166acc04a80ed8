"""Previews in the newsroom: of what is typed, in a page of its own or beside the text."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext

from ..models import Edition, PrivateCopy
from ..previews import Bar, draw_preview
from ..typed import SENT_WITH_FILING, Typed, as_plain_data, as_query_dict
from .article_state import moment
from .preview_link_pages import PreviewLinkPages

# Filing that a page shows. No private copy keeps it, so it goes from the form to the preview in the address.
FILING_SHOWN = ("show", "category", "tags")
LONGEST_KEY = 18
# A save writes its line into the history right after the text.
SAVED_AND_LOGGED = timedelta(minutes=1)


class PreviewPages(PreviewLinkPages):
    """The part of the article's model admin that shows what is not published."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", view, name="articles_article_preview"), *super().get_urls()]

    def preview_view(self, request, object_id):
        """The page that publishing would give. A POST brings what is typed, and is sent on to that page."""
        article = self.article_or_404(request, object_id)
        if request.method == "POST":
            return self.take_typed(request, article)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        copy = self.copy_to_show(request, article)
        edition, bar = self.typed_page(request, article, copy) if copy else self.draft_page(article)
        bar.is_beside = "beside" in request.GET
        bar.links.append((self.change_url(article), gettext("Back to editing")))
        return draw_preview(request, edition, bar)

    def take_typed(self, request, article):
        """Keep what is typed as its writer's private copy; the shared draft stays as it is."""
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if "headline" in request.POST:
            typed = {"data": as_plain_data(request.POST), "typed_at": timezone.now()}
            PrivateCopy.objects.update_or_create(article=article, user=request.user, defaults=typed)
        address = reverse("admin:articles_article_preview", args=[article.pk])
        address = f"{address}?{filing_in(request.POST, article)}".rstrip("?")
        if "_beside" in request.POST:
            return JsonResponse({"address": address})
        return HttpResponseRedirect(address, status=303)

    def copy_to_show(self, request, article):
        """What this person has typed since the draft was saved, if anything and if they may."""
        if "draft" in request.GET or not self.has_change_permission(request, article):
            return None
        copies = PrivateCopy.objects.filter(article=article, user=request.user)
        return copies.filter(typed_at__gt=article.saved_at).first()

    def typed_page(self, request, article, copy):
        """The edition of a private copy, with the bar that says so and what is wrong with it."""
        data = as_query_dict(copy.data)
        for name in (*FILING_SHOWN, SENT_WITH_FILING):
            if SENT_WITH_FILING in request.GET:
                data.setlist(name, request.GET.getlist(name))
        typed = Typed(self, request, article, data)
        to_draft = reverse("admin:articles_article_preview", args=[article.pk]) + "?draft=1"
        bar = Bar(
            gettext("Preview of what you have typed, not saved. Readers do not see this."),
            problems=typed.problems,
            links=[(to_draft, gettext("See the saved draft"))],
        )
        return typed.edition, bar

    def draft_page(self, article):
        words = {"at": moment(article.saved_at), "who": who_saved(article)}
        if words["who"]:
            sentence = gettext("Preview of the draft, saved %(at)s by %(who)s. Readers do not see this.")
        else:
            sentence = gettext("Preview of the draft, saved %(at)s. Readers do not see this.")
        return Edition.compose(article), Bar(sentence % words)


def who_saved(article):
    """The name of whoever saved the draft last; empty where that was no person."""
    entry = (
        LogEntry.objects.filter(
            content_type__app_label="articles",
            content_type__model="article",
            object_id=article.pk,
            action_time__range=(article.saved_at, article.saved_at + SAVED_AND_LOGGED),
        )
        .select_related("user")
        .order_by("action_time", "pk")
        .first()
    )
    return entry.user.get_full_name() or entry.user.get_username() if entry else ""


def filing_in(posted, article):
    """The typed filing as a query, where it differs from what is stored; else empty."""
    if SENT_WITH_FILING not in posted:
        return ""
    typed = {name: sorted(filter(is_key, posted.getlist(name))) for name in FILING_SHOWN}
    stored = {
        "show": keys(article.show_id),
        "category": keys(article.category_id),
        "tags": sorted(keys(*article.tags.values_list("pk", flat=True))),
    }
    if typed == stored:
        return ""
    query = QueryDict(mutable=True)
    query[SENT_WITH_FILING] = article.slug
    for name, values in typed.items():
        query.setlist(name, values)
    return query.urlencode()


def keys(*values):
    return [str(value) for value in values if value]


def is_key(text):
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
