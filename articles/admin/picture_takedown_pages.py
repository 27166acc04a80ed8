"""Taking down a picture on a legal claim."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..picture_forms import PictureTakedownForm
from ..takedown_pictures import find, take_down


class PictureTakedownPages:
    """The part of the picture's model admin that takes down."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.takedown_view)
        return [path("<path:object_id>/takedown/", view, name="articles_image_takedown"), *super().get_urls()]

    def takedown_view(self, request, object_id):
        """Show from where it will go, ask for the claim and the picture's number; then remove it."""
        image = self.picture_or_404(request, object_id)
        if not request.user.has_perm("articles.take_down"):
            raise PermissionDenied
        form = PictureTakedownForm(request.POST or None, image=image)
        if request.method == "POST" and form.is_valid():
            return self.take_down(request, image, form.cleaned_data["reason"])
        found = find(image)
        context = {
            "title": _("Take down a picture"),
            "image": image,
            "form": form,
            "names": found.names,
            "doubles": [row for row in found.rows if row.pk != image.pk],
        }
        return self.picture_page(request, "takedown", context)

    def take_down(self, request, image, reason):
        outcome = take_down(image, reason=reason, by=request.user)
        if outcome.left_over:
            said = gettext("Taken down, but these files could not be deleted; delete them by hand: %s.")
            messages.error(request, said % ", ".join(outcome.left_over))
        else:
            messages.success(request, gettext("Taken down: the picture and its files are gone."))
        return redirect("admin:articles_image_changelist")
