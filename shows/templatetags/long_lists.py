"""The newsroom's lists of many rows: `{% load long_lists %}`."""

from django import template
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.templatetags.base import InclusionAdminNode
from django.utils.safestring import mark_safe

register = template.Library()


@register.tag(name="long_list")
def long_list_tag(parser, token):
    """`{% long_list cl %}`: Django's `result_list`, whose template then takes half of the time."""
    return InclusionAdminNode(
        "long_list",
        parser,
        token,
        func=long_list,
        template_name="change_list_results.html",
        takes_context=False,
    )


def long_list(cl):
    """What `result_list` gives, with all cells of a row as one text: they come as finished HTML."""
    context = admin_list.result_list(cl)
    if not cl.formset:
        rows = (mark_safe("".join(cells)) for cells in context["results"])  # noqa: S308
        context["results"] = [[row] for row in rows]
    return context
