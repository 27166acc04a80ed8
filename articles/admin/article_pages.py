"""The pages beside the list and the form: how an article starts, and what its other pages share."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logbook.models import Entry

from ..forms import StartForm
from ..starts import start_article


def atomic_post(view):
    """A POST in one transaction. A GET has none: on SQLite it would hold up whoever is saving."""

    @wraps(view)
    def wrapped(self, request, *args, **kwargs):
        if request.method != "POST":
            return view(self, request, *args, **kwargs)
        with transaction.atomic():
            return view(self, request, *args, **kwargs)

    return wrapped


class ArticlePages:
    """The part of the model admin that answers at addresses of our own."""

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

    def article_or_404(self, request, object_id):
        article = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        if article is None:
            raise Http404
        return article

    def change_url(self, article):
        return reverse("admin:articles_article_change", args=[article.pk])

    def keep_in_log(self, request, article, action, said):
        """Write what was done into the newsroom's log, and into the article's own list of who saved it."""
        self.log_change(request, article, said)
        Entry.objects.record(request.user, action, article, said)

    def page(self, request, name, context):
        """One of our own pages about an article, in the admin's frame."""
        frame = {"opts": self.opts, "zone": timezone.get_current_timezone()}
        context = {**self.admin_site.each_context(request), **frame, **context}
        return TemplateResponse(request, f"admin/articles/article/{name}.html", context)
