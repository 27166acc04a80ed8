"""Inviting people by mail: a login without a password, and a link with which its owner chooses one."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.text import slugify
from django.utils.translation import gettext

from logbook.models import Entry, name_of
from mailing import outbox
from mailing.models import NOTHING, Mail


def open_invitations():
    """Logins of the newsroom that nobody has chosen a password for yet, the newest first."""
    without_password = User.objects.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)
    reachable = without_password.filter(is_staff=True, is_superuser=False).exclude(email="")
    return reachable.order_by("-date_joined", "-pk")


def groups_to_give(by):
    """The groups that somebody may invite into: none with a right that they have not themselves."""
    groups = Group.objects.order_by("name")
    if by.is_superuser:
        return groups
    own = by.get_all_permissions()
    given = {
        group.pk
        for group in groups.prefetch_related("permissions__content_type")
        if {f"{row.content_type.app_label}.{row.codename}" for row in group.permissions.all()} <= own
    }
    return groups.filter(pk__in=given)


@transaction.atomic
def invite(request, *, name, email, group):
    """Make the login and post the mail in the name of who asks; the person."""
    first_name, _space, last_name = name.partition(" ")
    person = User(username=free_username(name, email), email=email, is_staff=True)
    person.first_name, person.last_name = first_name, last_name.strip()
    person.set_unusable_password()
    person.save()
    person.groups.add(group)
    said = gettext("Invited into the group %s.") % group
    Entry.objects.record(request.user, Entry.Action.CHANGED, person, said)
    send(request, person)
    return person


def free_username(name, email):
    """A user name made of the name ("ada.writer"), else of the address, that nobody has."""
    stem = slugify(name).replace("-", ".") or slugify(email.partition("@")[0]) or "colleague"
    stem = stem[:140].strip(".")
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(
        each for n in range(1, len(taken) + 3) if (each := f"{stem}{n if n > 1 else ''}") not in taken
    )


def send(request, person):
    """Post a mail with a fresh link; those sent before work until their time is over."""
    token = default_token_generator.make_token(person)
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    said = {
        "person": person,
        "by": name_of(request.user),
        "link": settings.SITE_URL + reverse("password_reset_confirm", args=[uid, token]),
        "hours": int(timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) / timedelta(hours=1)),
        "newsroom": settings.SITE_URL + reverse("admin:index"),
    }
    outbox.post(
        f"{key_of(person)}{secrets.token_hex(4)}",
        to=person.email,
        subject=render_to_string("logins/mails/invitation_subject.txt", said, request).strip(),
        text=render_to_string("logins/mails/invitation.txt", said, request),
    )


def key_of(person):
    return f"invitation-{person.pk}-"


@transaction.atomic
def withdraw(person, by):
    """Delete a login that nobody has come to; False where its owner has come meanwhile."""
    person = open_invitations().select_for_update().filter(pk=person.pk).first()
    if person is None:
        return False
    mails = Mail.objects.filter(key__startswith=key_of(person)).unsettled()
    mails.update(state=Mail.State.CANCELLED, is_claimed=False, **NOTHING)
    Entry.objects.record(by, Entry.Action.DELETED, person, gettext("Invitation withdrawn."))
    person.delete()
    return True


def with_mail(people):
    """Each with `mail`, the last one sent to them, or None; one query for all of them."""
    last = {}
    keys = {key_of(person): person.pk for person in people}
    mails = Mail.objects.filter(key__startswith="invitation-").order_by("pk") if keys else []
    for mail in mails:
        last[keys.get(mail.key.rpartition("-")[0] + "-")] = mail
    for person in people:
        person.mail = last.get(person.pk)
    return people
