"""What other apps' pages show of the search: `{% load search %}`."""

from django import template

from ..related import related_to

register = template.Library()
register.simple_tag(related_to)
