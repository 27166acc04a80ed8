"""What is done after a comment was posted or decided on, by the worker and never inside a request.

All of it may be done again: what was learned is counted once, and no mail is sent twice.
"""

from django.tasks import task

# A second's work; who waits longest comes first in the queue too.
RESCORED = 1000


@task
def follow_up(batch, is_quiet=False):
    """What an act of moderation entails: the filter learns from it, and whoever wants to know is told."""
    from .models import ModerationEvent
    from .spam.filter import learn
    from .telling import Telling, newly_approved

    changed = ModerationEvent.objects.filter(batch=batch, comment__isnull=False)
    # What only the checks have taken for spam teaches nothing, though its writer edits it.
    decided = changed.exclude(comment__status="spam", comment__moderated_at=None)
    learn(decided.values_list("comment", flat=True))
    if not is_quiet and (keys := newly_approved(batch)):
        Telling(keys).tell_all()


@task
def tell_moderators(comment_id):
    """Mail moderators about one held comment, where the policy says so for each."""
    from .digests import tell_of_held

    tell_of_held(comment_id)


@task
def rescore():
    """Give waiting comments the score that they have by what was learned since they came."""
    from .spam.filter import rescore

    rescore(RESCORED)


@task
def mail_digest():
    """Mail moderators what waits, where the policy says hourly or daily and something came since the last."""
    from .digests import tell_of_waiting

    tell_of_waiting()
