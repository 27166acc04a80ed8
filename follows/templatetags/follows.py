from django import template
from django.db.models import Count, Q

from ..models import Follow

register = template.Library()


@register.simple_tag
def followers(show):
    """How many follow a show: {"confirmed", "waiting"}."""
    return Follow.objects.filter(show=show).aggregate(
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
        waiting=Count("pk", filter=Q(confirmed_at=None)),
    )
