from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self):
        pre_save.connect(_begin_closed, sender="articles.Article", dispatch_uid="comments.on_new_articles")


def _begin_closed(instance, raw=False, **kwargs):
    """A new article begins without comments where the policy says so; nobody else's choice is touched."""
    from .models import CommentPolicy

    mode = instance.Comments
    is_new = instance._state.adding and not raw
    if is_new and instance.comments_mode == mode.OPEN and not CommentPolicy.current().on_new_articles:
        instance.comments_mode = mode.CLOSED
