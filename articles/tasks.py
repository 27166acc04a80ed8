"""Work in the background: holding live articles against the record."""

from django.db.models import Q
from django.tasks import task

from shows.models import Decision

from . import staleness
from .models import Article

SWEPT = 50


@task
def judge_show(show_id, after=0):
    """Find and settle the stale articles about a show, some of them at a time."""
    if last := staleness.judge_show(show_id, after):
        judge_show.enqueue(show_id, last)


@task
def judge_article(article_id):
    """Find out whether what readers see of an article agrees with the record."""
    staleness.judge_article(article_id)


@task
def sweep(after=0):
    """Go through every show with decisions and articles: a status also changes by the clock."""
    also = Article.also_about.through.objects.values("show")
    covered = Q(show__in=Article.objects.exclude(show=None).values("show")) | Q(show__in=also)
    shows = Decision.objects.filter(covered, show__gt=after).order_by("show_id")
    shows = list(shows.values_list("show", flat=True).distinct()[:SWEPT])
    for show_id in shows:
        if last := staleness.judge_show(show_id):
            judge_show.enqueue(show_id, last)
    if len(shows) == SWEPT:
        sweep.enqueue(shows[-1])
