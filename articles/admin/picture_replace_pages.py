"""Replacing a picture everywhere: another picture first, then what would change, then the change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Image
from ..picture_forms import TEXTS, ReplacementForm
from ..picture_replacing import places_of, replace_everywhere
from ..picture_uploads import same_picture


class PictureReplacePages:
    """The part of the picture's model admin that replaces."""

    def get_urls(self):
        replace = self.admin_site.admin_view(self.replace_view)
        confirm = self.admin_site.admin_view(self.confirm_replacing_view)
        return [
            path("<path:object_id>/replace/", replace, name="articles_image_replace"),
            path("<path:object_id>/replace-by/<path:new_id>/", confirm, name="articles_image_replace_by"),
            *super().get_urls(),
        ]

    def changeable_or_403(self, request, object_id):
        image = self.picture_or_404(request, object_id)
        if not (self.has_change_permission(request, image) and self.has_add_permission(request)):
            raise PermissionDenied
        return image

    def replace_view(self, request, object_id):
        """Ask for the other picture, with the texts of this one to begin with; nothing changes yet."""
        old = self.changeable_or_403(request, object_id)
        texts = {name: getattr(old, name) for name in TEXTS}
        form = ReplacementForm(request.POST or None, request.FILES or None, initial=texts)
        if request.method == "POST" and form.is_valid():
            new = self.kept_replacement(request, form)
            if new.pk != old.pk:
                return redirect("admin:articles_image_replace_by", old.pk, new.pk)
            form.add_error("file", gettext("This is the same picture."))
        context = {
            "title": _("Replace a picture"),
            "image": old,
            "form": form,
            "places": places_of(old, request.user),
        }
        return self.picture_page(request, "replace", context)

    def kept_replacement(self, request, form):
        """The new picture's row; a picture that is in the library already is that row with its own texts."""
        name = Image._meta.get_field("file").generate_filename(None, form.cleaned_data["file"].name)
        there = same_picture(name)
        if not there:
            form.instance.file, form.instance.uploaded_by = form.cleaned_data["file"], request.user
            new = form.save()
            self.log_addition(request, new, [{"added": {}}])
            return new
        if not (there.alt_text or there.is_decorative) and self.has_change_permission(request, there):
            for text in TEXTS:
                setattr(there, text, form.cleaned_data[text])
            there.save(update_fields=TEXTS)
        messages.info(request, gettext("This picture was in the library already, with texts of its own."))
        return there

    def confirm_replacing_view(self, request, object_id, new_id):
        """Show both pictures and every place that will change; a press changes them all."""
        old = self.changeable_or_403(request, object_id)
        new = self.picture_or_404(request, new_id)
        if new.pk == old.pk:
            raise Http404
        places = places_of(old, request.user)
        is_described = bool(new.alt_text or new.is_decorative)
        if request.method == "POST" and is_described:
            return self.replace(request, old, new)
        context = {
            "title": _("Replace everywhere"),
            "image": old,
            "new": new,
            "is_described": is_described,
            "changing": [place for place in places if place.changes],
            "staying": [place for place in places if not place.changes],
            "scheduled": [place for place in places if place.use.scheduled],
            "may_publish": request.user.has_perm("articles.publish_article"),
        }
        return self.picture_page(request, "replace_by", context)

    def replace(self, request, old, new):
        done = replace_everywhere(old, new, by=request.user)
        self.log_change(request, old, gettext("Replaced by picture %d.") % new.pk)
        for article, said in done:
            messages.success(request, format_html("{}: {}", article.headline, said))
        if not done:
            messages.warning(
                request, gettext("It is used nowhere that you may change, so nothing was changed.")
            )
        return redirect(self.picture_url(new))
