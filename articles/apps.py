from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self):
        # Imported here: the models are not there before.
        from .watching import watch

        post_migrate.connect(_make_groups, dispatch_uid="articles.groups")
        watch()


def _make_groups(using, apps=apps, **kwargs):
    from .groups import make_groups

    make_groups(apps, using)
