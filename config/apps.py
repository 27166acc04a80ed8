import gc

from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.translation import gettext_lazy as _
from django_tasks_db.apps import TasksAppConfig


class NewsroomAdminConfig(SimpleAdminConfig):
    """The newsroom, whose screens are loaded at once or, by a server, when the first is wanted."""

    default_site = "articles.newsroom.NewsroomSite"
    is_served = False

    def ready(self):
        super().ready()
        if not self.is_served:
            self.module.autodiscover()
            # `manage.py` has switched it off.
            gc.freeze()
            gc.enable()


class WorkConfig(TasksAppConfig):
    """The tasks under a name that tells an administrator what they are."""

    verbose_name = _("Work in the background")
