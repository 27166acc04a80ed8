"""A reader's own comment: seen while it is held."""

from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ..models import Comment
from ..threads import Entry
from ..tokens import comment_of_kept, comment_of_link, kept_token
from .pages import live_edition, private

MOST_TOKENS = 50


@private
@require_safe
def held_comment(request, slug, token):
    """The page after posting, by a link that dies after ten minutes (410 then)."""
    edition = live_edition(slug)
    try:
        pk = comment_of_link(token, edition.article.pk)
    except SignatureExpired:
        return _gone(request, edition)
    except BadSignature:
        raise Http404("No such token.") from None
    comment = Comment.objects.filter(pk=pk).select_related("parent").first()
    if comment is None or comment.status in {Comment.Status.SPAM, Comment.Status.REJECTED}:
        return _gone(request, edition)
    comment.article = edition.article
    context = {"edition": edition, "article": edition.article, "comment": comment, "entry": Entry(comment)}
    context |= {"token": kept_token(comment), "is_held": comment.status == Comment.Status.PENDING}
    return render(request, "comments/comment_held.html", context)


def _gone(request, edition):
    context = {"edition": edition, "article": edition.article}
    return render(request, "comments/comment_gone.html", context, status=410)


@private
@csrf_exempt
@require_POST
def held_comments(request, slug):
    """The reader's own waiting comments by the tokens that their browser keeps, as HTML in their places.

    Answers {"comments": [{"parent", "html"}], "forget": [tokens that show nothing any more]}. It is a POST
    so that tokens stand in no address and no log.
    """
    edition = live_edition(slug)
    tokens = request.POST.getlist("token")[:MOST_TOKENS]
    keys = {token: comment_of_kept(token, edition.article.pk) for token in tokens}
    waiting = Comment.objects.pending().filter(article=edition.article, pk__in=set(keys.values()) - {None})
    comments = list(waiting.waiting_longest_first())
    shown = {comment.pk for comment in comments}
    forget = [token for token, pk in keys.items() if pk not in shown]
    found = [{"parent": comment.parent_id, "html": _held_html(comment)} for comment in comments]
    return JsonResponse({"comments": found, "forget": forget})


def _held_html(comment):
    return render_to_string("comments/_held.html", {"entry": Entry(comment), "comment": comment})
