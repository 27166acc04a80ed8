"""What the owner of a new site still has to do, read off what is there: no tick is stored."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import Article, Category, Page, Publication
from mailing.models import Mail
from operations.models import RecurringTask

TEST_MAIL = "test-mail-"
# The workers give out a recurring task every ten minutes.
WORKER_LIVES = timedelta(hours=1)


class Step(NamedTuple):
    """One line of the list: what, whether it is done, why or how, and where."""

    name: str
    title: str
    is_done: bool
    help: str = ""
    url: str = ""
    link: str = ""


def is_owner(user):
    """For whom the list is: whoever may change the publication."""
    return user.has_perm("articles.change_publication")


def steps_for(user):
    """The steps that this person may take, in their order; all of it in one query."""
    if not is_owner(user):
        return []
    done = what_is_done(user)
    steps = [*about_machinery(user, done), *about_publication(user, done), *about_people(user, done)]
    order = ["mail", "logo", "privacy", "category", "people", "worker", "article", "factor"]
    return sorted(steps, key=lambda step: order.index(step.name))


def what_is_done(user):
    """{name: bool} for whatever the database tells."""
    people = get_user_model().objects
    word = gettext("privacy")
    about_privacy = Q(slug__icontains="privacy") | Q(title__icontains="privacy") | Q(title__icontains=word)
    found = {
        "mail": Mail.objects.filter(state=Mail.State.SENT),
        "logo": Publication.objects.exclude(logo=""),
        "privacy": Page.objects.public().filter(about_privacy),
        "category": Category.objects.all(),
        "people": people.filter(is_staff=True, is_active=True).exclude(pk=user.pk),
        "worker": RecurringTask.objects.filter(last_run_at__gt=timezone.now() - WORKER_LIVES),
        "article": Article.objects.published(),
    }
    names = {f"has_{name}": Exists(rows) for name, rows in found.items()}
    row = people.filter(pk=user.pk).annotate(**names).values(*names).get()
    return {name: row[f"has_{name}"] for name in found}


def about_machinery(user, done):
    if not user.is_superuser:
        return []
    return [
        Step("mail", gettext("Mail works"), done["mail"] and not is_mail_only_printed(), *mail_help(user)),
        Step(
            "worker",
            gettext("Work in the background goes on"),
            done["worker"],
            gettext("Mails and reminders need it. Start it beside the site: manage.py worker"),
        ),
    ]


def about_publication(user, done):
    steps = [
        Step(
            "logo",
            gettext("Name and logo"),
            done["logo"],
            gettext("Without a logo the name is set in type."),
            reverse("admin:articles_publication_changelist"),
            gettext("Open the publication"),
        )
    ]
    if user.has_perm("articles.add_page"):
        address = f"{reverse('admin:articles_page_add')}?title={gettext('Privacy')}&slug=privacy"
        why = gettext("Say what is kept about readers who comment, and for how long.")
        steps.append(
            Step("privacy", gettext("Privacy page"), done["privacy"], why, address, gettext("Write it"))
        )
    if user.has_perm("articles.add_category"):
        address, why = reverse("admin:articles_category_add"), gettext("Every article belongs to one.")
        steps.append(
            Step("category", gettext("First category"), done["category"], why, address, gettext("Add one"))
        )
    if user.has_perm("articles.add_article"):
        address = reverse("admin:articles_article_add")
        steps.append(
            Step(
                "article",
                gettext("First article published"),
                done["article"],
                "",
                address,
                gettext("Write it"),
            )
        )
    return steps


def about_people(user, done):
    factor = Step(
        "factor",
        gettext("Your second factor"),
        bool(getattr(user, "otp_device", None)),
        gettext("A code from your phone after the password."),
        reverse("second_factor:set_up"),
        gettext("Set it up"),
    )
    if not user.has_perm("auth.add_user"):
        return [factor]
    address = reverse("invitations:list")
    return [
        factor,
        Step("people", gettext("Colleagues"), done["people"], "", address, gettext("Invite them")),
    ]


def is_mail_only_printed():
    return settings.MAILERS["default"]["BACKEND"].endswith(".console.EmailBackend")


def mail_help(user):
    """What is to be said of the mail, as the last test mail went."""
    if is_mail_only_printed():
        return (gettext("Mails are only printed: set MAIL_URL to your mail server."),)
    if not user.email:
        address = reverse("admin:auth_user_change", args=[user.pk])
        return gettext("Your login has no email address to try it with."), address, gettext("Add one")
    last = Mail.objects.filter(key__startswith=TEST_MAIL).order_by("-pk").first()
    return (said_of(last) if last else gettext("Send yourself one."),)


def said_of(mail):
    """What became of a test mail, in a sentence."""
    if mail.state == Mail.State.GIVEN_UP:
        return gettext("The last test mail was given up: %s. Look at MAIL_URL.") % mail.last_error
    if mail.last_error:
        return (
            gettext("The last test mail failed (%s) and is tried again. Look at MAIL_URL.") % mail.last_error
        )
    if mail.state == Mail.State.WAITING:
        return gettext("A test mail waits for the worker to send it.")
    return gettext("The last test mail was sent.")
