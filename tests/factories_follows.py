"""Makers of followers."""

from django.utils import timezone

from follows.models import Follow


def make_follow(show, email="Mara@Reader.example", **fields):
    """Somebody who follows the show and has confirmed it now, unless `confirmed_at` says otherwise."""
    return Follow.objects.create(show=show, email=email, **{"confirmed_at": timezone.now(), **fields})
