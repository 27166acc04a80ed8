"""Reading comments: further pages, a thread's own pages, permalinks, and the form below what one answers."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.paging import read_cursor

from ..forms import CommentForm
from ..models import CommentPolicy
from ..rows import ROOT
from ..threads import Discussion, Entry, Thread, place_of
from .pages import live_edition


@require_safe
def comments_page(request, slug):
    """The threads after the cursor in `?after=`; without one, to the article, where the first stand."""
    edition = live_edition(slug)
    article = edition.article
    cursor = read_cursor(request.GET.get("after", ""))
    if cursor is None:
        return redirect(f"{article.get_absolute_url()}#comments")
    thread = Discussion(article, cursor=cursor)
    return render(
        request, "comments/comments_page.html", {"edition": edition, "article": article, "thread": thread}
    )


@require_safe
def thread_page(request, slug, pk):
    """A thread with all its replies, fifty a page; a reply's number leads to where it stands."""
    edition = live_edition(slug)
    root = next(iter(ROOT(article=edition.article_id, pk=pk)), None)
    if root is None:
        raise Http404("No such comment.")
    if root.thread_id is not None:
        return redirect("comments:permalink", slug, pk)
    thread = Thread(edition.article, root, cursor=read_cursor(request.GET.get("after", "")))
    if not thread.html:
        raise Http404("Nothing of this thread is shown.")
    context = {"edition": edition, "article": edition.article, "thread": thread}
    return render(request, "comments/thread_page.html", context)


@require_safe
def permalink(request, slug, pk):
    """To the page that holds the comment; 404 for one that readers do not see."""
    article = live_edition(slug).article
    rows = (
        article.comments.approved()
        .select_related("thread")
        .only("thread", "thread__created_at", "created_at")
    )
    comment = get_object_or_404(rows, pk=pk)
    comment.article = article
    return redirect(f"{place_of(comment, CommentPolicy.current())}#comment-{comment.pk}")


@require_safe
def reply(request, slug, pk):
    """The comment with the form below it, for browsers that move no form."""
    edition = live_edition(slug)
    parent = get_object_or_404(edition.article.comments.approved(), pk=pk)
    policy = CommentPolicy.current()
    form = CommentForm(initial={"parent": parent.pk}, article=edition.article, policy=policy)
    context = {"edition": edition, "article": edition.article, "form": form, "parent": parent}
    context |= {"entry": Entry(parent, policy), "is_open": policy.is_open(edition.article)}
    return render(request, "comments/comment_reply.html", context)
