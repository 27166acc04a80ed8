"""The pages that mails to readers lead to: confirming an address, and ending the mails."""

from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.models import Edition
from visitors.origin import is_from_this_site

from ..models import Comment, CommentPolicy, Subscription
from ..subscriptions import confirm, end, waiting
from ..tokens import confirmation_token, subject_of_mail
from .pages import private


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request, token):
    """What pressing the link in a mail about an approval means, with a button; only the button does it."""
    try:
        comment = Comment.objects.filter(pk=subject_of_mail("confirm", token)).first()
    except SignatureExpired:
        comment = None
    except BadSignature:
        raise Http404("No such token.") from None
    if comment is None or not comment.folded_email:
        return render(request, "comments/confirm_gone.html", status=410)
    policy = CommentPolicy.current()
    page = _page(comment.article_id) | {"appears_at_once": policy.hold == CommentPolicy.Hold.STRANGERS}
    if request.method == "POST" and is_from_this_site(request):
        page |= {"count": confirm(comment.folded_email), "token": confirmation_token(comment.folded_email)}
        return render(request, "comments/confirmed.html", page)
    page["conversations"] = _conversations(comment.folded_email)
    return _asked(request, "comments/confirm.html", page)


def _asked(request, template, page):
    """The page with its button; again, with a sentence, where a press did not come from this site."""
    if request.method != "POST":
        return render(request, template, page)
    why = _("Your browser did not say that this came from our own page. Please press once more.")
    return render(request, template, page | {"why": why}, status=403)


def _page(article_id):
    """The frame's article, where readers still see it."""
    live = Edition.objects.live().select_related("article").defer("content")
    edition = live.filter(article=article_id).first()
    return {"edition": edition, "article": edition.article} if edition else {}


def _conversations(folded_email):
    """The headlines of the articles below which replies would be told of."""
    articles = waiting(folded_email).values("thread__article")
    editions = Edition.objects.live().filter(article__in=articles)
    return list(editions.order_by("article").values_list("headline", flat=True))


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """Two buttons: no more mails about this conversation, or none at all.

    A mail server may press the first for its reader (RFC 8058): it has no origin, the token is its proof.
    """
    try:
        pk = subject_of_mail("unsubscribe", token, life=None)
    except BadSignature:
        raise Http404("No such token.") from None
    subscription = Subscription.objects.filter(pk=pk).select_related("thread").first()
    page = _page(subscription.thread.article_id) if subscription else {}
    page |= {"subscription": subscription, "everywhere": "all" in request.POST}
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    if request.method != "POST" or not (is_one_click or is_from_this_site(request)):
        return _asked(request, "comments/subscription.html", page)
    end(subscription, everywhere=page["everywhere"] and not is_one_click)
    return render(request, "comments/subscription_ended.html", page)
