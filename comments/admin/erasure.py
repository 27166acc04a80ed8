"""Readers' personal data in the newsroom: looked up by address, handed out, erased, and what was erased."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Erasure
from ..privacy.erasure import erase
from ..privacy.export import counts
from ..privacy.tombstones import key_of
from ..views.privacy import FILES, TEXTS, AddressForm, personal_file


@admin.register(Erasure)
class ErasureAdmin(admin.ModelAdmin):
    """The tombstones, which tell no address. To add one is to look somebody up and to erase them."""

    list_display = ["erased_at", "mark"]
    date_hierarchy = "erased_at"
    fields = readonly_fields = ["erased_at", "mark"]
    actions = None

    @admin.display(description=gettext_lazy("mark"))
    def mark(self, erasure):
        """The first digits of the keyed hash: enough to tell two erasures apart, and no more."""
        return erasure.email_key[:8]

    def has_add_permission(self, request):
        """Who may change erasures may look up, hand out and erase what is kept about a reader."""
        return request.user.has_perm("comments.change_erasure")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Erasures")} | (extra_context or {}))

    def add_view(self, request, form_url="", extra_context=None):
        """By an address in the body of the request, so that it stands in no log and no history."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = AddressForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self._page(request, form, {}, status=422 if form.is_bound else 200)
        return self._act(request, form)

    def _act(self, request, form):
        """Do what a button asks for: a file, the question, the erasure; else show what there is."""
        folded_email = form.cleaned_data["email"].casefold()
        wanted, texts = request.POST.get("act"), request.POST.get("texts", "")
        if wanted in FILES:
            return personal_file(folded_email, wanted)
        if wanted == "erase" and texts in TEXTS:
            return self._erase(request, folded_email, with_texts=TEXTS[texts])
        is_asked = wanted == "ask" and texts in TEXTS
        page = {"counts": counts(folded_email), "texts": texts if is_asked else "", "is_found": True}
        return self._page(request, form, page)

    def _erase(self, request, folded_email, *, with_texts):
        erased = erase(folded_email, by=request.user, with_texts=with_texts)
        tombstone = Erasure.objects.get(email_key=key_of(folded_email, with_texts=with_texts))
        self.log_addition(request, tombstone, "")
        self.message_user(request, " ".join(erased.sentences()), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:comments_erasure_changelist"))

    def _page(self, request, form, page, status=200):
        context = self.admin_site.each_context(request) | page
        context |= {"form": form, "title": _("Personal data of a reader"), "opts": self.opts}
        template = "admin/comments/erasure/personal_data.html"
        return TemplateResponse(
            request, template, context, status=status, headers={"Cache-Control": "no-store"}
        )
