from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pictures.renditions import rendition_url, rendition_widths

from ..models import Image


class DescribedFilter(admin.SimpleListFilter):
    title = _("alternative text")
    parameter_name = "described"

    def lookups(self, request, model_admin):
        return [("no", _("Missing"))]

    def queryset(self, request, queryset):
        return queryset.filter(alt_text="", is_decorative=False) if self.value() == "no" else queryset


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    """The picture library. A picture's file never changes: another picture is another row."""

    list_display = ["thumbnail", "__str__", "described", "credit", "created_at"]
    list_display_links = ["thumbnail", "__str__"]
    list_filter = [DescribedFilter]
    search_fields = ["caption", "alt_text", "credit"]
    search_help_text = _("Search by caption, alternative text and credit")
    list_per_page = 40

    def get_fieldsets(self, request, obj=None):
        texts = ["alt_text", "is_decorative", "caption", "credit"]
        if not obj:
            return [(None, {"fields": ["file", *texts]})]
        return [
            (None, {"fields": ["preview", *texts]}),
            (_("Focal point"), {"fields": [("focal_x", "focal_y")], "description": self.about_focus}),
        ]

    about_focus = _("What must stay in sight where the picture is cropped.")

    def get_readonly_fields(self, request, obj=None):
        return ["preview", "file"] if obj else []

    def has_change_permission(self, request, obj=None):
        """Whoever added a picture may mend what is said of it."""
        is_own = (
            obj is not None and obj.uploaded_by_id == request.user.pk and self.has_add_permission(request)
        )
        return is_own or super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)
        if not (obj.alt_text or obj.is_decorative):
            messages.warning(
                request,
                gettext("Say what the picture shows, or mark it decorative: it cannot be published before."),
            )

    def thumbnail_url(self, image):
        """The smallest rendition; the article's picture choosers show it too."""
        return rendition_url(image.file.name, rendition_widths(image.width)[0], "webp")

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        return format_html(
            '<img class="thumbnail" src="{}" alt="" width="96" height="64" loading="lazy">',
            self.thumbnail_url(image),
        )

    @admin.display(description=_("picture"))
    def preview(self, image):
        return format_html(
            '<img class="preview" src="{}" alt="" width="{}" height="{}">',
            image.file.url,
            image.width,
            image.height,
        )

    @admin.display(description=_("alternative text"))
    def described(self, image):
        return gettext("Decorative") if image.is_decorative else image.alt_text or gettext("Missing")
