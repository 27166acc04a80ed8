"""The addresses of the API, absolute as machines want them."""

from django.urls import reverse

from articles.templatetags.articles import machine_time, site_address


def api_address(name, *args):
    return site_address(reverse(f"api:{name}", args=args))


def page_address(row):
    """Where people read of it."""
    return site_address(row.get_absolute_url())


def moment(value):
    return machine_time(value) if value else None


def day(value):
    return value.isoformat() if value else None
