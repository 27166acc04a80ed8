"""The library's own pages: several pictures at once, and saying what they show."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shows.choosing import is_key

from ..models import Image
from ..picture_forms import ACCEPTED, TextsFormSet
from ..picture_uploads import LONGEST_LIST, add_picture, add_pictures, already_there

NOTHING_SENT = _("Choose at least one picture.")


class PicturePages:
    """The part of the picture's model admin that takes several pictures and has them described."""

    def get_urls(self):
        return [
            path("upload/", self.admin_site.admin_view(self.upload_view), name="articles_image_upload"),
            path("describe/", self.admin_site.admin_view(self.describe_view), name="articles_image_describe"),
            *super().get_urls(),
        ]

    def picture_or_404(self, request, object_id):
        image = self.get_object(request, object_id) if is_key(object_id) else None
        if not self.has_view_or_change_permission(request, image):
            raise PermissionDenied
        if image is None:
            raise Http404
        return image

    def picture_url(self, image):
        return reverse("admin:articles_image_change", args=[image.pk])

    def picture_page(self, request, name, context, status=200):
        """One of our own pages about pictures, in the admin's frame."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/articles/image/{name}.html", context, status=status)

    def upload_view(self, request):
        """Add pictures: from the library's script one for each request, answered in JSON; else a form."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if (
            request.method == "POST"
            and request.accepts("application/json")
            and not request.accepts("text/html")
        ):
            return self.upload_one(request)
        if request.method == "POST" and (files := request.FILES.getlist("file")[:LONGEST_LIST]):
            pictures, said = add_pictures(files, by=request.user)
            for sentence in said:
                messages.warning(request, sentence)
            if pictures:
                return redirect(self.describe_url(pictures))
        elif request.method == "POST":
            messages.error(request, NOTHING_SENT)
        context = {"title": _("Add pictures"), "accepted": ACCEPTED}
        return self.picture_page(request, "upload", context)

    def upload_one(self, request):
        """Add the one picture of this request; its row, or the sentence that says what is accepted."""
        file = request.FILES.get("file")
        if file is None:
            return JsonResponse({"error": str(NOTHING_SENT)}, status=400)
        try:
            image, is_new = add_picture(file, by=request.user)
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=400)
        return JsonResponse(
            {
                "id": image.pk,
                "text": str(image),
                "thumbnail": self.thumbnail_url(image),
                "said": gettext("Added.") if is_new else already_there(file),
            }
        )

    def describe_url(self, pictures):
        ids = ",".join(str(image.pk) for image in pictures)
        return f"{reverse('admin:articles_image_describe')}?{urlencode({'ids': ids})}"

    def describe_view(self, request):
        """Say what several pictures show, on one page; those that are somebody else's stay as they are."""
        asked = request.GET.get("ids", "").split(",")[:LONGEST_LIST]
        rows = Image.objects.filter(pk__in=[pk for pk in asked if is_key(pk)])
        mine = [image.pk for image in rows if self.has_change_permission(request, image)]
        if not mine and not self.has_add_permission(request):
            raise PermissionDenied
        forms = TextsFormSet(request.POST or None, queryset=rows.filter(pk__in=mine).order_by("pk"))
        if request.method == "POST" and forms.is_valid():
            return self.save_descriptions(request, forms)
        for form in forms:
            form.thumbnail = self.thumbnail_url(form.instance) if form.instance.pk else ""
        context = {
            "title": _("Describe what you uploaded"),
            "forms": forms,
            "others": [image for image in rows if image.pk not in mine],
        }
        return self.picture_page(request, "describe", context)

    def save_descriptions(self, request, forms):
        for image in forms.save():
            self.log_change(request, image, gettext("Described."))
        count = sum(
            1
            for form in forms
            if form.instance.pk and not (form.instance.alt_text or form.instance.is_decorative)
        )
        if count:
            said = ngettext(
                "Saved. %d picture still lacks alternative text: it cannot be published before.",
                "Saved. %d pictures still lack alternative text: they cannot be published before.",
                count,
            )
            messages.warning(request, said % count)
        else:
            messages.success(request, gettext("Saved."))
        return redirect("admin:articles_image_changelist")
