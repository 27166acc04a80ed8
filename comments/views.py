"""Readers' side of comments: posting one, seeing one's own while it is held, answering, and permalinks.

No view here reads a cookie or a session, and none sets one.
"""

from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Edition

from .forms import CommentForm
from .models import Comment
from .origin import is_from_this_site
from .posting import AlreadyPosted, store
from .threads import Entry
from .tokens import comment_of_kept, comment_of_link, kept_token, link_token

MOST_TOKENS = 50

private = cache_control(no_store=True)


def _live_edition(slug):
    """The edition that readers see, with its article; the same 404 for a draft and for nothing."""
    return get_object_or_404(
        Edition.objects.live().select_related("article").defer("content"), article__slug=slug
    )


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def post_comment(request, slug):
    """Take a comment: 303 to the page that shows it held, or a page that keeps the text and says why not."""
    edition = _live_edition(slug)
    if request.method != "POST":
        return redirect(f"{edition.article.get_absolute_url()}#comments")
    form = CommentForm(request.POST, article=edition.article)
    if why := _why_not_at_all(request, edition.article):
        return _refused(request, edition, form, status=403, why=why)
    if not form.is_valid():
        return _refused(request, edition, form, status=422)
    try:
        comment = store(form.comment_to_store())
    except AlreadyPosted:
        why = _("You have already posted this comment here.")
        return _refused(request, edition, form, status=409, why=why)
    return HttpResponseRedirect(reverse("comments:held", args=[slug, link_token(comment)]), status=303)


def _why_not_at_all(request, article):
    """A sentence that says why a post is not even looked at; empty where nothing stands against it."""
    if not is_from_this_site(request):
        return _(
            "Your browser did not say that this came from our own page, so we did not store it. "
            "Please read it over and press “Post Comment” once more."
        )
    return "" if article.takes_comments else _("Comments are closed.")


def _refused(request, edition, form, *, status, why=""):
    """A page with everything that was typed; `why` is said above it."""
    if status != 422:
        form.is_valid()  # to know whom it answers; what else is wrong with it is not the point now
        form.errors.clear()
    context = {
        "edition": edition,
        "article": edition.article,
        "form": form,
        "why": why,
        "parent": form.cleaned_data.get("parent"),
    }
    return render(request, "comments/comment_refused.html", context, status=status)


@private
@require_safe
def held_comment(request, slug, token):
    """The page after posting, by a link that dies after ten minutes (410 then)."""
    edition = _live_edition(slug)
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
    edition = _live_edition(slug)
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


@require_safe
def permalink(request, slug, pk):
    """To the page that holds the comment; 404 for one that readers do not see."""
    edition = _live_edition(slug)
    comment = get_object_or_404(edition.article.comments.approved().only("pk"), pk=pk)
    return redirect(f"{edition.article.get_absolute_url()}#comment-{comment.pk}")


@require_safe
def reply(request, slug, pk):
    """The comment with the form below it, for browsers that move no form."""
    edition = _live_edition(slug)
    parent = get_object_or_404(edition.article.comments.approved(), pk=pk)
    form = CommentForm(initial={"parent": parent.pk}, article=edition.article)
    context = {"edition": edition, "article": edition.article, "form": form, "parent": parent}
    return render(request, "comments/comment_reply.html", context | {"entry": Entry(parent)})
