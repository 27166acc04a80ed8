"""Has followers told whenever a decision is recorded.

This is Django's signal, not a call where decisions are saved: the page that records one, the show's own form,
imports and a shell all end in `save()`, and `shows` may not know of followers. Whoever writes rows in bulk,
which sends no signal, fills in history, of which nobody is told.
"""

from django.db.models.signals import post_save

from shows.models import Decision

from .news import is_news, told_at
from .tasks import tell


def watch():
    """Called once, when the site starts."""
    post_save.connect(decision_saved, Decision, dispatch_uid="follows.decision_saved")


def decision_saved(instance, raw, **kwargs):
    """In the caller's transaction: the mails are written later, by the worker, from what stands then."""
    if raw:
        return
    # Read back: a row may have been given its dates as text.
    decision = Decision.objects.filter(pk=instance.pk).first()
    if decision and is_news(decision):
        tell.using(run_after=told_at(decision)).enqueue(decision.pk)
