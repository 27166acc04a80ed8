"""What people are told when its time has come: a version that was published for later is live."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from mailing import outbox

from .models import Edition, Publication


def tell_when_live(edition):
    """Have those told who want to know that `edition` is live, at its moment; in the caller's transaction."""
    tell_live.using(run_after=edition.published_at).enqueue(edition.pk)


@task
def tell_live(edition_id):
    """Mail whoever scheduled a version, and whose article it is, that readers see it.

    Nothing where they do not: it may have been moved, dropped, replaced or taken off since.
    """
    edition = Edition.objects.live().filter(pk=edition_id).select_related("article").first()
    if edition is None:
        return
    publication = Publication.current()
    said = {
        "edition": edition,
        "publication": publication,
        "page": settings.SITE_URL + edition.article.get_absolute_url(),
        "desk": settings.SITE_URL + reverse("admin:articles_article_change", args=[edition.article_id]),
    }
    for person in people_to_tell(edition):
        outbox.post(
            f"live-{edition.pk}-to-user-{person.pk}",
            to=person.email,
            subject=_("Live: %s") % edition.headline,
            text=render_to_string("articles/mails/live.txt", said),
        )


def people_to_tell(edition):
    """Who scheduled it and whose it is, where they still log in and have an address."""
    ids = [edition.published_by_id, edition.article.owner_id]
    people = get_user_model().objects.filter(pk__in=filter(None, ids), is_active=True, is_staff=True)
    return people.filter(~Q(email="")).order_by("pk")
