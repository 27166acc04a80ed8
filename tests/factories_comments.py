"""Makers of comments, and the post that a reader's browser sends."""

import itertools

from django.urls import reverse

from comments.models import Comment

_numbers = itertools.count(1)
TYPED = {
    "comment": "It deserved a second season.",
    "name": "Mara",
    "email": "mara@reader.example",
    "website": "",
    "parent": "",
}


def make_comment(article, *, parent=None, **fields):
    """An approved comment on `article`, unless `status` says otherwise."""
    n = next(_numbers)
    fields = {"name": f"Reader {n}", "email": f"reader{n}@reader.example", **fields}
    fields = {"body": f"Comment number {n}.", "status": Comment.Status.APPROVED, **fields}
    return Comment.objects.create(article=article, parent=parent, **fields)


def post_comment(client, article, *, origin_headers=None, **typed):
    """What the browser of a reader on the article's page sends; `typed` overrides the fields."""
    headers = {"sec-fetch-site": "same-origin"} if origin_headers is None else origin_headers
    return client.post(address_of(article), {**TYPED, **typed}, headers=headers)


def address_of(article):
    return reverse("comments:post", args=[article.slug])
