"""The pages beside the list and the form: starting, previewing and unpublishing an article."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..forms import StartForm
from ..previews import preview
from ..starts import start_article
from .article_state import published_line


class ArticlePages:
    """The part of the model admin that answers at addresses of our own."""

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
