from functools import partial

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete, post_save


class SyndicationConfig(AppConfig):
    name = "syndication"

    def ready(self):
        post_delete.connect(
            _picture_went, sender="articles.EditionImage", dispatch_uid="syndication.picture_went"
        )
        post_save.connect(_passage_went, sender="articles.Takedown", dispatch_uid="syndication.passage_went")


def _picture_went(instance, **kwargs):
    """A picture taken down from a version: what was composed with it goes as well."""
    from articles.models import Edition

    _forget(Edition.objects.filter(pk=instance.edition_id).values_list("article", flat=True))


def _passage_went(instance, **kwargs):
    if instance.article_id:
        _forget([instance.article_id])


def _forget(articles):
    # Imported here: the models are not there before.
    from .cards import forget

    transaction.on_commit(partial(forget, list(articles)))
