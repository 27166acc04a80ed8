from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pictures.renditions import rendition_url, rendition_widths
from shows.long_lists import LongList

from ..models import Image
from ..picture_forms import ACCEPTED
from ..picture_uploads import same_picture
from ..picture_uses import in_articles_called, uses_of
from .picture_list import DescribedFilter, MineFilter, Pictures, UsedFilter, WideFilter
from .picture_pages import PicturePages
from .picture_replace_pages import PictureReplacePages
from .picture_takedown_pages import PictureTakedownPages

# The crops that the focal point is shown in: (name, width, height).
CROPS = [("16:9", 160, 90), ("4:3", 120, 90), ("1:1", 90, 90)]


@admin.register(Image)
class ImageAdmin(PicturePages, PictureReplacePages, PictureTakedownPages, LongList, admin.ModelAdmin):
    """The picture library. A picture's file never changes: another picture is another row."""

    list_display = ["thumbnail", "__str__", "described", "credited", "size", "used", "created_at"]
    list_display_links = ["__str__"]
    list_filter = [DescribedFilter, UsedFilter, MineFilter, WideFilter, "created_at"]
    search_fields = ["caption", "alt_text", "credit"]
    search_help_text = _("Search by caption, alternative text, credit and the headlines of articles")
    list_per_page = 40
    change_form_template = "admin/articles/image/change_form.html"

    class Media:
        css = {"all": ["css/newsroom-pictures.css"]}
        js = ["js/newsroom-pictures.js"]

    def get_fieldsets(self, request, obj=None):
        texts = ["alt_text", "is_decorative", "caption", "credit"]
        if not obj:
            return [(None, {"fields": ["file", *texts]})]
        return [
            (None, {"fields": texts}),
            (
                _("Focal point"),
                {"fields": ["preview", ("focal_x", "focal_y")], "description": self.about_focus},
            ),
        ]

    about_focus = _(
        "What must stay in sight where the picture is cropped. "
        "Press on it, or move the mark with the arrow keys."
    )

    def get_readonly_fields(self, request, obj=None):
        return ["preview", "file"] if obj else []

    def has_change_permission(self, request, obj=None):
        """Whoever added a picture may mend what is said of it."""
        is_own = (
            obj is not None and obj.uploaded_by_id == request.user.pk and self.has_add_permission(request)
        )
        return is_own or super().has_change_permission(request, obj)

    def get_changelist(self, request, **kwargs):
        return Pictures

    def get_search_results(self, request, queryset, search_term):
        """In the library also pictures of articles with these words in their headline; choosers ask less."""
        found, has_doubles = super().get_search_results(request, queryset, search_term)
        if search_term and request.resolver_match.url_name == "articles_image_changelist":
            found = queryset.filter(pk__in=found.order_by().values("pk")) | queryset.filter(
                in_articles_called(search_term)
            )
        return found, has_doubles

    def changelist_view(self, request, extra_context=None):
        extra_context = {
            "accepted": ACCEPTED,
            "may_upload": self.has_add_permission(request) and "_popup" not in request.GET,
            **(extra_context or {}),
        }
        return super().changelist_view(request, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            is_own = self.has_change_permission(request, obj)
            context |= {
                "uses": uses_of([obj.pk]),
                "may_replace": is_own and self.has_add_permission(request),
                "may_take_down": request.user.has_perm("articles.take_down"),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_deleted_objects(self, objs, request):
        """A picture that a draft or a version shows stays; its uses are what stands in the way.

        Deleting an unused one deletes its row. The file stays, since another row may have the same one; what
        no row refers to is for the command that clears away orphans.
        """
        in_the_way = [
            format_html(
                '<a href="{}">{}</a>: {}',
                reverse("admin:articles_article_change", args=[use.article.pk]),
                use.article.headline,
                use.said(),
            )
            for use in uses_of([image.pk for image in objs])
        ]
        if in_the_way:
            return [], {}, set(), in_the_way
        return super().get_deleted_objects(objs, request)

    def save_model(self, request, obj, form, change):
        there = None
        if not change:
            obj.uploaded_by = request.user
            there = same_picture(Image._meta.get_field("file").generate_filename(None, obj.file.name))
        super().save_model(request, obj, form, change)
        if there:
            said = gettext("The same picture is in the library already, as “%s”.") % there
            messages.warning(request, said)
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
        """The picture with its focal point, and the crops that follow from it, drawn without a script."""
        context = {"image": image, "crops": [Crop(image, *crop) for crop in CROPS]}
        return render_to_string("admin/articles/image/_focus.html", context)

    @admin.display(description=_("alternative text"))
    def described(self, image):
        if image.is_decorative or image.alt_text:
            return gettext("Decorative") if image.is_decorative else image.alt_text
        return format_html('<span class="badge">{}</span>', gettext("No alternative text"))

    @admin.display(description=_("credit"), ordering="credit")
    def credited(self, image):
        return image.credit or gettext("No credit")

    @admin.display(description=_("size"), ordering="width")
    def size(self, image):
        return f"{image.width} \N{MULTIPLICATION SIGN} {image.height}"

    @admin.display(description=_("use"))
    def used(self, image):
        count = image.use_count
        return (
            ngettext("Used in %d article", "Used in %d articles", count) % count
            if count
            else gettext("Not used")
        )


class Crop:
    """A picture scaled to fill a frame, moved as `object-position` moves it: numbers for a drawing."""

    def __init__(self, image, name, width, height):
        scale = max(width / image.width, height / image.height)
        self.name, self.width, self.height = name, width, height
        self.full_width, self.full_height = image.width * scale, image.height * scale
        self.x = (width - self.full_width) * image.focal_x / 100
        self.y = (height - self.full_height) * image.focal_y / 100
