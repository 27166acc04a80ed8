from django import template

from operations import work

register = template.Library()


@register.simple_tag
def work_stalled_since():
    """Since when background work has been waiting for a worker; None where it goes on."""
    return work.stalled()
