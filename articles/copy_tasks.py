"""The daily look through private copies; declared in settings.RECURRING_TASKS."""

from django.tasks import task

from . import copies


@task
def purge_copies():
    """Drop what was typed and never come back for; what was done already is not done again."""
    copies.purge_copies()
