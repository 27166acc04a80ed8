"""Review: a writer submits, an editor approves or sends back; each step is logged, and told by mail."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from logbook.models import Entry, name_of
from mailing import outbox

from .models import Edition, Publication, Review

Outcome = Review.Outcome
BACKEND = "django.contrib.auth.backends.ModelBackend"


def standing():
    """Reviews that still say something: those that wait, and decisions that no publishing has followed."""
    since = Edition.objects.filter(article=OuterRef("article"), published_at__gte=OuterRef("decided_at"))
    return Review.objects.filter(~Exists(since)).order_by("-submitted_at", "-pk")


def newest_of(article):
    """The review that the article's box speaks of, or None."""
    return standing().filter(article=article).first()


def waiting_for_review(user):
    """What waits for this editor, the oldest first; nothing for who may not decide on it."""
    if not may_decide(user):
        return Review.objects.none()
    waiting = Review.objects.filter(outcome=Outcome.WAITING).select_related("article__show")
    return waiting.order_by("submitted_at", "pk")


def sent_back_to(user):
    """What an editor has sent back to this writer and is not submitted again, the newest first."""
    later = Review.objects.filter(article=OuterRef("article"), submitted_at__gt=OuterRef("submitted_at"))
    theirs = standing().filter(
        ~Exists(later), Q(article__owner=user) | Q(submitted_by=user), outcome=Outcome.SENT_BACK
    )
    return theirs.select_related("article__show").order_by("-decided_at", "-pk")


def may_decide(user):
    """Who may publish everybody's articles decides on them."""
    return user.has_perms(["articles.publish_article", "articles.edit_any_article"])


# The steps. Each is one transaction, and changes what is still as it was found.


@transaction.atomic
def submit(article, by, message=""):
    """Start a round and tell the editors; None where the article waits already."""
    try:
        with transaction.atomic():
            review = Review.objects.create(
                article=article, message=message, submitted_by=by, submitted_by_name=name_of(by)
            )
    except IntegrityError:
        return None
    Entry.objects.record(by, Entry.Action.SUBMITTED, article, message)
    for editor in editors_to_tell(review):
        tell(review, editor, f"review-{review.pk}-to-user-{editor.pk}", _("For review: %s"), "submitted")
    return review


@transaction.atomic
def withdraw(review, by):
    """Take it back before anybody has decided; False where somebody has."""
    if not settle(review, Outcome.WITHDRAWN, by):
        return False
    Entry.objects.record(by, Entry.Action.CHANGED, review.article, _("Withdrawn from review."))
    return True


@transaction.atomic
def decide(review, outcome, by, note="", *, edition=None):
    """Approve or send back, and tell the writer; False where it does not wait any more.

    `edition` is the version whose publishing approves it. `review` is fresh afterwards either way.
    """
    now = timezone.now()
    if not settle(review, outcome, by, note, min(edition.published_at, now) if edition else now):
        return False
    is_approved = outcome == Outcome.APPROVED
    action = Entry.Action.APPROVED if is_approved else Entry.Action.SENT_BACK
    Entry.objects.record(by, action, review.article, note)
    writer = review.submitted_by
    if writer and writer.is_active and writer.email and writer != by:
        subject = _("Approved: %s") if is_approved else _("Sent back: %s")
        key = f"review-{review.pk}-decided-to-user-{writer.pk}"
        tell(review, writer, key, subject, "decided", edition=edition)
    return True


def settle(review, outcome, by, note="", at=None):
    """Give the waiting review its outcome; False where another was quicker."""
    values = {"outcome": outcome, "note": note, "decided_by": by, "decided_by_name": name_of(by)}
    waiting = Review.objects.filter(pk=review.pk, outcome=Outcome.WAITING)
    count = waiting.update(decided_at=at or timezone.now(), **values)
    review.refresh_from_db()
    return bool(count)


def approve_by_publishing(edition):
    """A version answers the question whether it may be published; in the transaction that made it."""
    review = Review.objects.filter(article=edition.article, outcome=Outcome.WAITING).first()
    if review:
        decide(review, Outcome.APPROVED, edition.published_by, edition=edition)


# The mails.


def editors_to_tell(review):
    """Who may decide, still logs in and has an address; not whoever submitted it."""
    people = get_user_model().objects
    for permission in ("articles.publish_article", "articles.edit_any_article"):
        able = get_user_model().objects.with_perm(permission, backend=BACKEND)
        people = people.filter(pk__in=able.values("pk"))
    return people.filter(is_staff=True).exclude(email="").exclude(pk=review.submitted_by_id).order_by("pk")


def tell(review, person, key, subject, template, **said):
    said |= {
        "review": review,
        "article": review.article,
        "publication": Publication.current(),
        "desk": settings.SITE_URL + reverse("admin:articles_article_change", args=[review.article_id]),
    }
    outbox.post(
        key,
        to=person.email,
        subject=subject % review.article.headline,
        text=render_to_string(f"articles/mails/{template}.txt", said),
    )


def changed_since_approval(review):
    """Whether the text was saved after an editor had approved it."""
    return review.outcome == Outcome.APPROVED and review.article.saved_at > review.decided_at
