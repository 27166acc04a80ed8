"""What is typed and not saved: kept for its writer, offered again, and put beside what others saved."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ..comparing import changes
from ..conflicts import Saver
from ..copies import (
    LONGEST_ID,
    Undecided,
    data_of,
    drop_copy,
    has_left,
    has_open,
    keep_copy,
    people_who_have_open,
)
from ..models import Article, Edition, PrivateCopy
from ..sheets import Forms
from ..typed import Typed
from .merged_form import MergedForm, Typing

OLDEST_TYPING = timedelta(days=30)


def clock(at):
    """ "10:42" of today, "3 May, 10:42" of another day, in the newsroom's zone."""
    local = timezone.localtime(at)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j M, H:i")


class CopyPages(MergedForm):
    """The part of the article's model admin that keeps typing."""

    def get_urls(self):
        pages = [
            ("copy/", never_cache(self.copy_view), "copy"),
            ("copy/compare/", self.compare_copy_view, "copy_compare"),
            ("copy/throw-away/", self.throw_copy_away_view, "copy_throw_away"),
        ]
        return [
            path(f"<path:object_id>/{at}", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for at, view, name in pages
        ] + super().get_urls()

    def writable_or_404(self, request, object_id):
        article = self.article_or_404(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    def copy_view(self, request, object_id):
        """For the form's script: GET gives a fresh token, POST keeps what is typed and says who is there."""
        article = self.writable_or_404(request, object_id)
        if request.method != "POST":
            return JsonResponse({"token": get_token(request)})
        if "_leave" in request.POST:
            has_left(article, request.user)
            return JsonResponse({})
        if request.POST.get("_who", str(request.user.pk)) != str(request.user.pk):
            # Another person has logged in in this browser since the form was opened.
            return JsonResponse({"problem": str(_("Somebody else is logged in now."))}, status=409)
        if "_beat" not in request.POST and not 0 < len(request.POST.get("_form", "")) <= LONGEST_ID:
            return JsonResponse({"problem": str(_("This form is not complete."))}, status=400)
        has_open(article, request.user)
        told = {} if "_beat" in request.POST else self.keep_unsaved(request, article)
        return JsonResponse({**told, **self.news(request, article)})

    def keep_unsaved(self, request, article):
        """Keep what was typed, unless it was saved before it arrived."""
        if self.is_late(request, dict(request.POST.lists())):
            return {"kept": ""}
        return self.keep(request, article)

    def keep(self, request, article):
        """Keep what was typed; `kept` is when, or empty where it says what is stored."""
        filled = Forms.of_stored(self, request, article)
        stored = filled.stored()
        if filled.sent(request.POST, stored).is_same_as(stored, but=Article.FILING):
            drop_copy(article, request.user, request.POST["_form"], request.POST.get("_from", ""))
            return {"kept": ""}
        kept = article, request.user, request.POST
        at = typed_at(request.POST.get("_age"))
        try:
            copy = keep_copy(*kept, typed_at=at)
        except Undecided as undecided:
            if not self.came_late(request, article, undecided.copy):
                return {"undecided": clock(undecided.copy.typed_at)}
            undecided.copy.delete()
            copy = keep_copy(*kept, typed_at=at)
        return {"kept": clock(copy.typed_at)}

    def news(self, request, article):
        """Who else is there, and who has saved since the form was opened."""
        others = [
            {"who": str(form.user.get_full_name() or form.user.get_username()), "seen": clock(form.seen_at)}
            for form in people_who_have_open(article, but=request.user)
        ]
        seen_at = request.POST.get("seen_at", "")
        if not seen_at or seen_at == article.saved_at.isoformat():
            return {"others": others}
        saver = Saver(article, seen_at, request.user)
        return {"others": others, "saved": {"you": saver.is_you, **saver.words}}

    def compare_copy_view(self, request, object_id):
        """What was typed and not saved beside the saved draft."""
        return self.copy_page(request, object_id, is_asked=False)

    def throw_copy_away_view(self, request, object_id):
        """Show what would be lost and ask, then forget it."""
        if request.method == "POST":
            article = self.writable_or_404(request, object_id)
            # Only what was shown: more may have been typed since in another window.
            drop_copy(article, request.user, request.POST.get("form", ""))
            return redirect(self.change_url(article))
        return self.copy_page(request, object_id, is_asked=True)

    def copy_page(self, request, object_id, *, is_asked):
        article = self.writable_or_404(request, object_id)
        copy = PrivateCopy.objects.filter(article=article, user=request.user).first()
        if copy is None:
            return redirect(self.change_url(article))
        typing = Typing(data_of(copy), article)
        typing.merge(Forms.of_stored(self, request, article), request.user, is_partial=True)
        typed = Typed(self, request, Article.objects.get(pk=article.pk), typing.data)
        context = {
            "title": _("Throw it away?") if is_asked else _("Typed and not saved"),
            "article": article,
            "is_asked": is_asked,
            "form_id": (copy.data.get("_form") or [""])[0],
            "typed_at": clock(copy.typed_at),
            "differences": changes(Edition.compose(article), typed.edition),
            "names": [_("Saved"), _("What you typed")],
            "problems": typed.problems,
            "told": typing.told,
            "take_up_url": reverse("admin:articles_article_change", args=[article.pk]) + "?copy=1",
        }
        return self.page(request, "copy", context)


def typed_at(age):
    """The moment `age` seconds ago, by which a browser tells when something was typed; None from nonsense."""
    is_number = age and age.isascii() and age.isdecimal() and len(age) < 10
    return timezone.now() - min(timedelta(seconds=int(age)), OLDEST_TYPING) if is_number else None
