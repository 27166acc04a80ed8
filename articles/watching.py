"""Has live articles held against the record whenever it, or what readers see of them, has changed.

These are Django's signals, not calls where decisions are saved: a show's screen, the decisions' own, imports
and a shell all end in `save()` and `delete()`, and `shows` may not know of articles. Whoever writes rows in
bulk, which sends no signal, is caught up with by the daily sweep.
"""

from datetime import datetime, time

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone

from shows.models import Decision, Season

from .models import Article, Edition
from .staleness import forget_answers
from .tasks import judge_article, judge_show

TELLING = ("outcome", "season_number", "announced_on", "show_id")


def watch():
    """Called once, when the site starts."""
    pre_save.connect(before_decision_is_saved, Decision)
    for model in (Decision, Season):
        post_save.connect(record_saved, model)
        post_delete.connect(record_deleted, model)
    post_save.connect(edition_stored, Edition)


def before_decision_is_saved(instance, raw, **kwargs):
    """A decision that says something else than before is a new question to whoever answered it."""
    before = None if raw else Decision.objects.filter(pk=instance.pk).first() if instance.pk else None
    if before and any(getattr(before, name) != value_of(instance, name) for name in TELLING):
        forget_answers(before)
        if before.show_id != instance.show_id:
            judge_again(before.show_id)


def record_saved(instance, raw, **kwargs):
    if not raw:
        judge_again(instance.show_id)
        if isinstance(instance, Decision):
            judge_on(instance.show_id, value_of(instance, "announced_on"))


def value_of(row, name):
    """A value as it is read back: a row may have been given its dates and numbers as text."""
    return row._meta.get_field(name).to_python(getattr(row, name))


def record_deleted(instance, **kwargs):
    judge_again(instance.show_id)


def edition_stored(instance, raw, **kwargs):
    """At the version's moment, whoever else has written about the same shows."""
    if raw:
        # `loaddata`: its article may not be there yet.
        return
    article = instance.article
    if article.show_id or article.also_about.exists():
        judge_article.using(run_after=to_come(instance.published_at)).enqueue(article.pk)


def judge_again(show_id):
    """In the background, and in the caller's transaction; nothing where nobody has written about it."""
    if has_articles(show_id):
        judge_show.enqueue(show_id)


def judge_on(show_id, day):
    """What is dated in the future counts from the first second of its day in the newsroom's zone."""
    if day and day > timezone.localdate():
        midnight = timezone.make_aware(datetime.combine(day, time.min))
        judge_show.using(run_after=midnight).enqueue(show_id)


def to_come(at):
    return at if at > timezone.now() else None


def has_articles(show_id):
    about = Article.objects.filter(Q(show=show_id) | Q(also_about=show_id))
    return about.exclude(published_at=None).exists()
