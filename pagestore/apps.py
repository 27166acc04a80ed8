from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PageStoreConfig(AppConfig):
    name = "pagestore"
    verbose_name = _("Page store")

    def ready(self):
        from . import checks  # noqa: F401

        pre_migrate.connect(before_migrations, sender=self, dispatch_uid="pagestore.before")
        post_migrate.connect(after_migrations, sender=self, dispatch_uid="pagestore.after")


def before_migrations(plan, using, **kwargs):
    """A trigger that reads a table hinders its migration, and a rebuilt table would lose its own silently."""
    from . import triggers

    if plan and using == "default":
        triggers.drop()


def after_migrations(using, **kwargs):
    """The triggers again, and a new number for everything: what was changed without them is not known."""
    from . import generations, triggers

    if using == "default" and _is_there():
        triggers.install()
        generations.renew()


def _is_there():
    from django.db import connection

    return "pagestore_generation" in connection.introspection.table_names()
