"""What can be found. The words themselves lie beside it, as the database likes them: see `engines.py`."""

from django.db import models


class SearchEntry(models.Model):
    """A version of an article, a show, an author, or somebody of a show, in the index.

    No foreign keys: what is gone is left out when results are read, and deleting it asks for nothing here.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article"
        SHOW = "show"
        PERSON = "person"
        # Who makes series or plays in them; PERSON is who writes for the publication.
        MAKER = "maker"

    kind = models.CharField(max_length=7, choices=Kind)
    object_id = models.BigIntegerField()
    # Whose version it is, for articles.
    article_id = models.BigIntegerField(null=True, db_index=True)
    title = models.CharField(max_length=400, help_text="The folded title.")
    tags = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]

    def __str__(self):
        return f"{self.kind} {self.object_id}"
