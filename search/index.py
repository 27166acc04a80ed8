"""Keeping the index: what is written into it, and when it is dropped."""

import re
from html import unescape

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from articles.models import Article, Author, Edition
from shows.models import Credit, Person, Show

from . import engines
from .folding import words_to_index
from .models import SearchEntry

Kind = SearchEntry.Kind
LONGEST = 200_000
# Sanitised HTML needs no parser, which took most of the time of a page of results.
BLOCK = re.compile(r"</?(?:p|li|ul|ol|h3|t[hdr]|table|blockquote|br)\b")
TAG = re.compile(r'<(?:"[^"]*"|[^>"])*>')
# What blocks hold as plain text, whatever their type.
SAID = ("heading", "text", "quote", "attribution", "caption", "title", "author")


def text_of(edition):
    """The words of an edition's blocks as plain text, as far as readers see them as text."""
    parts = []
    for block in edition.blocks:
        parts += [block[key] for key in SAID if isinstance(block.get(key), str)]
        if "html" in block:
            parts.append(unescape(TAG.sub("", BLOCK.sub(r" \g<0>", block["html"]))))
    parts += [row.get("text", "") for row in edition.corrections]
    return " ".join(" ".join(filter(None, parts)).split())


def names_of_show(show):
    people = Credit.objects.filter(show=show).values_list("person__name", flat=True)
    network = [show.network.name] if show.network else []
    return " ".join([show.other_titles, *people, *network])


def tags_of_article(article, edition):
    """What an edition is filtered by: kind, shows, authors and the year of first publication."""
    shows = {article.show_id, *(show.pk for show in article.also_about.all())} - {None}
    published = article.published_at or edition.published_at
    year = timezone.localtime(published).year
    authors = [row.author_id for row in edition.edition_authors_in_order]
    return ["k_article", f"y_{year}", *(f"s_{pk}" for pk in sorted(shows)), *(f"a_{pk}" for pk in authors)]


def of_edition(edition, article=None):
    tags = tags_of_article(article or edition.article, edition)
    return engines.Document(
        title=words_to_index(edition.headline),
        names=words_to_index(f"{edition.kicker} {edition.byline}"),
        lead=words_to_index(edition.standfirst),
        text=words_to_index(text_of(edition)[:LONGEST]),
        tags=tags,
    )


def of_show(show):
    return engines.Document(
        title=words_to_index(show.title),
        names=words_to_index(names_of_show(show)),
        lead=[],
        text=words_to_index(show.synopsis[:LONGEST]),
        tags=["k_show"],
    )


def of_author(author):
    name = words_to_index(author.name)
    return engines.Document(title=name, names=[], lead=[], text=words_to_index(author.bio), tags=["k_person"])


def of_maker(name):
    """Somebody of a show; found among the people, as authors are."""
    return engines.Document(title=words_to_index(name), names=[], lead=[], text=[], tags=["k_person"])


@transaction.atomic
def store(kind, documents, article_ids=None):
    """Write entries, new or instead of what they were: `{object id: Document}`."""
    rows = [
        SearchEntry(
            kind=kind,
            object_id=pk,
            article_id=(article_ids or {}).get(pk),
            title=" ".join(document.title)[:400],
            tags=" ".join(document.tags),
        )
        for pk, document in sorted(documents.items())
    ]
    SearchEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["article_id", "title", "tags"],
    )
    ids = SearchEntry.objects.filter(kind=kind, object_id__in=documents).values_list("object_id", "pk")
    engines.write({entry: documents[pk] for pk, entry in ids})


@transaction.atomic
def drop(entries):
    ids = list(entries.values_list("pk", flat=True))
    engines.forget(ids)
    SearchEntry.objects.filter(pk__in=ids).delete()


def drop_object(kind, pk):
    drop(SearchEntry.objects.filter(kind=kind, object_id=pk))


def store_edition(edition):
    """Index a version from the moment it is stored, and drop those that none will see again."""
    store(Kind.ARTICLE, {edition.pk: of_edition(edition)}, {edition.pk: edition.article_id})
    drop_past(edition.article_id)


def drop_past(article_id):
    past = SearchEntry.objects.filter(kind=Kind.ARTICLE, article_id=article_id)
    kept = [edition.pk for edition in visible_or_to_come([article_id])]
    drop(past.exclude(object_id__in=kept))


def visible_or_to_come(article_ids):
    """Of these articles the version that the clock has reached, and those that it has not."""
    editions = Edition.objects.filter(article__in=article_ids).order_by("article", "-published_at", "-number")
    now, reached, kept = timezone.now(), set(), []
    for edition in editions.only("pk", "article", "published_at"):
        if edition.published_at <= now:
            if edition.article_id in reached:
                continue
            reached.add(edition.article_id)
        kept.append(edition)
    return kept


def store_articles(article_ids):
    """Index these articles anew."""
    kept = [edition.pk for edition in visible_or_to_come(article_ids)]
    editions = list(
        Edition.objects.filter(pk__in=kept)
        .select_related("article")
        .prefetch_related("edition_authors", Prefetch("article__also_about", Show.objects.only("pk")))
    )
    for edition in editions:
        edition.edition_authors_in_order = list(edition.edition_authors.all())
    store(Kind.ARTICLE, {e.pk: of_edition(e) for e in editions}, {e.pk: e.article_id for e in editions})
    drop(
        SearchEntry.objects.filter(kind=Kind.ARTICLE, article_id__in=article_ids).exclude(object_id__in=kept)
    )


def file_anew(article_id):
    """Index an article anew where its filing or its date is another than the index has."""
    entries = dict(SearchEntry.objects.filter(article_id=article_id).values_list("object_id", "tags"))
    if not entries:
        return
    article = Article.objects.filter(pk=article_id).first()
    editions = Edition.objects.filter(pk__in=entries).defer("content")
    if article and any(" ".join(tags_of_article(article, e)) != entries[e.pk] for e in editions):
        store_articles([article_id])


def store_show(show_id):
    for show in Show.objects.filter(pk=show_id).select_related("network"):
        store(Kind.SHOW, {show.pk: of_show(show)})
        store_makers(show.pk)


def store_makers(show_id):
    """Index those of a show's people who are new there, or have another name than the index has."""
    names = dict(Person.objects.filter(credits__show=show_id).order_by().values_list("pk", "name"))
    entries = SearchEntry.objects.filter(kind=Kind.MAKER, object_id__in=names)
    known = dict(entries.values_list("object_id", "title"))
    documents = {pk: of_maker(name) for pk, name in names.items()}
    changed = {pk: doc for pk, doc in documents.items() if known.get(pk) != " ".join(doc.title)[:400]}
    if changed:
        store(Kind.MAKER, changed)


def store_author(author_id):
    for author in Author.objects.filter(pk=author_id):
        store(Kind.PERSON, {author.pk: of_author(author)})
