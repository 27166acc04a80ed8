"""Every way in which what readers see is changed, each committed before it returns.

Each takes an article's number and a text that nobody has written before.
"""

import tempfile
from pathlib import Path

from django.core.management import call_command
from django.core.serializers import serialize
from django.db import connection

from articles.models import Article, Author, Category, Edition, Publication, Tag
from comments import acts
from comments.models import Comment
from shows.models import Decision, Show

APPROVED, PENDING, REJECTED = Comment.Status.APPROVED, Comment.Status.PENDING, Comment.Status.REJECTED
# More comments than these make pages slower and races no better.
KEPT = 6


def said_below(article):
    return Comment.objects.approved().filter(article=article).order_by("pk")


def approve(article, text):
    waiting = Comment.objects.create(article_id=article, name="A reader", body=text, status=PENDING)
    Comment.objects.filter(pk=waiting.pk).moderate(APPROVED)


def reject(article, text):
    said_below(article).filter(pk__in=said_below(article)[:1].values("pk")).moderate(REJECTED)


def edit(article, text):
    if comment := said_below(article).last():
        acts.edit(comment, text, by=None)


def delete_all_but_the_newest(article, text):
    keys = list(said_below(article).values_list("pk", flat=True))[:-KEPT]
    Comment.objects.filter(pk__in=keys).delete()


def update_in_bulk(article, text):
    said_below(article).order_by().update(body=text)


def publish(article, text):
    article = Article.objects.get(pk=article)
    article.headline = text
    article.save()
    article.publish()


def unpublish(article, text):
    Article.objects.get(pk=article).unpublish()


def move(article, text):
    """To another address; `put_right` brings it back."""
    article = Article.objects.get(pk=article)
    Article.objects.filter(pk=article.pk).update(slug=f"{address_of(article)}-moved")


def put_right(article):
    """Published, and at the address that it began with."""
    article = Article.objects.get(pk=article)
    if article.slug != address_of(article):
        Article.objects.filter(pk=article.pk).update(slug=address_of(article))
    if not article.is_published:
        article.publish()


def address_of(article):
    return article.slug.removesuffix("-moved")


def run_sql_on_a_version(article, text):
    _run("UPDATE articles_edition SET headline = %s WHERE article_id = %s", text, article)


def run_sql_on_comments(article, text):
    _run("UPDATE comments_comment SET body = %s WHERE article_id = %s", text, article)


def _run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def load_a_version(article, text):
    edition = Edition.objects.filter(article=article).order_by("-number").first()
    edition.headline = text
    _load(edition)


def load_a_comment(article, text):
    if comment := said_below(article).last():
        comment.body = text
        _load(comment)


def _load(*rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.json")
        path.write_text(serialize("json", rows))
        call_command("loaddata", path, verbosity=0)


def record_a_decision(article, text):
    """One decision of the article's show, told otherwise each time."""
    show = Article.objects.get(pk=article).show
    Decision.objects.update_or_create(
        show=show, defaults={"outcome": "cancelled", "announced_on": "2022-11-08", "source_name": text}
    )


def rename_the_show(article, text):
    Show.objects.filter(articles=article).update(title=text)


def rename_what_it_is_filed_under(article, text):
    for rows in (
        Category.objects.filter(articles=article),
        Tag.objects.filter(articles=article),
        Author.objects,
    ):
        rows.update(name=text)


def tag(article, text):
    tags, known = Article.objects.get(pk=article).tags, Tag.objects.first()
    (tags.remove if tags.exists() else tags.add)(known)


def rename_the_publication(article, text):
    Publication.objects.update_or_create(pk=1, defaults={"name": text})


CHANGES = {
    change.__name__: change
    for change in (
        *(approve, reject, edit, delete_all_but_the_newest, update_in_bulk),
        *(publish, unpublish, move, tag, run_sql_on_a_version, run_sql_on_comments),
        *(load_a_version, load_a_comment, record_a_decision, rename_the_show),
        *(rename_what_it_is_filed_under, rename_the_publication),
    )
}
