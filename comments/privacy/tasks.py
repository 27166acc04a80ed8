"""The daily look through what may be kept no longer; declared in settings.RECURRING_TASKS."""

from django.tasks import task

from . import purge as purging


@task
def purge():
    """Drop the personal data whose time is over; what was done already is not done again."""
    purging.purge()
