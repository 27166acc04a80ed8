from django import template
from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.html import format_html
from django.utils.translation import gettext as _

from shows.figures import grouped, signed_percent
from shows.forecast_words import CSS, chance_text, score_text, why_text
from shows.links import is_web_address
from shows.waits import wait_text

register = template.Library()
register.filter("grouped", grouped)
register.filter("signed_percent", signed_percent)
register.filter("ordinal", ordinal)
register.filter("chance", chance_text)
register.filter("why", why_text)
register.filter("brier", score_text)


@register.simple_tag
def status(show):
    """A show's status as a word, a mark and a colour; any object with the words of a status will do."""
    return format_html('<span class="status status-{}">{}</span>', show.status_css, show.status_text)


@register.simple_tag
def verdict(judged):
    """What became of a forecast, as a word, a mark and a colour."""
    return format_html('<span class="status status-{}">{}</span>', CSS[judged.verdict], judged.verdict.label)


@register.simple_tag
def source(name, address):
    """Where a figure or a decision can be read: a link where the address may be one, else the name."""
    if is_web_address(address or ""):
        return format_html('<a href="{}" rel="nofollow noopener external">{}</a>', address, name or address)
    return name or ""


@register.simple_tag
def wait(network):
    """How long a network usually takes, or that too little is known to say so."""
    return wait_text(network) or _("Too few decisions to say")


@register.simple_tag
def charts_of(record, season=None):
    """The weekly charts of a record for one season (a row or a number), else of the latest that has any."""
    return record.charts_of(season)
