"""Make the search index anew, piece by piece, while the site runs; to be repeated at will."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.models import Article, Author
from search import index
from search.models import SearchEntry
from shows.models import Person, Show

# Larger pieces take less time in all, but hold up those who save for longer at a time.
CHUNK = 500
# After so many articles a line says how far it is.
TOLD = 5_000


class Command(BaseCommand):
    help = "Makes the index of the search anew from what is published, scheduled and recorded."

    def handle(self, *args, **options):
        count = 0
        articles = Article.objects.filter(editions__isnull=False).distinct()
        total = articles.count()
        for ids in chunks(articles):
            index.store_articles(ids)
            if (count + len(ids)) // TOLD > count // TOLD:
                said = {"done": count + len(ids), "total": total}
                self.stdout.write(_("%(done)d of %(total)d articles.") % said)
                self.stdout.flush()
            count += len(ids)
        for ids in chunks(Show.objects.all()):
            for pk in ids:
                index.store_show(pk)
            count += len(ids)
        for ids in chunks(Author.objects.all()):
            for pk in ids:
                index.store_author(pk)
            count += len(ids)
        drop_what_is_gone()
        self.stdout.write(_("%d articles, shows and authors can be found.") % count)


def chunks(rows):
    """Primary keys in order, a chunk at a time, each asked for when it is needed."""
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]


def drop_what_is_gone():
    kinds = SearchEntry.Kind
    there = {kinds.ARTICLE: Article, kinds.SHOW: Show, kinds.PERSON: Author, kinds.MAKER: Person}
    for kind, model in there.items():
        column = "article_id" if kind == kinds.ARTICLE else "object_id"
        entries = SearchEntry.objects.filter(kind=kind)
        for ids in chunks(entries):
            some = SearchEntry.objects.filter(pk__in=ids)
            index.drop(some.exclude(**{f"{column}__in": model.objects.values("pk")}))
