"""The library's list: its filters, and how often each picture is used."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.translation import gettext_lazy as _

from ..picture_uses import count_uses, used_q

# As the checks before publishing want a lead picture.
WIDE_ENOUGH = 1200


class PictureFilter(admin.SimpleListFilter):
    """A filter of few choices: `choices_of` maps each to its words, `narrow` to its queryset."""

    choices_of = {}

    def lookups(self, request, model_admin):
        return list(self.choices_of.items())

    def queryset(self, request, queryset):
        return self.narrow(request, queryset) if self.value() in self.choices_of else queryset


class DescribedFilter(PictureFilter):
    title = _("alternative text")
    parameter_name = "described"
    choices_of = {"no": _("Missing")}

    def narrow(self, request, queryset):
        return queryset.filter(alt_text="", is_decorative=False)


class UsedFilter(PictureFilter):
    title = _("use")
    parameter_name = "used"
    choices_of = {"no": _("Not used"), "yes": _("Used")}

    def narrow(self, request, queryset):
        return queryset.filter(used_q() if self.value() == "yes" else ~used_q())


class MineFilter(PictureFilter):
    title = _("who added it")
    parameter_name = "by"
    choices_of = {"me": _("I did")}

    def narrow(self, request, queryset):
        return queryset.filter(uploaded_by=request.user)


class WideFilter(PictureFilter):
    title = _("size")
    parameter_name = "wide"
    choices_of = {"yes": _("Wide enough for a lead picture")}

    def narrow(self, request, queryset):
        return queryset.filter(width__gte=WIDE_ENOUGH)


class Pictures(ChangeList):
    """A page of the library; each picture knows in how many articles it is used, by one query for all."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        counts = count_uses([image.pk for image in self.result_list])
        for image in self.result_list:
            image.use_count = counts[image.pk]
