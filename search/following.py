"""The index follows what is stored: receivers of signals, within the same transaction."""

from . import engines, index
from .models import SearchEntry

Kind = SearchEntry.Kind


def version_stored(instance, raw=False, **kwargs):
    if not raw:
        index.store_edition(instance)


def version_gone(instance, **kwargs):
    index.drop_object(Kind.ARTICLE, instance.pk)


def article_saved(instance, created, raw=False, **kwargs):
    if not raw and not created:
        index.file_anew(instance.pk)


def moments_changed(sender, article_id, **kwargs):
    index.file_anew(article_id)


def shows_changed(instance, action, reverse, pk_set, **kwargs):
    if action.startswith("post_"):
        for pk in (pk_set or ()) if reverse else [instance.pk]:
            index.file_anew(pk)


def passage_went(instance, raw=False, **kwargs):
    """A passage was taken down: its words go from the index too, for good."""
    if not raw and instance.article_id:
        index.store_articles([instance.article_id])
        engines.forget_for_good()


def author_saved(instance, raw=False, **kwargs):
    if not raw:
        index.store_author(instance.pk)


def author_gone(instance, **kwargs):
    index.drop_object(Kind.PERSON, instance.pk)


def show_saved(instance, raw=False, **kwargs):
    if not raw:
        index.store_show(instance.pk)


def show_gone(instance, **kwargs):
    index.drop_object(Kind.SHOW, instance.pk)


def person_saved(instance, created, raw=False, **kwargs):
    if not raw and not created:
        for show in instance.credits.order_by("show").values_list("show", flat=True).distinct():
            index.store_show(show)


def person_gone(instance, **kwargs):
    index.drop_object(Kind.MAKER, instance.pk)


def credit_saved(instance, raw=False, **kwargs):
    if not raw:
        index.store_show(instance.show_id)


def credit_gone(instance, **kwargs):
    index.store_show(instance.show_id)
