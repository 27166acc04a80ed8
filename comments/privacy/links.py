"""The mail that leads a reader to their data. The link in it tells no address, and none is stored for it.

It names one row that bears the address (a comment, a subscription, a follow, a ban) and a part of the
address' keyed hash. Once the row is gone or erased, the link leads to nothing.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from articles.models import Publication
from follows.models import Follow
from mailing import outbox

from ..models import Ban, Comment, Subscription
from ..tokens import PERSONAL_DATA_LIFE, email_key, mail_token, subject_of_mail

PURPOSE = "your-data"
# What bears an address: the rows, the column to find it by, the column that says how it is written.
BEARERS = {
    "comment": (Comment.objects, "folded_email", "email"),
    "subscription": (Subscription.objects, "folded_email", "email"),
    "follow": (Follow.objects, "folded_email", "email"),
    "ban": (Ban.objects.filter(kind=Ban.Kind.EMAIL), "value", "value"),
}


@transaction.atomic
def send_link(folded_email):
    """Post the mail with the link, once an hour or day at most; none where nothing is kept about the address.

    It goes to the address as it is stored, never as it was typed just now: two that are alike when folded may
    be two people's. Where both are stored nothing is sent, and an administrator must look. To an address of
    which we know nothing no mail goes: anybody could make the site write to strangers. They still can by
    posting in a stranger's name, so that who has never confirmed an address gets one mail a day.
    """
    written = _spellings(folded_email)
    if len({address.lower() for address in written}) != 1:
        return
    site = Publication.current().name
    path = reverse("comments:your_data_of", args=[token_for(folded_email)])
    span = "%Y%m%d%H" if _is_confirmed(folded_email) else "%Y%m%d"
    context = {"site": site, "link": urljoin(settings.SITE_URL, path)}
    outbox.post(
        f"your-data-{email_key(folded_email)}-{timezone.now().strftime(span)}",
        to=written[0],
        subject=_("What %(site)s keeps about you") % {"site": site},
        text=render_to_string("comments/personal_mail.txt", context),
    )


def _is_confirmed(folded_email):
    """Whether somebody who reads its mail has ever written, subscribed or followed under the address."""
    of_reader = {"folded_email": folded_email}
    return (
        Comment.objects.filter(**of_reader, is_confirmed=True).exists()
        or Subscription.objects.confirmed().filter(**of_reader).exists()
        or Follow.objects.confirmed().filter(**of_reader).exists()
    )


def token_for(folded_email):
    """The token of the link for an address of which something is kept."""
    for name, (rows, column, _written) in BEARERS.items():
        pk = rows.filter(**{column: folded_email}).order_by("pk").values_list("pk", flat=True).first()
        if pk is not None:
            return mail_token(PURPOSE, f"{name}.{pk}.{_part_of_key(folded_email)}")
    raise ValueError("Nothing is kept about this address.")


def address_of(token):
    """The folded address that a link is about, "" where its row is gone or erased since.

    Raises BadSignature for a forged token, SignatureExpired for one that has outlived its day.
    """
    subject = subject_of_mail(PURPOSE, token, PERSONAL_DATA_LIFE)
    name, pk, part = subject.split(".")
    rows, column, _written = BEARERS[name]
    found = rows.filter(pk=pk).values_list(column, flat=True).first()
    return found if found and constant_time_compare(part, _part_of_key(found)) else ""


def _part_of_key(folded_email):
    return email_key(folded_email)[:16]


def _spellings(folded_email):
    found = []
    for rows, column, written in BEARERS.values():
        found += rows.filter(**{column: folded_email}).order_by().values_list(written, flat=True).distinct()
    return found
