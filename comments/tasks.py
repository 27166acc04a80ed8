"""What is done after a comment was posted or decided on, by the worker and never inside a request."""

from django.tasks import task


@task
def follow_up(batch, is_quiet=False):
    """What an act of moderation entails: the filter learns from it, and whoever wants to know is told."""


@task
def tell_moderators(comment_id):
    """Mail moderators about one held comment, where the policy says so for each."""
