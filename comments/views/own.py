"""A reader's own comment: seen while it is held, and for minutes edited or deleted."""

from django import forms
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visitors.networks import client_of
from visitors.origin import is_from_this_site

from ..forms import CommentForm
from ..models import Comment, CommentPolicy
from ..own import ChangedMeanwhile, TooManyEdits, edit, minutes_left, version_of, waits, withdraw
from ..threads import Entry
from ..tokens import comment_of_kept, comment_of_link, kept_token, link_token
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
    if comment is None or not (waits(comment) or comment.status == Comment.Status.APPROVED):
        return _gone(request, edition)
    comment.article = edition.article
    context = _around(edition, comment, CommentPolicy.current())
    context |= {"is_held": waits(comment), "token": kept_token(comment)}
    return render(request, "comments/comment_held.html", context)


def _around(edition, comment, policy):
    around = {"edition": edition, "article": edition.article, "comment": comment, "policy": policy}
    return around | {"entry": Entry(comment, policy), "minutes": minutes_left(comment, policy)}


def _gone(request, edition):
    context = {"edition": edition, "article": edition.article}
    return render(request, "comments/comment_gone.html", context, status=410)


@private
@csrf_exempt
@require_POST
def held_comments(request, slug):
    """The reader's own comments by the tokens that their browser keeps, as HTML in their places.

    Answers {"comments": [{"parent", "html"}], "own": [{"pk", "html"}], "forget": [tokens]}: "comments" are
    those that wait, "own" has what stands below published ones that may still be changed, and what is to
    "forget" shows nothing any more. It is a POST so that tokens stand in no address and no log.
    """
    edition = live_edition(slug)
    tokens = request.POST.getlist("token")[:MOST_TOKENS]
    keys = {token: comment_of_kept(token, edition.article.pk) for token in tokens}
    token_of = {pk: token for token, pk in keys.items() if pk}
    policy = CommentPolicy.current()
    comments = Comment.objects.filter(article=edition.article, pk__in=token_of)
    answer = {"comments": [], "own": []}
    useful = set()
    for comment in comments.waiting_longest_first():
        comment.article = edition.article
        if piece := _own_piece(comment, token_of[comment.pk], policy):
            place, shown = piece
            answer[place].append(shown)
            useful.add(comment.pk)
    return JsonResponse(answer | {"forget": [token for token, pk in keys.items() if pk not in useful]})


def _own_piece(comment, token, policy):
    """Where in the answer a reader's own comment stands, and as what; None where nothing is shown of it."""
    shown = {"article": comment.article, "comment": comment, "token": token}
    shown["minutes"] = minutes_left(comment, policy)
    if waits(comment):
        html = render_to_string("comments/_held.html", shown | {"entry": Entry(comment, policy)})
        return "comments", {"parent": comment.parent_id, "html": html}
    if shown["minutes"]:
        return "own", {"pk": comment.pk, "html": render_to_string("comments/_own.html", shown)}
    return None


class OwnForm(forms.Form):
    """What a reader may change of their own comment: its text, by the rules of the comment form."""

    comment = CommentForm.base_fields["comment"]


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own_comment(request, slug, token):
    """The reader's own comment with its text to edit, for minutes after posting; 410 afterwards.

    `?delete` asks whether to delete it; only a POST does anything.
    """
    edition = live_edition(slug)
    pk = comment_of_kept(token, edition.article.pk)
    comment = Comment.objects.filter(pk=pk, article=edition.article).first() if pk else None
    if comment is None:
        raise Http404("No such token.")
    comment.article = edition.article
    policy = CommentPolicy.current()
    page = _around(edition, comment, policy) | {"token": token, "version": version_of(comment)}
    if not page["minutes"]:
        return _too_late(request, edition, comment, policy)
    if request.method != "POST":
        page |= {"text": comment.body, "is_deleting": "delete" in request.GET}
        return render(request, "comments/own_comment.html", page)
    return _change(request, page)


def _too_late(request, edition, comment, policy):
    is_withdrawn = comment.status == Comment.Status.REJECTED and not comment.body
    context = {"edition": edition, "article": edition.article, "is_withdrawn": is_withdrawn}
    context["most_minutes"] = policy.edit_minutes
    return render(request, "comments/own_too_late.html", context, status=410)


def _change(request, page):
    """Do what was pressed, or answer the page again with what was typed and why nothing was done."""
    comment, is_deleting = page["comment"], "delete" in request.POST
    form = OwnForm(request.POST)
    page |= {"is_deleting": is_deleting, "text": request.POST.get("comment", comment.body)}
    if not is_from_this_site(request):
        why = _("Your browser did not say that this came from our own page. Please press once more.")
        return _again(request, page, why, 403)
    if request.POST.get("version") != page["version"]:
        return _again(request, page, _changed_meanwhile(), 409)
    if not is_deleting and not form.is_valid():
        return _again(request, page, " ".join(form.errors["comment"]), 422)
    try:
        return _deleted(request, page) if is_deleting else _edited(request, form, page)
    except ChangedMeanwhile:
        return _again(request, page, _changed_meanwhile(), 409)
    except TooManyEdits:
        why = _("You have edited this comment so often that it stays as it is. You can still delete it.")
        return _again(request, page, why, 429)


def _changed_meanwhile():
    return _(
        "Your comment has changed since you opened this page, so nothing was done. "
        "Its text as it stands now is shown above."
    )


def _again(request, page, why, status):
    return render(request, "comments/own_comment.html", page | {"why": why}, status=status)


def _edited(request, form, page):
    comment = page["comment"]
    edit(comment, form.cleaned_data["comment"], page["policy"], client_of(request))
    address = reverse("comments:held", args=[page["article"].slug, link_token(comment)])
    return HttpResponseRedirect(address, status=303)


def _deleted(request, page):
    withdraw(page["comment"])
    return render(request, "comments/own_deleted.html", page)
