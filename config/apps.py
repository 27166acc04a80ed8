from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _
from django_tasks_db.apps import TasksAppConfig


class NewsroomAdminConfig(AdminConfig):
    default_site = "articles.newsroom.NewsroomSite"


class WorkConfig(TasksAppConfig):
    """The tasks under a name that tells an administrator what they are."""

    verbose_name = _("Work in the background")
