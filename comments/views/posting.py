"""Taking a comment: stored once, or refused by a page that keeps what was typed."""

from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from pagestore.by_heart import by_heart
from visitors.networks import client_of
from visitors.origin import is_from_this_site

from ..forms import CommentForm
from ..judgement.flood import TooMany
from ..models import CommentPolicy
from ..posting import AlreadyPosted, store
from ..tokens import form_token, link_token
from .pages import live_edition, private
from .reading import comments_page

OF_AN_ARTICLE = "slug", "comments_mode", "published_at", "withdrawn_at", "returns_at"


@by_heart(most=100)
def place_of_post(slug):
    """The published article at an address and the rules for its comments, or Http404."""
    # The live edition takes longer to find, and only a refusal shows anything of it.
    article = Article.objects.published().filter(slug=slug).only(*OF_AN_ARTICLE).first()
    if article is None:
        raise Http404("Not published.")
    return article, CommentPolicy.current()


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def post_comment(request, slug):
    """Take a comment; without one, a page of comments as everybody sees them."""
    return take_comment(request, slug) if request.method == "POST" else comments_page(request, slug)


@private
def take_comment(request, slug):
    """303 to the page that shows the comment held, or a page that keeps the text and says why not."""
    article, policy = place_of_post(slug)
    form = CommentForm(request.POST, article=article, policy=policy)
    if why := _why_not_at_all(request, article, policy):
        return _refused(request, form, status=403, why=why)
    if not form.is_valid():
        return _refused(request, form, status=422)
    return _stored(request, form)


def _stored(request, form):
    """Store what a valid form says; where that cannot be, the page that says why not."""
    try:
        comment = store(form.submission(client_of(request)))
    except TooMany as limit:
        response = _refused(request, form, status=429, why=limit.sentence)
        response["Retry-After"] = limit.seconds
        return response
    except AlreadyPosted:
        return _refused(request, form, status=409, why=_("You have already posted this comment here."))
    except IntegrityError:
        # The comment that it answers was destroyed after the form had looked: looking again says so.
        form = CommentForm(request.POST, article=form.article, policy=form.policy)
        if form.is_valid():
            raise
        return _refused(request, form, status=422)
    address = reverse("comments:held", args=[form.article.slug, link_token(comment)])
    return HttpResponseRedirect(address, status=303)


@private
@require_safe
def token(request, slug):
    """What a page's script fetches when its reader begins to write: the moment, signed."""
    live_edition(slug)
    return JsonResponse({"token": form_token()})


def _why_not_at_all(request, article, policy):
    """A sentence that says why a post is not even looked at; empty where nothing stands against it."""
    if not is_from_this_site(request):
        return _(
            "Your browser did not say that this came from our own page, so we did not store it. "
            "Please read it over and press “Post Comment” once more."
        )
    return "" if policy.is_open(article) else _("Comments are closed.")


def _refused(request, form, *, status, why=""):
    """A page with everything that was typed; `why` is said above it."""
    if status != 422:
        form.is_valid()  # to know whom it answers; what else is wrong with it is not the point now
        form.errors.clear()
    edition = live_edition(form.article.slug)
    context = {
        "edition": edition,
        "article": edition.article,
        "form": form,
        "why": why,
        "parent": form.cleaned_data.get("parent"),
        "is_open": form.policy.is_open(edition.article),
    }
    return render(request, "comments/comment_refused.html", context, status=status)
