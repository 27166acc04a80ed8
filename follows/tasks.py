"""Work in the background: telling followers of a decision."""

from django.tasks import task


@task
def tell(decision_id, after=0):
    """Write the mails about a decision, some at a time; run again it writes only those that are missing."""
    from .telling import tell_some

    if last := tell_some(decision_id, after):
        tell.enqueue(decision_id, last)
