from django import template

from operations import maintenance, work

register = template.Library()


@register.simple_tag
def work_stalled_since():
    """Since when background work has been waiting for a worker; None where it goes on."""
    return work.stalled()


@register.simple_tag
def readers_are_kept_out():
    """Whether readers see the page of maintenance; an open newsroom would not notice."""
    return maintenance.closure() is not None
