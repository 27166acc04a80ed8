"""What a worker does for the record. All of it may be done again."""

from django.tasks import task


@task
def check_import(pk):
    """Read an uploaded file and report what it would change."""
    _take(pk, "uploaded", "check")


@task
def store_import(pk):
    """Import a file that was checked."""
    _take(pk, "waiting", "store")


def _take(pk, status, verb):
    from .models import ChartImport
    from .netflix_top10 import uploads

    taken = ChartImport.objects.filter(pk=pk, status=status).first()
    if taken:
        getattr(uploads, verb)(taken)


@task
def follow_the_record():
    """After seasons, titles or decisions changed: match the titles that mean a season now, and compute anew
    the runs through the charts, the networks' waits, and in how many countries a title stood."""
    from .countries import count_what_is_left
    from .netflix_top10.matching import match_titles
    from .runs import refresh_runs
    from .waits import refresh_waits

    match_titles()
    count_what_is_left()
    refresh_runs()
    refresh_waits()
