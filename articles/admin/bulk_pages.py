"""What is done to many articles at once from their list: each asks once, and says what came of it."""

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shows.choosing import is_key

from ..bulk import AddingTag, ChangingCategory, Outcome, Publishing, RemovingTag, Unpublishing, do_to
from ..models import Article

CONFIRMED = "_confirmed"


class BulkPages:
    """The part of the article's model admin that acts on many at once. Nothing is deleted in bulk."""

    actions = ["publish_many", "unpublish_many", "add_tag", "remove_tag", "change_category", "put_on_top"]

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        actions = super().get_actions(request, action_location=action_location)
        return {name: action for name, action in actions.items() if name != "delete_selected"}

    def response_action(self, request, queryset, **kwargs):
        if not all(map(is_key, request.POST.getlist(helpers.ACTION_CHECKBOX_NAME))):
            raise BadRequest("No article has such a number.")
        return super().response_action(request, queryset, **kwargs)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_many(self, request, queryset):
        return self.bulk(request, queryset, Publishing)

    @admin.action(description=_("Unpublish"), permissions=["publish"])
    def unpublish_many(self, request, queryset):
        return self.bulk(request, queryset, Unpublishing)

    @admin.action(description=_("Add a tag"), permissions=["change"])
    def add_tag(self, request, queryset):
        return self.bulk(request, queryset, AddingTag)

    @admin.action(description=_("Remove a tag"), permissions=["change"])
    def remove_tag(self, request, queryset):
        return self.bulk(request, queryset, RemovingTag)

    @admin.action(description=_("Change the category"), permissions=["change"])
    def change_category(self, request, queryset):
        return self.bulk(request, queryset, ChangingCategory)

    def bulk(self, request, queryset, deed_class):
        """Ask, with what stands in the way of each; then do it, one article after the other."""
        most = deed_class.most_at_once
        articles = list(queryset.order_by("pk")[: most + 1])
        if len(articles) > most:
            said = gettext("At most %d articles at once: nothing was changed.") % most
            self.message_user(request, said, messages.ERROR)
            return None
        deed = deed_class(request.user, may_publish=self.has_publish_permission(request))
        is_confirmed = CONFIRMED in request.POST
        form = deed.form(request.POST if is_confirmed else None)
        if is_confirmed and (form is None or form.is_valid()):
            deed.values = form.cleaned_data if form else {}
            self.tell_outcome(request, deed, self.do_to_all(request, deed, articles))
            return redirect(request.get_full_path())
        return self.bulk_page(request, deed, articles, form)

    def bulk_page(self, request, deed, articles, form):
        rows = [(article, self.row_obstacles(request, deed, article)) for article in articles]
        able = [
            (article, deed.remarks(article), deed.shown(article))
            for article, obstacles in rows
            if not obstacles
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": deed.title,
            "deed": deed,
            "form": form,
            "media": self.media + form.media if form else self.media,
            "action": request.POST["action"],
            "able": able,
            "unable": [(article, obstacles) for article, obstacles in rows if obstacles],
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/articles/article/bulk.html", context)

    def row_obstacles(self, request, deed, article):
        if not self.has_change_permission(request, article):
            return [gettext("You may not change it.")]
        return deed.obstacles(article)

    def do_to_all(self, request, deed, articles):
        """In the order of their numbers, each in a transaction of its own: one that fails undoes no other."""
        shown = dict(pair.split(":", 1) for pair in request.POST.getlist("shown") if ":" in pair)
        outcome = Outcome()
        for pk in [article.pk for article in articles]:
            with transaction.atomic():
                article = Article.objects.select_for_update().filter(pk=pk).first()
                if article:
                    may_change = self.has_change_permission(request, article)
                    mark = shown.get(str(pk), "")
                    for action, said in do_to(deed, article, outcome, may_change=may_change, shown=mark):
                        self.keep_in_log(request, article, action, said)
        return outcome

    def tell_outcome(self, request, deed, outcome):
        said = [deed.done(outcome.count)]
        if outcome.unchanged:
            so = ngettext("%d was so already.", "%d were so already.", outcome.unchanged)
            said.append(so % outcome.unchanged)
        level = messages.SUCCESS if outcome.count else messages.INFO
        self.message_user(request, " ".join(said), level)
        if outcome.left_out:
            self.message_user(request, outcome.left_out, messages.WARNING)
