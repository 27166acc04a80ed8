"""Previews in the newsroom: of what is typed, in a page of its own or beside the text."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext

from shows.choosing import is_key

from ..copies import LONGEST_ID, turn_of
from ..models import Edition, PrivateCopy
from ..moments import moment
from ..previews import Bar, draw_preview
from ..typed import PLUMBING, SENT_WITH_FILING, Typed, as_query_dict
from .preview_link_pages import PreviewLinkPages

# Filing that a page shows. No private copy keeps it, so it goes from the form to the preview in the address.
FILING_SHOWN = ("show", "category", "tags", "series")
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
        data = self.data_to_show(request, article)
        if data is None:
            return self.draw_page(request, article, *self.draft_page(article))
        return self.draw_page(request, article, *self.typed_page(request, article, data))

    def take_typed(self, request, article):
        """Keep what is typed as its writer's private copy; the shared draft stays as it is.

        Where another copy waits to be taken up or thrown away, the page is drawn here and nothing is kept.
        """
        # Somebody else may have logged in in this browser while the form was open.
        is_theirs = request.POST.get("_who", str(request.user.pk)) == str(request.user.pk)
        if not is_theirs or not self.has_change_permission(request, article):
            raise PermissionDenied
        is_kept = self.keep_typed(request, article)
        is_beside = "_beside" in request.POST
        if is_kept:
            address = reverse("admin:articles_article_preview", args=[article.pk])
            address = f"{address}?{filing_in(request.POST, article)}".rstrip("?")
            return JsonResponse({"address": address}) if is_beside else to_page(address)
        if is_beside:
            said = gettext(
                "You typed into this article before and did not save it. Take that up or throw it away, in "
                "the note above the text; then the preview follows what you type."
            )
            return JsonResponse({"problem": said})
        return self.draw_page(request, article, *self.typed_page(request, article, request.POST))

    def keep_typed(self, request, article):
        """Whether what was sent is now this person's private copy, or says what is stored anyhow."""
        if not 0 < len(request.POST.get("_form", "")) <= LONGEST_ID:
            return False
        if "_turn" not in request.POST:
            # A press of the button is no turn of the autosave: it stands after the last one that came.
            copy = PrivateCopy.objects.filter(article=article, user=request.user).first()
            request.POST = request.POST.copy()
            request.POST["_turn"] = str(turn_of(copy.data) if copy else 0)
        return "undecided" not in self.keep(request, article)

    def data_to_show(self, request, article):
        """What this person has typed since the draft was saved, if anything and if they may; else None."""
        if "draft" in request.GET or not self.has_change_permission(request, article):
            return None
        copies = PrivateCopy.objects.filter(article=article, user=request.user)
        copy = copies.filter(typed_at__gt=article.saved_at).first()
        if copy is None and SENT_WITH_FILING not in request.GET:
            return None
        data = as_query_dict(without_plumbing(copy.data) if copy else {})
        if SENT_WITH_FILING in request.GET:
            for name in (*FILING_SHOWN, SENT_WITH_FILING):
                data.setlist(name, request.GET.getlist(name))
        return data

    def typed_page(self, request, article, data):
        """The edition of what is typed, with the bar that says so and what is wrong with it."""
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

    def draw_page(self, request, article, edition, bar):
        bar.is_beside = "beside" in request.GET
        bar.links.append((self.change_url(article), gettext("Back to editing")))
        return draw_preview(request, edition, bar)


def to_page(address):
    return HttpResponseRedirect(address, status=303)


def without_plumbing(data):
    """A copy's fields of text: it also keeps how its form was opened."""
    return {name: values for name, values in data.items() if not name.startswith(PLUMBING)}


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
        "series": keys(article.series_id),
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
