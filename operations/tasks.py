from django.tasks import task

from operations import work


@task
def prune():
    """Forget the results of tasks that ended a week ago."""
    return work.prune()
