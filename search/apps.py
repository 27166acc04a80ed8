from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from articles.models import Article
        from articles.models.publishing import moments_changed

        from . import following

        def on(signal, receiver, sender):
            signal.connect(receiver, sender=sender, dispatch_uid=f"search.{receiver.__name__}")

        on(post_save, following.version_stored, "articles.Edition")
        on(post_delete, following.version_gone, "articles.Edition")
        on(post_save, following.article_saved, "articles.Article")
        on(m2m_changed, following.shows_changed, Article.also_about.through)
        on(post_save, following.passage_went, "articles.Takedown")
        on(post_save, following.author_saved, "articles.Author")
        on(post_delete, following.author_gone, "articles.Author")
        on(post_save, following.show_saved, "shows.Show")
        on(post_delete, following.show_gone, "shows.Show")
        on(post_save, following.person_saved, "shows.Person")
        on(post_delete, following.person_gone, "shows.Person")
        on(post_save, following.credit_saved, "shows.Credit")
        on(post_delete, following.credit_gone, "shows.Credit")
        moments_changed.connect(following.moments_changed, dispatch_uid="search.moments_changed")
