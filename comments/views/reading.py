"""Finding comments: permalinks, and the comment that one answers with the form below it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from ..forms import CommentForm
from ..threads import Entry
from .pages import live_edition


@require_safe
def permalink(request, slug, pk):
    """To the page that holds the comment; 404 for one that readers do not see."""
    edition = live_edition(slug)
    comment = get_object_or_404(edition.article.comments.approved().only("pk"), pk=pk)
    return redirect(f"{edition.article.get_absolute_url()}#comment-{comment.pk}")


@require_safe
def reply(request, slug, pk):
    """The comment with the form below it, for browsers that move no form."""
    edition = live_edition(slug)
    parent = get_object_or_404(edition.article.comments.approved(), pk=pk)
    form = CommentForm(initial={"parent": parent.pk}, article=edition.article)
    context = {"edition": edition, "article": edition.article, "form": form, "parent": parent}
    return render(request, "comments/comment_reply.html", context | {"entry": Entry(parent)})
